"""Random sites of several languages, versions and roles, from a seed: mounts, names, front matter, cascades, links."""

from __future__ import annotations

import json
from random import Random
from typing import Any

LANGUAGES = ["en", "fr", "de"]
VERSIONS = ["v1.0.0", "v2.0.0", "v1.10.0", "next"]
ROLES = ["guest", "member", "admin"]
FOLDERS = ["", "p", "p/q", "s", "s/t", "tags"]
LAYOUTS = {
    "layouts/all.html": "<html><body>{{ .Title }}\n{{ .Content }}</body></html>",
    "layouts/list.html": "<html><body>{{ range .Paginator.Pages }}{{ .Title }}{{ end }}{{ .Content }}</body></html>",
}
SURROUNDINGS = (
    "/p/a/",
    "/s/b/",
    "/p/",
    "/p/q/c/",
    "/tags/sun/",
    "/",
    "/old/",
    "/p/bun/x.txt",
    "/s/t/",
    "/tags/",
)


class _Site:
    """The dimensions of one site, and how to name parts of them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: dict[str, list[str]] = {
            "languages": random.sample(LANGUAGES, random.choice([1, 1, 2, 2, 3])),
            "versions": random.sample(VERSIONS, random.choice([0, 1, 2, 2, 3])),
            "roles": random.sample(ROLES, random.choice([0, 1, 2, 2, 3])),
        }
        self.multihost = len(self.names["languages"]) > 1 and random.random() < 0.15

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def pattern(self, what: str) -> str:
        names = self.names[what] or [{"versions": "v1.0.0", "roles": "guest"}[what]]
        one = self.random.choice(names)
        return self.random.choice(
            [one, one, one, "*", "**", f"! {one}", f">= {one}", f"<= {one}", f"== {one}", f"!= {one}",
             f"> {one}", f"< {one}", "{" + ",".join(names) + "}", one[:2] + "*", "nothing", f" {one} ", one.upper()]
        )  # fmt: skip

    def matrix(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for what in self.random.sample(list(self.names), self.random.choice([1, 1, 2, 3])):
            patterns = [self.pattern(what) for _ in range(self.random.choice([1, 1, 2, 3]))]
            found[what] = patterns[0] if self.maybe(0.15) else patterns
        return found

    def sites(self, *, complements: float = 0.2) -> dict[str, Any]:
        found = {"matrix": self.matrix()}
        if self.maybe(complements):
            found["complements"] = self.matrix()
        return found

    def identifiers(self) -> str:
        found = []
        if self.maybe(0.2):
            name = self.random.choice([*LANGUAGES, *self.names["languages"]])
            found.append(self.random.choice([name, f"_language_{name}_"]))
        for what, one in (("versions", "version"), ("roles", "role")):
            while self.names[what] and self.maybe(0.2):
                name = self.random.choice([*self.names[what], *VERSIONS[:1], "1.0"])
                found.append(f"_{one}_{name}_")
        self.random.shuffle(found)
        return "".join(f".{name}" for name in found)

    def prefix(self) -> str:
        """The beginning of a URL of one of the sites, or of none."""
        parts = [self.random.choice(["", "", *names]) for names in reversed(self.names.values())]
        return "".join(f"/{part}" for part in parts if part)


def space_site(seed: int) -> dict[str, str]:
    """A whole site, with layouts."""
    random = Random(seed)
    site = _Site(random)
    sources = ["content"] if site.maybe(0.4) else [f"c{i}" for i in range(random.randint(1, 4))]
    tree = {"hugo.toml": _config(site, sources), **LAYOUTS}
    for _ in range(random.randint(4, 14)):
        folder = "/".join(filter(None, (random.choice(sources), random.choice(FOLDERS))))
        kind = random.random()
        name = (
            "_index"
            if kind < 0.3
            else f"{random.choice(['bun', 'b2'])}/index"
            if kind < 0.45
            else random.choice("abc")
        )
        tree[f"{folder}/{name}{site.identifiers()}.md"] = _page(site, branch=kind < 0.3)
    for _ in range(random.randint(0, 5)):
        folder = "/".join(
            filter(None, (random.choice(sources), random.choice([*FOLDERS, "p/bun", "s/b2", "p/bun/deep"])))
        )
        tree[f"{folder}/{random.choice('xy')}{site.identifiers()}.txt"] = "x"
    if site.maybe(0.3):
        tree["static/p/file.txt"] = "x"
    return tree


def _config(site: _Site, sources: list[str]) -> str:
    random = site.random
    base = random.choice(["https://example.org/", "https://example.org/sub/"])
    config: dict[str, Any] = {
        "baseURL": base,
        "uglyURLs": site.maybe(0.15),
        "disableAliases": site.maybe(0.05),
        "enableRobotsTXT": site.maybe(0.2),
        "disableKinds": random.choice(
            [[], [], [], ["RSS"], ["term"], ["taxonomy", "term"], ["404", "sitemap"]]
        ),
        "pagination": {"pagerSize": 2},
        "disableDefaultLanguageRedirect": site.maybe(0.1),
    }
    for what, one in (("languages", "Language"), ("versions", "Version"), ("roles", "Role")):
        config[f"defaultContent{one}InSubdir"] = site.maybe(0.3)
        if site.names[what] and site.maybe(0.4):
            config[f"defaultContent{one}"] = random.choice(site.names[what])
        config[what] = {
            name: {"weight": random.randint(0, 3)} if site.maybe(0.6) else {} for name in site.names[what]
        }
    if site.multihost:
        for name, own in config["languages"].items():
            own["baseURL"] = f"https://{name}.example.org/{random.choice(['', 'sub/'])}"
    elif site.maybe(0.15):
        config["markup"] = {"goldmark": {"duplicateResourceFiles": True}}
    if len(site.names["languages"]) < 3 and site.maybe(0.2):
        unused = next(name for name in LANGUAGES if name not in site.names["languages"])
        config["languages"][unused] = {"disabled": True}
    if site.maybe(0.3):
        config["cascade"] = [_cascade(site) for _ in range(random.choice([1, 1, 2]))]
    if site.maybe(0.1) and not site.multihost:
        config["permalinks"] = {"page": {"p": "/x/:sections/:contentbasename/"}}
    if sources != ["content"]:
        config["module"] = {"mounts": [_mount(site, source) for source in (*sources, *sources[:1])]}
    return "\n".join(f"{key} = {_toml(value)}" for key, value in config.items()) + "\n"


def _mount(site: _Site, source: str) -> dict[str, Any]:
    mount: dict[str, Any] = {
        "source": source,
        "target": site.random.choice(["content", "content", "content/s"]),
    }
    return mount | ({"sites": site.sites()} if site.maybe(0.7) else {})


def _cascade(site: _Site) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    target: dict[str, Any] = {}
    if site.maybe(0.4):
        target["path"] = site.random.choice(["/p/**", "/s/*", "{/p,/p/**}", "/tags/**"])
    if site.maybe(0.3):
        target["kind"] = site.random.choice(["page", "section", "{page,section}", "term", "taxonomy"])
    if site.maybe(0.4):
        target["sites"] = {"matrix": site.matrix()}
    if target:
        entry["target"] = target
    if site.maybe(0.6):
        entry["sites"] = site.sites(complements=0.15)
    if site.maybe(0.5) or "sites" not in entry:
        key, value = site.random.choice(
            [("tags", ["moon"]), ("slug", "cas"), ("draft", True), ("build", {"render": "never"}), ("aliases", ["/al/"])]
        )  # fmt: skip
        entry[key] = value
    return entry


def _page(site: _Site, *, branch: bool) -> str:
    random = site.random
    front: dict[str, Any] = {"title": f"T{random.randrange(1000)}"}
    if site.maybe(0.35):
        front["sites"] = site.sites()
    if branch and site.maybe(0.35):
        cascades = [_cascade(site) for _ in range(random.choice([1, 1, 2]))]
        front["cascade"] = cascades[0] if len(cascades) == 1 and site.maybe(0.5) else cascades
    choices: list[tuple[float, str, Any]] = [
        (0.25, "aliases", random.choice([["/old/"], ["rel"], ["/old/", "rel/two"], ["/p/old.html"]])),
        (0.35, "tags", random.sample(["sun", "moon", "Red Wine"], 2)),
        (0.1, "slug", "slug"),
        (0.07, "url", random.choice(["/u/one/", "u2/", "/fr/u3/", "u4/" if branch else "u4.html"])),
        (0.07, "draft", True),
        (0.05, "translationKey", "tk"),
        (0.05, "build", random.choice([{"render": "never"}, {"publishResources": False}])),
    ]
    front |= {key: value for chance, key, value in choices if site.maybe(chance)}
    links = (random.choice([_absolute, _absolute, _relative])(site) for _ in range(random.randint(0, 4)))
    return json.dumps(front) + "\n\n" + " ".join(f"[{i}]({link})" for i, link in enumerate(links)) + "\n"


def _absolute(site: _Site) -> str:
    return site.prefix() + site.random.choice(SURROUNDINGS)


def _relative(site: _Site) -> str:
    return site.random.choice(["../a/", "../../s/b/", "b/", "x.txt", "../", "../rel/", "../../p/q/c/"])


def _toml(value: Any) -> str:
    """A value in one line of TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)
