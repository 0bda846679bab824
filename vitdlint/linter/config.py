"""`vitdlint.toml` or `[tool.vitdlint]`: found, read, and turned into frozen values, with every error reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..core.docs_url import is_docs_url
from ..core.errors import ConfigError
from ..core.globs import wrong_in
from ..core.model import Severity
from ..core.options import Problem, Way, fill, nearest
from ..core.rule import AnyRule
from ..external import LinksConfig
from ..files.find_site import shown
from ..hugo.version import HugoVersion, parse_version
from ..site.redirects import Redirect
from .config_layers import Layers

if TYPE_CHECKING:
    from .plugins import Plugin


class SchemaChoice(NamedTuple):
    """Which pages a schema is for."""

    pages: str
    """A glob below the content folder; the first match wins."""
    use: str
    """The schema's file, relative to the configuration; "page" is the one that vitdlint ships."""


class ShortcodeUse(NamedTuple):
    """What a shortcode of the site does with its parameters; its positional ones are named "0", "1" and so on."""

    links: tuple[str, ...] = ()
    """Parameters that are links. Where a shortcode is not named here, its template says so, as far as that is certain."""
    ids: tuple[str, ...] = ()
    """Parameters that become an id on the page."""
    schema: str = ""
    """A JSON Schema file for the parameters of each call, relative to the configuration."""

    @property
    def says_use(self) -> bool:
        """Whether it says what the shortcode does, not only what its parameters must be."""
        return bool(self.links or self.ids) or not self.schema


class Keys(NamedTuple):
    """The shape of the configuration file."""

    extends: str | tuple[str, ...] = ()
    """Other configuration files, relative to this one: what they say holds unless this one says otherwise. Tables are
    joined, top-level lists (but `select`) add up, other values are replaced."""
    baseline: str = ""
    """A file of recorded findings, which no command reports; `check --update-baseline` writes it."""
    select: tuple[str, ...] = ("default",)
    """Rules to run: names, codes, prefixes of codes ("VD3"), "default" or "all"."""
    extend_select: tuple[str, ...] = ()
    """Rules to run besides those of `select`."""
    ignore: tuple[str, ...] = ()
    """Rules not to run; wins over both."""
    exclude: tuple[str, ...] = ()
    """Globs of pages, as in .gitignore, about which nothing is said; they stay part of the site."""
    fail_on: Literal["error", "warning", "info", "never"] = "error"
    """The least severity that makes the exit code 1."""
    host: Literal["clean", "strict"] = "clean"
    """How the host answers: "clean" serves /x, /x/ and /x.html alike, "strict" serves files as they are."""
    base_urls: tuple[str, ...] = ()
    """The site's own hosts, old ones too; absolute links to them are checked as internal ones."""
    extra_urls: tuple[str, ...] = ()
    """Globs of URL paths that exist although only layouts know of them."""
    redirects: tuple[Redirect, ...] = ()
    """Redirects that the host makes."""
    known_anchors: tuple[str, ...] = ()
    """Globs of fragments that layouts supply on every page."""
    hugo_version: str = ""
    """The version of Hugo that builds the site, "0.147.9", where no file of the site names it, or another one."""
    hugo_answers: str = ""
    """A file of what Hugo said of the site, which `--ask-hugo` writes and every command uses."""
    plugins: tuple[str, ...] = ()
    """Python files with rules of your own; each exports RULES."""
    docs_url: str = ""
    """Where the documentation of vitdlint is on the web (`make docs-site`); or a URL with `{name}` or `{code}` of a rule in it."""
    max_page_size: str = "5MB"
    """A larger page is not checked."""
    shortcodes: Mapping[str, ShortcodeUse] = {}
    """What the site's own shortcodes do with their parameters."""
    severity: Mapping[str, Literal["error", "warning", "info"]] = {}
    """A severity of your choice for a rule."""
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    """Globs below the content folder, and the rules that say nothing there."""
    schema: tuple[SchemaChoice, ...] = ()
    """Front-matter schemas by page; the first match wins, and the shipped one is for the rest."""
    rules: Mapping[str, Any] = {}
    """Options of single rules; a rule that is off by default runs once it has options here."""
    links: LinksConfig = LinksConfig()
    """The network pass."""

    @property
    def version(self) -> HugoVersion | None:
        """That of Hugo, where it is said here."""
        number = parse_version(self.hugo_version)
        return None if number is None else HugoVersion(number, "hugo-version")


class Active(NamedTuple):
    """A rule as this run uses it."""

    rule: AnyRule
    options: Any
    severity: Severity | None
    """What the configuration says; None leaves it to the rule."""


class Config(NamedTuple):
    """The configuration of a run."""

    keys: Keys
    active: tuple[Active, ...]
    known: Mapping[str, AnyRule]
    """Every rule there is, by code and by name."""
    layers: Layers
    """Where it comes from."""
    max_size: int = 5_000_000
    plugins: tuple[Plugin, ...] = ()


def load(layers: Layers, rules: Iterable[AnyRule], *, plugins: bool = True) -> Config:
    """The values of a configuration.

    Raises ConfigError, and PluginError for a plug-in that cannot be loaded.
    """
    problems: list[Problem] = []
    loaded: list[Plugin] = []
    known = _known(rules)
    keys = fill(Keys, layers.table, (), problems) or Keys()
    for i, name in enumerate(keys.plugins if plugins else ()):
        way: Way = ("plugins", i)
        _add_plugin(layers.folder(way, Path()) / name, loaded, known, way, problems)
    active = _activate(keys, known, problems)
    problems += [Problem(("links", *way), sentence) for way, sentence in keys.links.wrong()]
    problems += _bad_globs(keys)
    max_size = _size(keys.max_page_size, problems)
    if keys.hugo_version and parse_version(keys.hugo_version) is None:
        words = f'"hugo-version" is "{keys.hugo_version}"; write a version like "0.147.9"'
        problems.append(Problem(("hugo-version",), words))
    if keys.docs_url and not is_docs_url(keys.docs_url):
        problems.append(
            Problem(("docs-url",), f'"docs-url" is "{keys.docs_url}"; it must begin with http:// or https://')
        )
    if problems:
        raise ConfigError(layers.placed(problems))
    return Config(
        keys=keys,
        active=active,
        known=known,
        layers=layers,
        max_size=max_size,
        plugins=tuple(loaded),
    )


def _bad_globs(keys: Keys) -> Iterator[Problem]:
    """What is no glob of files."""
    globs: list[tuple[Way, str]] = [(("exclude", i), glob) for i, glob in enumerate(keys.exclude)]
    globs += [(("schema", i, "pages"), choice.pages) for i, choice in enumerate(keys.schema)]
    globs += [(("per-file-ignores", glob), glob) for glob in keys.per_file_ignores]
    for way, glob in globs:
        if (wrong := wrong_in(glob)) is not None:
            yield Problem(way, f'"{glob}" is not a valid glob: {wrong}', key=way[0] == "per-file-ignores")


def _known(rules: Iterable[AnyRule]) -> dict[str, AnyRule]:
    known: dict[str, AnyRule] = {}
    for rule in rules:
        known[rule.code] = known[rule.name] = rule
    return known


def _activate(keys: Keys, known: Mapping[str, AnyRule], problems: list[Problem]) -> tuple[Active, ...]:
    """The rules that run, in the order of their codes, with options and severities."""
    chosen: dict[str, AnyRule] = {}
    for key, words in (("select", keys.select), ("extend-select", keys.extend_select)):
        for i, word in enumerate(words):
            for rule in _matching(word, known, (key, i), problems):
                chosen[rule.code] = rule
    if "default" in keys.select:  # whoever configures a rule that is off by default wants it
        chosen |= {known[name].code: known[name] for name in keys.rules if name in known}
    for i, word in enumerate(keys.ignore):
        for rule in _matching(word, known, ("ignore", i), problems):
            chosen.pop(rule.code, None)
    for glob, words in keys.per_file_ignores.items():
        for i, word in enumerate(words):
            _matching(word, known, ("per-file-ignores", glob, i), problems)
    # A run that failed says why, whatever was selected.
    chosen.update((known[name].code, known[name]) for name in ("rule-crashed",) if name in known)
    options = _per_rule(keys.rules, "rules", known, problems)
    severities = _per_rule(keys.severity, "severity", known, problems)
    # Options of a rule that does not run are checked all the same: an error there is still an error.
    filled = {
        code: fill(known[code].options, table, ("rules", known[code].name), problems)
        for code, table in options.items()
    }
    return tuple(
        Active(
            rule,
            filled[code] if code in filled else rule.options(),
            Severity.of(severities[code]) if code in severities else None,
        )
        for code, rule in sorted(chosen.items())
    )


def _matching(word: str, known: Mapping[str, AnyRule], way: Way, problems: list[Problem]) -> list[AnyRule]:
    everything = {rule.code: rule for rule in known.values()}.values()
    if word == "all":
        return list(everything)
    if word == "default":
        return [rule for rule in everything if rule.default]
    if word in known:
        return [known[word]]
    found = (
        [rule for rule in everything if rule.code.startswith(word)]
        if re.fullmatch(r"VD\d{0,2}", word)
        else []
    )
    if not found:
        problems.append(Problem(way, _no_rule(word, known)))
    return found


def _no_rule(word: str, known: Mapping[str, AnyRule]) -> str:
    return f'there is no rule "{word}".{nearest(word, known) or " `vitdlint rules` lists all."}'


def _per_rule(
    table: Mapping[str, Any], key: str, known: Mapping[str, AnyRule], problems: list[Problem]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        if name in known:
            found[known[name].code] = value
        else:
            problems.append(Problem((key, name), _no_rule(name, known), key=True))
    return found


def _size(word: str, problems: list[Problem]) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kMG]?)i?B?", word, re.IGNORECASE)
    if match is None:
        problems.append(Problem(("max-page-size",), f'"max-page-size" is "{word}"; write a size like "5MB"'))
        return 0
    return int(float(match[1]) * {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}[match[2].lower()])


def _add_plugin(
    path: Path, loaded: list[Plugin], known: dict[str, AnyRule], way: Way, problems: list[Problem]
) -> None:
    if not path.is_file():
        problems.append(Problem(way, f'there is no plug-in file "{shown(path)}"'))
        return
    from .plugins import load_plugin  # few sites have one

    loaded.append(load_plugin(path))
    for rule in loaded[-1].rules:
        if rule.code in known or rule.name in known:
            words = f'"{shown(path)}" defines {rule.code} ({rule.name}), which exists already'
            problems.append(Problem(way, words))
        else:
            known[rule.code] = known[rule.name] = rule
