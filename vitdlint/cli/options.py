"""What each command takes: its arguments and options with their help, each declared once.

A command's line becomes a value of its class here, and the function of the same name in `cli/` takes that. typer reads
the annotations as they are: as text (`from __future__ import annotations`) it would evaluate them twice over.
"""

import shlex
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, get_args

from typer import Argument, Option

from ..files.find_site import Given
from .option_types import (
    AskHugo,
    Clock,
    Color,
    Config,
    Environment,
    ExitZero,
    FailOn,
    Hugo,
    Jobs,
    NoCache,
    NoPlugins,
    Site,
    TextOrJson,
)


def _rule_names(incomplete: str) -> list[str]:
    """For the shell: the names and codes of rules that begin so."""
    from ..rules import ALL

    return [word for rule in ALL for word in (rule.name, rule.code) if word.startswith(incomplete)]


def _format_names(incomplete: str) -> list[str]:
    """For the shell: the output formats that begin so."""
    from ..reporters import REPORTERS

    return [name for name in REPORTERS if name.startswith(incomplete)]


Statistics = Literal["rule", "cause", "section", "page"]
STATISTICS = get_args(Statistics)
"""What can be counted."""


class CheckOptions(NamedTuple):
    """Lint pages against the whole site."""

    paths: Annotated[
        list[Path] | None,
        Argument(
            help="Pages or folders to report on; they are always checked against the whole site.",
            show_default="the content folder",
        ),
    ] = None
    select: Annotated[
        list[str] | None,
        Option(help="Rules to run: names, codes, VD3, default, all.", autocompletion=_rule_names),
    ] = None
    extend_select: Annotated[
        list[str] | None, Option(help="More rules to run.", autocompletion=_rule_names)
    ] = None
    ignore: Annotated[list[str] | None, Option(help="Rules not to run.", autocompletion=_rule_names)] = None
    exclude: Annotated[
        list[str] | None,
        Option(
            metavar="GLOB", help="Report nothing on these pages either: 'drafts/**' below the content folder."
        ),
    ] = None
    fix: Annotated[bool, Option("--fix", help="Write the safe fixes.")] = False
    unsafe_fixes: Annotated[
        bool, Option("--unsafe-fixes", help="With --fix or --diff: the unsafe ones too.")
    ] = False
    diff: Annotated[bool, Option("--diff", help="Print what --fix would write, as a patch.")] = False
    since: Annotated[
        str | None, Option(metavar="REF", help="Report only what the change since REF causes, in any file.")
    ] = None
    staged: Annotated[
        bool, Option("--staged", help="Report only what the staged change causes; reads the index.")
    ] = False
    baseline: Annotated[
        Path | None,
        Option(help="Ignore the findings recorded in this file.", show_default="what the configuration says"),
    ] = None
    update_baseline: Annotated[
        bool, Option("--update-baseline", help="Record today's findings in the baseline.")
    ] = False
    show_settings: Annotated[
        bool, Option("--show-settings", help="Print each setting and where it comes from; check nothing.")
    ] = False
    show_files: Annotated[
        bool, Option("--show-files", help="Print the files that would be reported on; check nothing.")
    ] = False
    history: Annotated[
        Path | None, Option(help="Append a line about this run to this file: what is new, what is gone.")
    ] = None
    add_suppressions: Annotated[
        str | None,
        Option(metavar="REASON", help="Suppress what is found, by comments with this reason."),
    ] = None
    external: Annotated[
        bool,
        Option("--external", help="Check external links by the answers that `vitdlint links` has stored."),
    ] = False
    output_format: Annotated[
        str | None,
        Option(
            help="full, concise, grouped, json, jsonl, sarif, github, github-summary, gitlab, azure, checkstyle, junit, "
            "rdjson, markdown, html; "
            "FORMAT=FILE writes a file, and several are separated by commas. [env var: VITDLINT_OUTPUT_FORMAT]",
            autocompletion=_format_names,
        ),
    ] = None
    output_file: Annotated[Path | None, Option(help="Write the report there.")] = None
    fail_on: FailOn = None
    exit_zero: ExitZero = False
    max_findings: Annotated[
        int | None,
        Option(
            metavar="N",
            min=0,
            help="Show the N worst findings or causes and count the rest; 0 shows all.",
            show_default="some screens on a terminal, elsewhere all",
        ),
    ] = None
    sort: Annotated[
        Literal["path", "rule", "worst"] | None,
        Option(help="The order of findings.", show_default="path; of a part: worst"),
    ] = None
    statistics: Annotated[
        Statistics | None,
        Option(help="Count instead of listing; without a value by rule."),
    ] = None
    watch: Annotated[bool, Option("--watch", help="Check again when a file changes.")] = False
    ask_hugo: AskHugo = False
    hugo: Hugo = None
    jobs: Jobs = None
    no_cache: NoCache = False
    reference: Annotated[bool, Option("--reference", help="Use the reference parser and validator only.")] = (
        False
    )
    config: Config = None
    environment: Environment = "production"
    no_plugins: NoPlugins = False
    stdin_filename: Annotated[
        Path | None, Option(help="With the path `-`: the page that standard input is.")
    ] = None
    clock: Clock = None
    color: Color = "auto"
    quiet: Annotated[bool, Option("--quiet", "-q", help="Findings only: no notes, no summary.")] = False
    verbose: Annotated[bool, Option("--verbose", "-v", help="Say how long it took.")] = False

    @property
    def given(self) -> tuple[Given, ...]:
        """The keys of the configuration that have an option of their own; only `--exclude` adds to what is there."""
        keys = {"select": self.select, "extend-select": self.extend_select, "ignore": self.ignore}
        found = [Given(f"--{key}", {key: _words(value)}) for key, value in keys.items() if value is not None]
        if self.exclude:
            found.append(Given("--exclude", {"exclude": tuple(self.exclude)}, adds=True))
        return tuple(found)


class RulesOptions(NamedTuple):
    """List every rule, those of the site's plug-ins too."""

    output_format: TextOrJson = "text"
    config: Config = None
    no_plugins: NoPlugins = False
    color: Color = "auto"


class ExplainOptions(NamedTuple):
    """Print the whole manual of a rule."""

    rule: Annotated[str, Argument(help="A rule's name or code.", autocompletion=_rule_names)]
    output_format: TextOrJson = "text"
    config: Config = None
    no_plugins: NoPlugins = False
    color: Color = "auto"


class TestPluginOptions(NamedTuple):
    """Run the examples of a plug-in's rules, and show where they are wrong."""

    files: Annotated[list[Path], Argument(help="Python files that export RULES.")]


class LinksOptions(NamedTuple):
    """Ask external links, report which are dead."""

    path: Site = None
    budget: Annotated[str | None, Option(metavar="5m", help="Stop asking after that long.")] = None
    max_per_host: Annotated[
        int, Option(min=0, help="Ask at most so many of one host.", show_default="all")
    ] = 0
    only_new: Annotated[bool, Option("--only-new", help="With --since: only URLs that the change adds.")] = (
        False
    )
    since: Annotated[str | None, Option(metavar="REF", help="What the change is compared with.")] = None
    recheck: Annotated[list[str] | None, Option(metavar="URL", help="Ask about this one now.")] = None
    dry_run: Annotated[bool, Option("--dry-run", help="List what would be asked.")] = False
    wayback: Annotated[bool, Option("--wayback", help="Look for snapshots of dead links.")] = False
    output_format: Annotated[
        str | None,
        Option(help="As for check. [env var: VITDLINT_OUTPUT_FORMAT]", autocompletion=_format_names),
    ] = None
    fail_on: FailOn = None
    exit_zero: ExitZero = False
    config: Config = None
    environment: Environment = "production"
    no_plugins: NoPlugins = False
    clock: Clock = None
    jobs: Jobs = None
    no_cache: NoCache = False
    color: Color = "auto"
    quiet: Annotated[bool, Option("--quiet", "-q", help="No notes, no progress, no figures.")] = False


class SiteOptions(NamedTuple):
    """Print what is known of the site.

    Its pages, URLs, aliases, terms, anchors and links.
    """

    path: Site = None
    output_format: Annotated[
        Literal["text", "json", "dot", "graphml", "csv"],
        Option(
            help="For people, for programs, for Graphviz, for programs with graphs, or every link in a row."
        ),
    ] = "text"
    json_version: Annotated[
        Literal["1", "2"], Option(help="Version of the JSON; the next release drops version 1.")
    ] = "2"
    match: Annotated[
        list[str] | None,
        Option(metavar="GLOB", help="Only pages whose file or URL matches: 'posts/2024/**', '*.de.md'."),
    ] = None
    state: Annotated[
        list[str] | None,
        Option(
            help="Only pages in that state: published, draft, future, expired, headless, not-rendered, shadowed."
        ),
    ] = None
    dead: Annotated[bool, Option("--dead", help="Only pages with dead links.")] = False
    summary: Annotated[
        bool, Option("--summary", help="How many pages of each kind, language and section.")
    ] = False
    ask_hugo: AskHugo = False
    hugo: Hugo = None
    config: Config = None
    environment: Environment = "production"
    clock: Clock = None


class ReportOptions(NamedTuple):
    """Write a stored JSON report in another format.

    Run it where the report was made: excerpts, links and the map come from the site.
    """

    report: Annotated[Path, Argument(help="What `vitdlint check --output-format json` has written.")]
    output_format: Annotated[
        str | None, Option(help="As for check.", show_default="html", autocompletion=_format_names)
    ] = None
    output_file: Annotated[Path | None, Option(help="Write the report there.")] = None
    history: Annotated[
        Path | None, Option(help="Show the trend from this file, which `check --history` writes.")
    ] = None
    config: Config = None
    environment: Environment = "production"
    clock: Clock = None
    color: Color = "auto"


class InitOptions(NamedTuple):
    """Write a configuration that fits a site.

    Looks at the site; writes vitdlint.toml and front-matter schemas; overwrites nothing.
    """

    path: Site = None
    baseline: Annotated[
        bool | None,
        Option(
            "--baseline/--no-baseline",
            help="Record today's findings, so that only new ones are reported.",
            show_default="asks on a terminal",
        ),
    ] = None
    hook: Annotated[bool, Option("--hook", help="Write hooks for pre-commit.")] = False
    dry_run: Annotated[bool, Option("--dry-run", help="Print what would be written.")] = False
    environment: Environment = "production"
    clock: Clock = None


class SchemaOptions(NamedTuple):
    """Print the JSON Schema of the configuration."""

    draft_07: Annotated[
        bool, Option("--draft-07", help="As draft-07, which SchemaStore and TOML editors want.")
    ] = False


class MvOptions(NamedTuple):
    """Rename a page.

    Its file or bundle, its slug, an alias for the old URL, and every link, menu entry and reference that leads to it.
    """

    old: Annotated[Path, Argument(help="The page's file, or the folder of its bundle.")]
    new: Annotated[Path, Argument(help="Its new name.")]
    dry_run: Annotated[bool, Option("--dry-run", help="Print what would change, as a patch.")] = False
    environment: Environment = "production"
    clock: Clock = None


class CureOptions(NamedTuple):
    """End the dead links to one target or family in one step: show the ways, or write one."""

    target: Annotated[str, Argument(help="The path that they lead to, or a glob: '/tags/*.html'.")]
    path: Site = None
    by: Annotated[
        Literal["link", "alias", "redirect", "unlink", "extra-urls"] | None,
        Option("--by", help="Write this way.", show_default="show them all"),
    ] = None
    to: Annotated[
        str | None, Option("--to", help="The URL that was meant.", show_default="the page of the same name")
    ] = None
    dry_run: Annotated[bool, Option("--dry-run", help="Print what would change, as a patch.")] = False
    environment: Environment = "production"
    clock: Clock = None


class CacheOptions(NamedTuple):
    """Print where the cache is and how big, or clear it."""

    path: Site = None
    clear: Annotated[bool, Option("--clear", help="Remove it.")] = False
    everything: Annotated[bool, Option("--all", help="Of all sites.")] = False


class LspOptions(NamedTuple):
    """Serve an editor: the language server."""

    port: Annotated[
        int | None,
        Option(
            min=1, max=65535, help="Listen there, on this machine.", show_default="standard input and output"
        ),
    ] = None


COMMANDS: dict[str, type[NamedTuple]] = {
    "check": CheckOptions,
    "rules": RulesOptions,
    "explain": ExplainOptions,
    "test-plugin": TestPluginOptions,
    "links": LinksOptions,
    "site": SiteOptions,
    "report": ReportOptions,
    "init": InitOptions,
    "schema": SchemaOptions,
    "mv": MvOptions,
    "cure": CureOptions,
    "cache": CacheOptions,
    "lsp": LspOptions,
}


def command_of(options: CheckOptions, *, rules: bool = True) -> str:
    """What checks the same again, as a command to paste: without what only this run was for, and how it is shown.

    Without `rules`, the choice of rules is left out too.
    """
    words = ["vitdlint", "check", *map(str, options.paths or ())]
    chosen = ("select", "extend_select", "ignore") if rules else ()
    for name in (*chosen, "exclude", "config", "baseline", "hugo", "environment", "clock"):
        value = getattr(options, name)
        if value is not None and value != options._field_defaults[name]:
            for each in value if isinstance(value, list) else [value]:
                words += [f"--{name.replace('_', '-')}", str(each)]
    words += [
        f"--{name.replace('_', '-')}"
        for name in ("external", "ask_hugo", "no_plugins")
        if getattr(options, name)
    ]
    return shlex.join(words)


def _words(values: list[str]) -> tuple[str, ...]:
    """Repeated and comma-separated values as one tuple."""
    return tuple(w.strip() for v in values for w in v.split(",") if w.strip())
