"""What a site's configuration says, as values: `load` finds it, fills in Hugo's defaults and checks nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from ..tree import Tree
from . import config_files, formats, modules
from .cast import to_bool, to_int, to_map, to_string, to_strings, to_strings_whole
from .config_files import HugoConfigError, Raw
from .formats import OutputFormat
from .markup import Markup
from .markup_config import markup_of
from .modules import Module, Mount
from .permalinks import Permalink, permalinks_of
from .publication import MissingPart

__all__ = ["HugoConfig", "HugoConfigError", "Site", "load"]

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


@dataclass(frozen=True)
class Site:
    """One language of the site: the site's settings with the language's own laid over them."""

    language: str
    default: bool
    """The language of files that name none."""
    title: str
    base_url: str
    base_path: str
    """What RelPermalink begins with: '' or `/sub`; '' under canonifyURLs."""
    prefix: str
    """First element of this language's URLs: '' or `fr`."""
    folder: str
    """First element of its output files; differs from `prefix` only where each language has a host of its own."""
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
    embedded_link_hook: bool
    """Hugo's own link render hook is on: it resolves logical paths."""
    menus: Mapping[str, Any]
    params: Mapping[str, Any]
    pluralize_titles: bool
    capitalize_titles: bool

    def ugly(self, section: str) -> bool:
        """Whether pages of a section (its first path element) are files like `page.html`."""
        return self.ugly_urls if isinstance(self.ugly_urls, bool) else self.ugly_urls.get(section, False)


@dataclass(frozen=True)
class HugoConfig:
    """All that decides what Hugo makes of a site. Picklable; the same files give an equal value."""

    files: tuple[str, ...]
    """Configuration files that were read, those of themes included; empty if there is none."""
    sites: tuple[Site, ...]
    """The languages that are built, in Hugo's order."""
    disabled_languages: frozenset[str]
    multihost: bool
    mounts: tuple[Mount, ...]
    """The project's first, then those of the modules in order of precedence."""
    modules: tuple[Module, ...]
    missing: tuple[MissingPart, ...]
    content_dir: str
    content_extensions: frozenset[str]
    ignore_files: tuple[str, ...]
    """Regular expressions, as written."""
    default_in_subdir: bool
    default_redirect: bool
    """A page at the root leads to the default language (where that lives in a folder)."""
    enable_robots: bool
    ref_links_error_level: str
    environment: str
    raw: Mapping[str, Any] = field(default_factory=dict)
    """Everything, merged, keys in lower case."""

    @cached_property
    def default(self) -> Site:
        """The site of the default content language."""
        return next((s for s in self.sites if s.default), self.sites[0])

    @property
    def markup(self) -> Markup:
        """The renderer's settings in the default language."""
        return self.default.markup

    @property
    def multilingual(self) -> bool:
        """Whether more than one language is built."""
        return len(self.sites) > 1

    def mounted(self, component: str) -> tuple[Mount, ...]:
        """The mounts that feed a component folder (content, static, layouts and so on)."""
        return tuple(m for m in self.mounts if m.component == component)

    def site(self, language: str) -> Site:
        """The site of a language; the default one if that is not built."""
        return next((s for s in self.sites if s.language == language), self.default)


def load(tree: Tree, environment: str = "production") -> HugoConfig:
    """The configuration of the site at the tree's root; Hugo's defaults if there is none.

    Raises HugoConfigError where Hugo's build fails on it.
    """
    raw, files = config_files.load(tree, "", environment)
    found = modules.collect(tree, raw, environment)
    for module in found.found:
        config_files.inherit(raw, module.config)
    languages, default = _languages(raw, files[0] if files else "hugo.toml")
    disabled = {*to_strings(raw.get("disablelanguages"))}
    disabled |= {name for name, own in languages.items() if to_bool(own.get("disabled"))}
    built = sorted((n for n in languages if n not in disabled), key=lambda n: _weight(n, languages[n]))
    if default not in built:
        raise HugoConfigError(
            files[0] if files else "hugo.toml", 1, 1, f'the default language "{default}" is disabled'
        )
    multihost = any("baseurl" in own for own in languages.values())
    media = formats.media_types(to_map(raw.get("mediatypes")))
    merged = {name: _merged(raw, languages[name]) for name in built}
    context = _Context(default, len(built) > 1, multihost, raw)
    sites = tuple(_site(name, merged[name], context) for name in built)
    content_dir = to_string(raw.get("contentdir")) or "content"
    return HugoConfig(
        files=(*files, *found.files),
        sites=sites,
        disabled_languages=frozenset(disabled),
        multihost=multihost,
        mounts=(
            *_project_mounts(raw, merged, content_dir, multihost),
            *(m for x in found.found for m in x.mounts),
        ),
        modules=found.found,
        missing=found.missing,
        content_dir=content_dir,
        content_extensions=formats.content_extensions(to_map(raw.get("contenttypes")), media),
        ignore_files=to_strings_whole(raw.get("ignorefiles")),
        default_in_subdir=to_bool(raw.get("defaultcontentlanguageinsubdir")),
        default_redirect=not (
            to_bool(raw.get("disabledefaultlanguageredirect"))
            or to_bool(raw.get("disabledefaultsiteredirect"))
        ),
        enable_robots=to_bool(raw.get("enablerobotstxt")),
        ref_links_error_level=to_string(raw.get("reflinkserrorlevel")).lower() or "error",
        environment=environment,
        raw=raw,
    )


@dataclass(frozen=True)
class _Context:
    """What all languages share."""

    default: str
    multilingual: bool
    multihost: bool
    raw: Raw


def _languages(raw: Raw, path: str) -> tuple[dict[str, Raw], str]:
    """Every configured language, and which is the default one."""
    default = to_string(raw.get("defaultcontentlanguage")).lower()
    languages = {
        name: dict(to_map(own)) for name, own in to_map(raw.get("languages")).items() if name != "_merge"
    } or {default or "en": {}}
    if default and default not in languages:
        message = f'defaultContentLanguage "{default}" is not among the languages'
        raise HugoConfigError(path, 1, 1, message)
    if not default:
        enabled = [n for n, own in languages.items() if not to_bool(own.get("disabled"))] or list(languages)
        first = min(enabled, key=lambda n: _weight(n, languages[n]))
        default = "en" if "en" in enabled else first
    return languages, default


def _weight(name: str, own: Mapping[str, Any]) -> tuple[bool, int, str]:
    weight = to_int(own.get("weight"))
    return weight == 0, weight, name


def _merged(raw: Raw, own: Raw) -> Raw:
    """The site's settings with a language's laid over them: maps are replaced, but for parameters and menus."""
    merged = {**raw}
    for key, value in own.items():
        old = merged.get(key)
        if key == "params" and isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _deep(old, value)
        elif key == "menus" and isinstance(old, dict) and isinstance(value, dict):
            merged[key] = {**old, **value}
        else:
            merged[key] = value
    return merged


def _deep(below: Mapping[str, Any], above: Mapping[str, Any]) -> Raw:
    out = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            out[key] = _deep(below[key], above[key])
    return out


def _project_mounts(
    raw: Raw, merged: Mapping[str, Raw], content_dir: str, multihost: bool
) -> tuple[Mount, ...]:
    """The project's own mounts; a component that none of them feeds has Hugo's default folders."""
    mounts = [*modules.mounts_of(to_map(raw.get("module")).get("mounts"), "", "")]
    fed = {m.component for m in mounts}
    for component in modules.COMPONENTS:
        if component in fed:
            continue
        if component == "content":
            for name, own in merged.items():
                source = to_string(own.get("contentdir")) or "content"
                mounts.extend(_default(source, "content", () if source == content_dir else (name,)))
        elif component == "static":
            for name, own in merged.items():
                for source in _static_dirs(own):
                    mounts.extend(_default(source, "static", (name,) if multihost else ()))
        else:
            mounts.extend(_default(to_string(raw.get(_DIR_KEYS[component])) or component, component, ()))
    return tuple(dict.fromkeys(mounts))


_DIR_KEYS = {
    "archetypes": "archetypedir",
    "assets": "assetdir",
    "data": "datadir",
    "i18n": "i18ndir",
    "layouts": "layoutdir",
}


def _default(source: str, component: str, languages: tuple[str, ...]) -> tuple[Mount, ...]:
    entry = {"source": source, "target": component, "lang": list(languages)}
    return tuple(modules.mounts_of([entry], "", ""))


def _static_dirs(own: Mapping[str, Any]) -> tuple[str, ...]:
    keys = ("staticdir", *(f"staticdir{n}" for n in range(11)))
    dirs = [d for key in keys for d in to_strings_whole(own.get(key))]
    if "staticdir" not in own:
        dirs.insert(0, "static")
    return tuple(dict.fromkeys(dirs))


def _site(name: str, own: Raw, context: _Context) -> Site:
    default = name == context.default
    in_subdir = to_bool(context.raw.get("defaultcontentlanguageinsubdir"))
    prefix = name if (in_subdir if default else context.multilingual) else ""
    base_url = to_string(own.get("baseurl"))
    media = formats.media_types(to_map(own.get("mediatypes")))
    known = formats.output_formats(to_map(own.get("outputformats")), media)
    kinds = frozenset(k.lower() for k in to_strings_whole(own.get("disablekinds")))
    kinds = frozenset({"taxonomyterm": "taxonomy"}.get(k, k) for k in kinds)
    pagination = to_map(own.get("pagination"))
    return Site(
        language=name,
        default=default,
        title=to_string(own.get("title")),
        base_url=base_url,
        base_path="" if to_bool(own.get("canonifyurls")) else _base_path(base_url),
        prefix="" if context.multihost else prefix,
        folder=name if context.multihost else prefix,
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
        embedded_link_hook=_embedded(own, context),
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


def _embedded(own: Raw, context: _Context) -> bool:
    goldmark = to_map(to_map(own.get("markup")).get("goldmark"))
    link = to_map(to_map(goldmark.get("renderhooks")).get("link"))
    mode = to_string(link.get("useembedded")) or "auto"
    if "enabledefault" in link:
        mode = "fallback" if to_bool(link["enabledefault"]) else "never"
    if mode == "auto":
        return (
            len(to_map(context.raw.get("languages"))) > 1  # the disabled ones, too
            and not context.multihost
            and not to_bool(goldmark.get("duplicateresourcefiles"))
        )
    return mode in {"always", "fallback"}
