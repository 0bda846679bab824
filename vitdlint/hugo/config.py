"""What a site's configuration says, as values: `load` finds it, fills in Hugo's defaults and checks nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..files.tree import Tree
from ..frontmatter.block import FrontMatter
from . import config_files, formats, modules
from .cast import to_bool, to_int, to_map, to_string, to_strings, to_strings_whole
from .config_files import HugoConfigError, Raw
from .language import HugoSite, Language, Shared, hugo_site, language_of
from .markup import Markup
from .modules import Module, Mount
from .publication import MissingPart
from .space import Dimension, SiteKey, Space, roles_of, space_of, versions_of
from .version import NO_VERSION, HugoVersion, pinned_version

__all__ = ["HugoConfig", "HugoConfigError", "load"]


@dataclass(frozen=True)
class HugoConfig:
    """All that decides what Hugo makes of a site. Picklable; the same files give an equal value."""

    documents: Mapping[str, FrontMatter]
    """Configuration files that were read, those of themes included, by path; empty if there is none."""
    languages: tuple[Language, ...]
    """The languages that are built, in Hugo's order."""
    space: Space
    sites: tuple[HugoSite, ...]
    """All that are built, in Hugo's order: one for each language, unless there are versions or roles."""
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
    default_redirect: bool
    """A page at the root leads to the default site (where that lives in a folder)."""
    enable_robots: bool
    ref_links_error_level: str
    environment: str
    version: HugoVersion = NO_VERSION
    raw: Mapping[str, Any] = field(default_factory=dict)
    """Everything, merged, keys in lower case."""

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of the configuration files that were read."""
        return tuple(self.documents)

    @cached_property
    def default(self) -> Language:
        """The default content language."""
        return next((each for each in self.languages if each.default), self.languages[0])

    @property
    def markup(self) -> Markup:
        """The renderer's settings in the default language."""
        return self.default.markup

    def own_markup(self) -> Iterator[tuple[str, Markup]]:
        """Regular expressions for the paths of files of the languages with settings of their own, and those settings."""
        for each in self.languages:
            if each.markup != self.markup:
                mounts = ((m.source, self.space.mounted(m.matrix)) for m in self.mounted("content"))
                folders = [folder for folder, sites in mounts if sites and sites[0].language == each.name]
                inside = [rf"{re.escape(folder)}/.*" for folder in folders]
                yield "|".join([*inside, rf".*\.{re.escape(each.name)}\.\w+"]), each.markup

    @cached_property
    def refused_content(self) -> frozenset[str]:
        """The media types of pages for which Hugo does not build the site."""
        allow = to_map(self.raw.get("security")).get("allowcontent")
        return formats.refused_content(allow, self.version.number)

    @property
    def multilingual(self) -> bool:
        """Whether more than one language is built."""
        return len(self.languages) > 1

    def mounted(self, component: str) -> tuple[Mount, ...]:
        """The mounts that feed a component folder (content, static, layouts and so on)."""
        return tuple(m for m in self.mounts if m.component == component)

    def language(self, name: str) -> Language:
        """The language of a name; the default one if that is not built."""
        return next((each for each in self.languages if each.name == name), self.default)

    def site(self, key: SiteKey) -> HugoSite:
        """The site of a key."""
        return self.sites[self.space.sites.index(key)]


def load(
    tree: Tree,
    environment: str = "production",
    version: HugoVersion | None = None,
    elsewhere: Callable[[str], str | None] | None = None,
) -> HugoConfig:
    """The configuration of the site at the tree's root; Hugo's defaults if there is none.

    `version` is that of Hugo where it is known; else the files of the site may name it. `elsewhere`: see `collect`.

    Raises HugoConfigError where Hugo's build fails on it.
    """
    raw, documents = config_files.load(tree, "", environment)
    main = next(iter(documents), "hugo.toml")
    own_languages = bool(to_map(raw.get("languages")))
    found = modules.collect(tree, raw, environment, elsewhere)
    for module in found.found:
        config_files.inherit(raw, module.config)
    languages, default = _languages(raw, main)
    disabled = {*to_strings(raw.get("disablelanguages"))}
    disabled |= {name for name, own in languages.items() if to_bool(own.get("disabled"))}
    built = sorted((n for n in languages if n not in disabled), key=lambda n: _weight(n, languages[n]))
    if default not in built:
        raise HugoConfigError(main, 1, 1, f'the default language "{default}" is disabled')
    hosts = any("baseurl" in own for own in languages.values())
    multihost = hosts and len(built) - len(disabled) > 1  # Hugo 0.168 takes the disabled ones away twice
    media = formats.media_types(to_map(raw.get("mediatypes")))
    merged = {name: _merged(raw, languages[name]) for name in built}
    # Hugo 0.168 counts the entries of the table, the disabled languages and, in the project's own, `_merge` included.
    resolving = not hosts and (own_languages or len(languages) > 1)
    context = Shared(default, len(built) > 1, multihost, resolving, raw)
    content_dir = to_string(raw.get("contentdir")) or "content"
    by_language = {name: language_of(name, merged[name], context) for name in built}
    space = _space(raw, by_language, default, main)
    return HugoConfig(
        documents={**documents, **found.files},
        languages=tuple(by_language.values()),
        space=space,
        sites=tuple(hugo_site(key, by_language[key.language], space) for key in space.sites),
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
        default_redirect=not (
            to_bool(raw.get("disabledefaultlanguageredirect"))
            or to_bool(raw.get("disabledefaultsiteredirect"))
        ),
        enable_robots=to_bool(raw.get("enablerobotstxt")),
        ref_links_error_level=to_string(raw.get("reflinkserrorlevel")).lower() or "error",
        environment=environment,
        version=version or pinned_version(tree, raw),
        raw=raw,
    )


def _space(raw: Raw, languages: Iterable[str], default: str, path: str) -> Space:
    """All combinations of languages, versions and roles."""

    def in_subdir(what: str) -> bool:
        return to_bool(raw.get(f"defaultcontent{what}insubdir"))

    found = []
    for what, dimension in (("version", versions_of), ("role", roles_of)):
        name = to_string(raw.get(f"defaultcontent{what}"))
        try:
            found.append(dimension(to_map(raw.get(f"{what}s")), name, in_subdir=in_subdir(what)))
        except KeyError:
            message = f'defaultContent{what.capitalize()} "{name}" is not among the {what}s'
            raise HugoConfigError(path, 1, 1, message) from None
    return space_of(Dimension(tuple(languages), default, in_subdir("language")), *found)


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
