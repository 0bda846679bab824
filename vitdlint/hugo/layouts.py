"""What the layouts of the project, its themes and modules supply: shortcodes, and which pages render.

Templates are not run; their names decide, and a few words in their text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from ..core.lazy_re import lazy_re
from .publication import MissingPart
from .template_text import COMMENT, actions
from .templates import HTML_SUFFIXES, Templates

_ADDED: Mapping[str, tuple[int, int]] = {
    "comment": (0, 138),
    "details": (0, 140),
    "qr": (0, 141),
    "x": (0, 141),
    "x_simple": (0, 141),
}
"""Shortcodes that came later than 0.110, and the first version of Hugo that has each."""
REMOVED: Mapping[str, tuple[int, int]] = {
    "gist": (0, 156),
    "instagram_simple": (0, 123),
    "tweet": (0, 156),
    "twitter": (0, 156),
    "twitter_simple": (0, 156),
}
"""Shortcodes that are gone, and the first version of Hugo without them."""
BUILT_IN = frozenset(
    [
        "comment",
        "details",
        "figure",
        "highlight",
        "instagram",
        "param",
        "qr",
        "ref",
        "relref",
        "vimeo",
        "vimeo_simple",
        "x",
        "x_simple",
        "youtube",
    ]
)
"""Hugo 0.168."""
BUILT_IN_INNER = frozenset({"comment", "details", "highlight", "qr"})

_DEFINE = lazy_re(r"\{\{-?\s*define\b.*?(?=\{\{-?\s*define\b|\Z)", re.DOTALL)
_STRING = lazy_re(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`')
_INNER = lazy_re(r"\.Inner(?:Deindent)?\b")
_PAGER = lazy_re(r"\.Paginat(?:e|or)\b")
_PAGER_SIZE = lazy_re(r"\.Paginat(?:e|or)\b[^}]{0,500}?\s(?P<size>\d+)\s*(?:[)|]|-?$)")
_PAGER_PLAIN = lazy_re(
    r"\.Paginator\.|\.Paginator\s*(?:[)|]|-?$)|\.Paginate\s+(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\S+)\s*(?:[)|]|-?$)"
)

_NAMES: Mapping[str, frozenset[str]] = {
    "home": frozenset({"home", "index", "list", "all", "html"}),
    "page": frozenset({"single", "page", "all", "html"}),
    "section": frozenset({"section", "list", "all", "html"}),
    "taxonomy": frozenset({"taxonomy", "terms", "list", "all", "html"}),
    "term": frozenset({"term", "taxonomy", "list", "all", "html"}),
}
_EVERYWHERE: Mapping[str, frozenset[str]] = {
    # As above without the names that work only in `_default` or below a section.
    **_NAMES,
    "taxonomy": _NAMES["taxonomy"] - {"terms"},
    "term": _NAMES["term"] - {"taxonomy"},
}


@dataclass(frozen=True)
class Layouts:
    """The templates that are on disk."""

    shortcodes: frozenset[str] = BUILT_IN
    """Lower-case names."""
    inner_shortcodes: frozenset[str] = BUILT_IN_INNER
    """Those that must be closed."""
    missing: tuple[MissingPart, ...] = ()
    complete: bool = True
    """False if templates could be missing from disk: then everything counts as rendered."""
    pager_sizes: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Kind of page -> page sizes that its templates ask for (0: the configured one); no entry: not paginated."""
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """First word of the name of a template for HTML -> the folders below `layouts` that have one ('' for `_default`, too)."""
    suffixes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """File extension of a template -> the words before it in the names of those that have it."""
    root: frozenset[str] = frozenset()
    """The kinds of page that every folder finds a template for."""

    def renders_format(self, name: str, suffix: str, known: Container[str]) -> bool:
        """Whether there is a template for an output format other than HTML; `known` are the names of all formats.

        `list.json` is for the format `json` alone, as that is a format's name, `list.txt` for any with this suffix;
        `home.headers` is for the format of that name.
        """
        if not self.complete or name == "rss":
            return True
        words = self.suffixes.get(suffix)
        if words is not None and (name == suffix or suffix not in known or name in words):
            return True
        return name in self.suffixes

    def renders(self, kind: str, path: str, layout: str, type_: str, singular: str) -> bool:
        """Whether there is a template for a page of this kind and logical path in HTML.

        Errs on the side of yes: for which language a template is is not considered.
        """
        if not self.complete:
            return True
        if kind in self.root or (layout and layout.lower() in self.names):
            return True
        folders = {kind, type_.lower(), singular, "" if kind != "term" else "taxonomy"} - {""}
        at = path.strip("/")
        while at:
            folders.add(at)
            at = at.rpartition("/")[0]
        wanted = _NAMES[kind] | {singular, path.strip("/").partition("/")[0]}
        return any(folders & self.names.get(name, frozenset()) for name in wanted) or bool(
            {"_default", ""} & self.names.get(singular, frozenset()) and singular
        )


def built_in(version: tuple[int, int]) -> frozenset[str]:
    """The shortcodes that a version of Hugo has by itself."""
    gone = {name for name, since in REMOVED.items() if version < since}
    return frozenset({name for name in BUILT_IN if version >= _ADDED.get(name, (0, 0))} | gone)


def read_layouts(templates: Templates) -> Layouts:
    """Look at every template of the site."""
    config, missing = templates.config, templates.config.missing
    if not templates.files:
        reason = "there is no template in layouts" + (
            ", and a theme is missing" if missing else " nor in a theme"
        )
        missing = (*missing, MissingPart("layouts", "layouts", reason))
    shortcodes = frozenset(built_in(config.version.number))
    own, inner = set[str](), set[str]()
    names: dict[str, set[str]] = {}
    pager_sizes: dict[str, set[int]] = {}
    suffixes: dict[str, set[str]] = {}
    for virtual, path in templates.files.items():
        folder, name = _location(virtual)
        if folder is None:
            continue
        where, container, inside = folder
        if container == "_shortcodes":
            _add_shortcode(templates, path, inside, name, own, inner)
        elif container == "_partials" or (not container and name.lower().endswith(HTML_SUFFIXES)):
            if not container:
                names.setdefault(name.split(".")[0].lower(), set()).add(where)
            sizes = _pager_sizes(templates.text(path) or "")
            for kind in _kinds_of(name, container) if sizes else ():
                pager_sizes.setdefault(kind, set()).update(sizes)
        stem, _, suffix = name.lower().rpartition(".")
        suffixes.setdefault(suffix, set()).update(stem.split("."))
    found = {name: frozenset(folders) for name, folders in names.items()}
    return Layouts(
        shortcodes=shortcodes | own,
        inner_shortcodes=frozenset(inner) | (shortcodes & BUILT_IN_INNER) - own,
        missing=missing,
        complete=not missing,
        pager_sizes={kind: frozenset(sizes) for kind, sizes in pager_sizes.items()},
        names=found,
        suffixes={suffix: frozenset(words) for suffix, words in suffixes.items()},
        root=frozenset(kind for kind in _NAMES if _at_root(kind, found)),
    )


def templates_of(templates: Templates, formats: Container[str]) -> Iterator[str]:
    """The texts of the templates for some output formats, given their names in lower case."""
    for virtual, path in templates.files.items():
        folder, name = _location(virtual)
        if (
            folder is not None
            and not folder[1]
            and any(word in formats for word in name.lower().split(".")[1:])
        ):
            yield templates.text(path) or ""


def _at_root(kind: str, names: Mapping[str, frozenset[str]]) -> bool:
    return any("" in names.get(n, ()) for n in _EVERYWHERE[kind]) or any(
        "_default" in names.get(n, ()) for n in _NAMES[kind]
    )


def _kinds_of(name: str, container: str) -> tuple[str, ...]:
    """The kinds of page that a template could be for; all of them for a partial, a base or a name of its own."""
    first = name.split(".", maxsplit=1)[0].lower()
    kinds = tuple(kind for kind, names in _NAMES.items() if first in names)
    return kinds if kinds and not container else tuple(_NAMES)


def _location(virtual: str) -> tuple[tuple[str, str, str] | None, str]:
    """A template's folder, the special folder it lies in, its path below that, and its name."""
    parts = virtual.split("/")
    folders, name = parts[:-1], parts[-1]
    if folders and folders[0] in {"shortcodes", "partials"}:
        folders[0] = f"_{folders[0]}"
    elif folders[:2] == ["_default", "shortcodes"]:
        folders[1] = "_shortcodes"
    for i, folder in enumerate(folders):
        if folder in {"_shortcodes", "_markup", "_partials"}:
            return ("/".join(folders[:i]), folder, "/".join(folders[i + 1 :])), name
    return ("/".join(folders).lower(), "", ""), name


def _add_shortcode(
    templates: Templates, path: str, inside: str, name: str, shortcodes: set[str], inner: set[str]
) -> None:
    stem = name.partition(".")[0]
    known = f"{inside}/{stem}" if inside else stem
    known = known.lower().replace(" ", "-")
    shortcodes.add(known)
    if uses_inner(templates.text(path) or ""):
        inner.add(known)


def uses_inner(template: str) -> bool:
    """Whether a shortcode's template evaluates `.Inner`, as Hugo finds out: in its own actions only."""
    if ".Inner" not in template:
        return False
    text = _DEFINE.sub("", COMMENT.sub("", template)) if "define" in template else COMMENT.sub("", template)
    return any(_INNER.search(_STRING.sub('""', action.words)) for action in actions(text))


def _pager_sizes(template: str) -> set[int]:
    sizes: set[int] = set()
    if ".Paginat" not in template:
        return sizes
    for action, *_ in actions(COMMENT.sub("", template)):
        if not _PAGER.search(action):
            continue
        size = _PAGER_SIZE.search(action)
        if size:
            sizes.add(int(size["size"]))
        elif _PAGER_PLAIN.search(action):
            sizes.add(0)
        else:
            sizes.add(1)  # computed: any size is possible
    return sizes
