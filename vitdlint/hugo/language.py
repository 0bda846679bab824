"""The settings of one language, with Hugo's defaults filled in, and the sites that Hugo builds of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from . import formats
from .cast import to_bool, to_int, to_map, to_string, to_strings, to_strings_whole
from .config_files import Raw
from .formats import OutputFormat
from .markup import Markup
from .markup_config import markup_of
from .permalinks import Permalink, permalinks_of
from .space import SiteKey, Space

LIST_KINDS = ("home", "section", "taxonomy", "term")
_DATE_KEYS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "publishdate", "lastmod"),
    "lastmod": (":git", "lastmod", "date", "publishdate"),
    "publishdate": ("publishdate", "date"),
    "expirydate": ("expirydate",),
}
_DATE_ALIASES: Mapping[str, tuple[str, ...]] = {
    "lastmod": ("modified",),
    "publishdate": ("pubdate", "published"),
    "expirydate": ("unpublishdate",),
}


class Language(NamedTuple):
    """One language of the site: the site's settings with the language's own laid over them."""

    name: str
    """Its key under `languages`."""
    default: bool
    """The language of files that name none."""
    title: str
    base_url: str
    base_path: str
    """What RelPermalink begins with: '' or `/sub`; '' under canonifyURLs."""
    prefix: str
    """What this language adds to the beginning of URLs: '' or `fr`."""
    host_folder: str
    """The folder of its output files, where each language has a host of its own; else ''."""
    ugly_urls: bool | Mapping[str, bool]
    """For all, or by section."""
    keep_case: bool
    drop_accents: bool
    disable_aliases: bool
    build_drafts: bool
    build_future: bool
    build_expired: bool
    time_zone: str
    taxonomies: Mapping[str, str]
    """Plural -> singular, without those of disabled kinds."""
    permalinks: tuple[Permalink, ...]
    formats: Mapping[str, OutputFormat]
    outputs: Mapping[str, tuple[OutputFormat, ...]]
    """Formats by kind of page."""
    disabled_kinds: frozenset[str]
    pager_size: int
    pagination_path: str
    pagination_redirects: bool
    sitemap: str
    """Name of the sitemap's file."""
    dates: Mapping[str, tuple[str, ...]]
    """For `date`, `publishdate`, `lastmod`, `expirydate`: the front matter keys (and `:filename`…) that set it."""
    cascade: tuple[Mapping[str, Any], ...]
    markup: Markup
    embedded_hooks: Mapping[str, str]
    """When Hugo's own render hooks "link" and "image", which resolve logical paths, are used: never, fallback (where the
    site has none) or always."""
    menus: Mapping[str, Any]
    params: Mapping[str, Any]
    pluralize_titles: bool
    capitalize_titles: bool

    def ugly(self, section: str) -> bool:
        """Whether pages of a section (its first path element) are files like `page.html`."""
        return self.ugly_urls if isinstance(self.ugly_urls, bool) else self.ugly_urls.get(section, False)


class HugoSite(NamedTuple):
    """What Hugo calls a site: one language, in one version, for one role."""

    key: SiteKey
    language: Language
    above: str
    """What role and version add to the beginning of URLs: '' or `member/v1`."""
    prefix: str
    """First elements of its URLs: '' or `member/v1/fr`."""
    folder: str
    """First elements of its output files; differs from `prefix` only where each language has a host of its own."""


def hugo_site(key: SiteKey, language: Language, space: Space) -> HugoSite:
    """The site of a language that has that key."""
    dimensions = ((key.role, space.roles), (key.version, space.versions))
    above = tuple(name for name, dim in dimensions if dim.in_subdir or name != dim.default)
    return HugoSite(
        key,
        language,
        join_names(*above),
        join_names(*above, language.prefix),
        join_names(language.host_folder, *above, language.prefix),
    )


def join_names(*names: str) -> str:
    """Those that are not empty as one path."""
    return "/".join(filter(None, names))


class Shared(NamedTuple):
    """What all languages share."""

    default: str
    multilingual: bool
    multihost: bool
    resolving: bool
    """Hugo's own link and image render hooks are on, unless the configuration says otherwise."""
    raw: Raw


def language_of(name: str, own: Raw, context: Shared) -> Language:
    """The settings of the language `name`; `own` is the whole configuration with the language's laid over it."""
    default = name == context.default
    in_subdir = to_bool(context.raw.get("defaultcontentlanguageinsubdir"))
    prefix = name if (in_subdir if default else context.multilingual) else ""
    base_url = to_string(own.get("baseurl"))
    media = formats.media_types(to_map(own.get("mediatypes")))
    known = formats.output_formats(to_map(own.get("outputformats")), media)
    kinds = frozenset(k.lower() for k in to_strings_whole(own.get("disablekinds")))
    kinds = frozenset({"taxonomyterm": "taxonomy"}.get(k, k) for k in kinds)
    pagination = to_map(own.get("pagination"))
    return Language(
        name=name,
        default=default,
        title=to_string(own.get("title")),
        base_url=base_url,
        base_path="" if to_bool(own.get("canonifyurls")) else _base_path(base_url),
        prefix="" if context.multihost else prefix,
        host_folder=name if context.multihost else "",
        ugly_urls=_ugly(context.raw.get("uglyurls")),
        keep_case=to_bool(own.get("disablepathtolower")),
        drop_accents=to_bool(own.get("removepathaccents")),
        disable_aliases=to_bool(own.get("disablealiases")),
        build_drafts=to_bool(own.get("builddrafts")),
        build_future=to_bool(own.get("buildfuture")),
        build_expired=to_bool(own.get("buildexpired")),
        time_zone=to_string(own.get("timezone")),
        taxonomies=_taxonomies(own.get("taxonomies")),
        permalinks=permalinks_of(own.get("permalinks")),
        formats=known,
        outputs=_outputs(to_map(own.get("outputs")), known, kinds),
        disabled_kinds=kinds,
        pager_size=to_int(pagination.get("pagersize"), 10) if "pagersize" in pagination else 10,
        pagination_path=to_string(pagination.get("path", "page")),
        pagination_redirects=not to_bool(pagination.get("disablealiases")),
        sitemap=to_string(to_map(own.get("sitemap")).get("filename")) or "sitemap.xml",
        dates=_dates(to_map(own.get("frontmatter"))),
        cascade=cascades_of(context.raw.get("cascade"))
        + (
            cascades_of(own.get("cascade"), name)
            if own.get("cascade") is not context.raw.get("cascade")
            else ()
        ),
        markup=markup_of(to_map(own.get("markup"))),
        embedded_hooks={kind: _embedded(kind, own, context) for kind in ("link", "image")},
        menus=to_map(own.get("menus")),
        params=to_map(own.get("params")),
        pluralize_titles=to_bool(own.get("pluralizelisttitles", True)),
        capitalize_titles=to_bool(own.get("capitalizelisttitles", True)),
    )


def _base_path(base_url: str) -> str:
    try:
        path = urlsplit(base_url).path
    except ValueError:
        return ""
    return path.rstrip("/")


def _ugly(value: Any) -> bool | Mapping[str, bool]:
    if isinstance(value, dict):
        return {section: to_bool(flag) for section, flag in value.items() if section != "_merge"}
    return value is True or value == "true"


def _taxonomies(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        return {"categories": "category", "tags": "tag"}
    pairs = ((to_string(plural), singular) for singular, plural in value.items() if singular != "_merge")
    return {plural: singular for plural, singular in sorted(pairs) if plural and singular}


def _outputs(
    table: Mapping[str, Any], known: Mapping[str, OutputFormat], disabled: frozenset[str]
) -> Mapping[str, tuple[OutputFormat, ...]]:
    names = {"page": ("html",), **dict.fromkeys(LIST_KINDS, ("html", "rss"))}
    names |= {
        {"taxonomyterm": "taxonomy"}.get(kind, kind): tuple(n.lower() for n in to_strings_whole(value))
        for kind, value in table.items()
    }
    return {
        kind: tuple(
            known[n] for n in listed if n in known and not (n == "rss" and "rss" in disabled)
        )
        for kind, listed in names.items()
    }  # fmt: skip


def _dates(table: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, default in _DATE_KEYS.items():
        keys: list[str] = []
        for key in (k.lower() for k in to_strings(table[name])) if name in table else default:
            keys.extend(default if key == ":default" else (key,))
        found[name] = tuple(dict.fromkeys(k for key in keys for k in (key, *_DATE_ALIASES.get(key, ()))))
    return found


def cascades_of(value: Any, language: str = "") -> tuple[Mapping[str, Any], ...]:
    """The entries of a `cascade`, which is one map or a list of maps; a language restricts those without a target."""
    entries = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
    maps = [entry for entry in entries if isinstance(entry, dict)]
    return tuple({**entry, "_language": language} if language else entry for entry in maps)


def _embedded(kind: str, own: Raw, context: Shared) -> str:
    goldmark = to_map(to_map(own.get("markup")).get("goldmark"))
    hook = to_map(to_map(goldmark.get("renderhooks")).get(kind))
    mode = to_string(hook.get("useembedded")) or "auto"
    if "enabledefault" in hook:
        mode = "fallback" if to_bool(hook["enabledefault"]) else "never"
    if mode == "auto":
        on = context.resolving and not to_bool(goldmark.get("duplicateresourcefiles"))
        return "fallback" if on else "never"
    return mode if mode in {"fallback", "always"} else "never"
