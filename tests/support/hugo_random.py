"""Random sites, from a seed, that Hugo can build: for comparing vitdlint with it."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from vitdlint.hugo.aliases import alias_file
from vitdlint.hugo.formats import FORMATS
from vitdlint.hugo.target_paths import TargetPaths

_PIECES = [
    *"abcdefghijklmnopqrstuvwxyzABCXYZ0123456789",
    *"----    ..__++@~#%&'()[]!?,;:",
    *"éüßñøİΣςДя日本語ǅµﬁªº½²①Ⅷ–—…’“€°\u00a0\u2009\u3000\u200b\u00ad",
    "e\u0301", "%20", "%41", "%zz", "\U0001f600", "\U0001d7d8", "ab", "the", "page", "index", "--", " - ",
]  # fmt: skip


def word(random: Random, longest: int = 8, also: str = "") -> str:
    """A name that nobody would choose, and sometimes one that somebody would."""
    if random.random() < 0.3:
        return random.choice(
            ["alpha", "Beta Gamma", "delta-epsilon", "zeta", "Eta", "theta.iota", "kappa_la", "mu"]
        )
    pieces = [*_PIECES, *also] if also else _PIECES
    return "".join(random.choice(pieces) for _ in range(random.randint(1, longest)))


def file_word(random: Random) -> str:
    """A word that is a file's name: no slash, nothing that the file system refuses or Hugo ignores for a folder."""
    name = word(random)
    return name if name not in {".", ".."} else "dots"


def names_site(seed: int, *, ugly: bool, count: int = 120) -> dict[str, str]:
    """One site of many sections, each with a page whose names are odd in every way."""
    random = Random(seed)
    keep = random.random() < 0.25
    accents = random.random() < 0.25
    base = random.choice(["https://example.org/", "https://example.org/sub/", "/", "/a b/"])
    tree = {
        "hugo.toml": f"uglyURLs = {_bool(ugly)}\nbaseURL = {json.dumps(base)}\n"
        f"disablePathToLower = {_bool(keep)}\nremovePathAccents = {_bool(accents)}\n"
    }
    for i in range(count):
        front: dict[str, Any] = {"title": word(random)}
        if random.random() < 0.6:
            front["slug"] = _no_dots(word(random, also="/"))
        if random.random() < 0.5:
            front["tags"] = [f"{i} {_no_dots(word(random, also='/'))}" for _ in range(random.randint(1, 3))]
        aliases = [_alias(random, i) for _ in range(random.randint(0, 2))]
        where = TargetPaths("", "", f"s{i}/x")
        front["aliases"] = [a for a in aliases if alias_file(a, where, FORMATS["html"], ugly=ugly, folder="")]
        folder = f"content/s{i}"
        if random.random() < 0.3:
            folder += f"/d {file_word(random)}".rstrip("~")
        tree[f"{folder}/{file_word(random)}.md"] = json.dumps(front, ensure_ascii=False)
    return tree


def _alias(random: Random, i: int) -> str:
    text = word(random, also="///")
    if text.strip("/") == "" or ".." in text:
        text = "old"
    form = random.choice(
        ["/old{i}/{t}", "r{i}{t}", "/old{i}{t}.html", "../up{i}{t}", "/old{i}//{t}/", "/old{i}/./{t}"]
    )
    return form.format(i=i, t=text)


def _no_dots(text: str) -> str:
    """Without what would lead to another page's place: this is about names, not about collisions."""
    return text.replace("..", "x").strip("./") or "x"


def _bool(value: bool) -> str:
    return "true" if value else "false"


def tree_site(seed: int) -> dict[str, str]:
    """A site with sections, bundles, resources, languages, states, taxonomies and permalinks."""
    random = Random(seed)
    languages = random.choice([[], [], [], ["en", "fr"], ["en", "fr", "de"]])
    tree = {"hugo.toml": _config(random, languages)}
    folders = [""]
    for _ in range(random.randint(1, 6)):
        above = random.choice(folders)
        folders.append(f"{above}/{random.choice(['one', 'Two Words', 'three', 'tags', 'deep'])}".lstrip("/"))
    suffixes = [".md", *(f".{name}.md" for name in languages)]
    for _ in range(random.randint(3, 18)):
        folder = random.choice(folders)
        kind = random.random()
        if kind < 0.5:
            name = random.choice(["a", "b", "Cc", "d e", "2024-01-05-post", "page"])
        elif kind < 0.7 and folder:
            name = f"{random.choice(['bundle', 'b2'])}/index"
        else:
            name = "_index"
        path = "/".join(p for p in ("content", folder, name + random.choice(suffixes)) if p)
        tree[path] = _front(random, "index" in name, deep=path.count("/") > 1)
    for _ in range(random.randint(0, 6)):
        folder = random.choice(
            [*folders, "one/bundle", "three/b2", "one/a", "bundle/sub", "one/bundle/sub dir"]
        )
        name = random.choice(["p.txt", "Pic.png", "x.fr.png", "x.png", "no ext", "data.en.json"])
        tree["/".join(p for p in ("content", folder, name) if p)] = "x"
    return _without_shadows(tree, languages)


def _config(random: Random, languages: list[str]) -> str:
    lines = [
        f"baseURL = {json.dumps(random.choice(['https://example.org/', 'https://example.org/sub/']))}",
        f"uglyURLs = {_bool(random.random() < 0.4)}",
        f"disablePathToLower = {_bool(random.random() < 0.2)}",
        f"defaultContentLanguageInSubdir = {_bool(random.random() < 0.3)}",
        f"buildDrafts = {_bool(random.random() < 0.2)}",
        f"disableKinds = {json.dumps(random.choice([[], [], [], ['term'], ['taxonomy', 'RSS'], ['section'], ['home']]))}",
    ]
    if languages and random.random() < 0.2:
        lines.append('defaultContentLanguage = "fr"')
    if random.random() < 0.3:
        lines.append('[taxonomies]\ntag = "tags"\ntopic = "My Topics"')
    if random.random() < 0.3:
        pattern = random.choice(
            [
                "/p/:slug/",
                "/:sections/:contentbasename/",
                "/:section/:title",
                "/:year/:month/:filename/",
                "/x/:sectionslugs/:slug",
            ]
        )
        lines.append(f'[permalinks.page]\none = "{pattern}"')
    if random.random() < 0.15:
        lines.append(
            '[permalinks.section]\none = "/sec/:sectionslugs/"\n[permalinks.term]\ntags = "/t/:slug/"'
        )
    if random.random() < 0.15:
        lines.append('[frontmatter]\ndate = [":filename", ":default"]')
    for i, name in enumerate(languages):
        lines.append(f"[languages.{name}]\nweight = {i + 1}")
    return "\n".join(lines) + "\n"


def _front(random: Random, bundle: bool, *, deep: bool) -> str:
    front: dict[str, Any] = {"title": random.choice(["Title", "Some Words", "Ünï & co"])}
    choices: list[tuple[float, str, Any]] = [
        (0.2, "slug", random.choice(["sl", "Slug Two", "-x-", "a/b"])),
        (0.1, "url", random.choice(["/u/one/", "u2", "/u3.html", "/:title/u4/"])),
        (0.1, "draft", True),
        (0.1, "date", random.choice(["2020-01-01", "2030-01-01"])),
        (0.05, "expiryDate", random.choice(["2020-01-01", "2030-01-01"])),
        (0.4, "tags", random.sample(["T one", "two", "C++", "three/four"], 2)),
        (0.2, "My Topics", ["topic A"]),
        (0.1, "headless", True),
        (0.1, "build", random.choice([{"render": "never"}, {"render": "link"}, {"publishResources": False}])),
        (
            0.2,
            "aliases",
            [f"{'rel' if deep else '/al'}{random.randrange(10**6)}{end}" for end in ("", ".html")],
        ),
        (0.05, "outputs", random.choice([["html"], ["html", "rss"]])),
    ]
    if bundle:
        cascade = random.choice(
            [{"draft": True}, {"slug": "cas"}, {"tags": ["cascaded"]}, {"build": {"render": "never"}},
             [{"target": {"kind": "page"}, "aliases": []}, {"target": {"path": "/one/**"}, "headless": True}]]
        )  # fmt: skip
        choices.append((0.15, "cascade", cascade))
    front |= {key: value for chance, key, value in choices if random.random() < chance}
    return json.dumps(front, ensure_ascii=False)


def _without_shadows(tree: dict[str, str], languages: list[str]) -> dict[str, str]:
    """Drop pages whose logical path another file has: which of them Hugo takes is chance."""
    from vitdlint.hugo.names import logical

    default = "fr" if 'defaultContentLanguage = "fr"' in tree["hugo.toml"] else "en"
    seen: set[tuple[str, str]] = set()
    kept: dict[str, str] = {}
    for path, text in tree.items():
        if not path.endswith(".md"):
            kept[path] = text
            continue
        stem = path.removesuffix(".md")
        language = next((n for n in languages if stem.endswith(f".{n}")), "")
        stem = logical(stem.removesuffix(f".{language}") if language else stem)
        folder, _, name = stem.rpartition("/")
        base = folder if name in {"index", "_index"} else stem
        if (base, language or default) not in seen:
            seen.add((base, language or default))
            kept[path] = text
    return kept
