"""The command line: options in, a command called, an exit code out. The only user of typer.

Only the command asked for is registered, and each imports what it needs when it is called.
"""

from __future__ import annotations

import inspect
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ..core import terminal
from ..core.model import Exit

Flag = Annotated[bool, typer.Option()]


def run(argv: Sequence[str]) -> int:
    """Run one command line. Expected failures end in a message and their exit code; see Exit."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a character gets its escape, not a traceback.
        sys.stdout.reconfigure(errors="backslashreplace")
    app = application(argv)
    try:
        code = app(list(argv), standalone_mode=False, prog_name="vitdlint")
        sys.stdout.flush()
    except typer.Exit as error:
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("\nvitdlint: interrupted\n")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough: stay silent, and keep the interpreter from trying again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return terminal.earned_code
    except Exception as error:  # noqa: BLE001  # the one place that turns the unexpected into a report
        return _failed(error)
    return code if isinstance(code, int) else Exit.CLEAN


def application(argv: Sequence[str]) -> typer.Typer:
    """The parser, with the one command that is asked for, or all of them for help and completion."""
    app = typer.Typer(
        name="vitdlint",
        help="Lint the content of a Hugo site: front matter, Markdown, HTML, and links in the site's own URL space.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        rich_markup_mode=None,
        add_completion=not argv or argv[0] not in COMMANDS,  # its options stand before any command
    )
    app.callback()(_top)
    wanted = next((word for word in argv if not word.startswith("-")), "")
    for name, command in COMMANDS.items():
        if wanted not in COMMANDS or name == wanted:
            # typer evaluates annotations that are text twice over, which is half of what it does.
            command.__annotations__ = inspect.get_annotations(command, eval_str=True)
            app.command(name)(command)
    return app


def _top(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
) -> None:
    if version:
        from .. import __version__

        typer.echo(f"vitdlint {__version__}")
        raise typer.Exit


def _rule_names(incomplete: str) -> list[str]:
    """For the shell: the names and codes of rules that begin so."""
    from ..rules import ALL

    return [word for rule in ALL for word in (rule.name, rule.code) if word.startswith(incomplete)]


def _format_names(incomplete: str) -> list[str]:
    """For the shell: the output formats that begin so."""
    from ..reporters import REPORTERS

    return [name for name in REPORTERS if name.startswith(incomplete)]


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Pages or folders to report on; the site is always whole.", show_default="the content folder"
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(help="Rules to run: names, codes, VD3, default, all.", autocompletion=_rule_names),
    ] = None,
    extend_select: Annotated[
        list[str] | None, typer.Option(help="Rules to run besides.", autocompletion=_rule_names)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(help="Rules not to run.", autocompletion=_rule_names)
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Write the safe fixes.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: the unsafe ones too.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what --fix would write, as a patch.")] = False,
    since: Annotated[
        str | None, typer.Option(metavar="REF", help="Only what the change since REF causes, in any file.")
    ] = None,
    staged: Annotated[
        bool, typer.Option("--staged", help="Only what the staged change causes; reads the index.")
    ] = False,
    baseline: Annotated[Path | None, typer.Option(help="Known findings, not told again.")] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write the baseline anew.")
    ] = False,
    add_suppressions: Annotated[
        str | None, typer.Option(metavar="REASON", help="Silence what is found by comments with this reason.")
    ] = None,
    external: Annotated[
        bool, typer.Option("--external", help="Judge external links by what `vitdlint links` knows.")
    ] = False,
    output_format: Annotated[
        str | None,
        typer.Option(
            envvar="VITDLINT_OUTPUT_FORMAT",
            help="full, concise, grouped, json, jsonl, sarif, github, github-summary, gitlab, junit, rdjson, markdown; "
            "FORMAT=FILE writes a file, and several are separated by commas.",
            autocompletion=_format_names,
        ),
    ] = None,
    output_file: Annotated[Path | None, typer.Option(help="Write the report there.")] = None,
    fail_on: Annotated[str | None, typer.Option(help="error, warning, info or never.")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="End with 0 instead of 1.")] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count by rule instead of listing.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again when a file changes.")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes.", show_default="one a core")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Judge every page anew.")] = False,
    reference: Annotated[
        bool, typer.Option("--reference", help="Use the reference parser and validator only.")
    ] = False,
    config: Annotated[Path | None, typer.Option(help="The configuration file.")] = None,
    environment: Annotated[
        str, typer.Option("--environment", "-e", help="Hugo's environment.")
    ] = "production",
    no_plugins: Annotated[bool, typer.Option("--no-plugins", help="Load no plug-ins.")] = False,
    stdin_filename: Annotated[
        Path | None, typer.Option(help="With the path `-`: the page that standard input is.")
    ] = None,
    clock: Annotated[
        str | None, typer.Option(metavar="RFC3339", help="The instant of the run.", show_default="now")
    ] = None,
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Findings only: no notes, no summary.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say how long it took.")] = False,
) -> int:
    """Lint pages against the whole site."""
    from .check import Request
    from .check import check as run_check

    return run_check(
        Request(
            paths=tuple(paths or ()),
            select=_words(select),
            extend_select=_words(extend_select),
            ignore=_words(ignore),
            fix=fix,
            unsafe_fixes=unsafe_fixes,
            diff=diff,
            since=since,
            staged=staged,
            baseline=baseline,
            update_baseline=update_baseline,
            add_suppressions=add_suppressions,
            external=external,
            output_format=output_format,
            output_file=output_file,
            fail_on=fail_on,
            exit_zero=exit_zero,
            statistics=statistics,
            watch=watch,
            jobs=jobs,
            no_cache=no_cache,
            reference=reference,
            config=config,
            environment=environment,
            no_plugins=no_plugins,
            stdin_filename=stdin_filename,
            clock=clock,
            color=color,
            quiet=quiet,
            verbose=verbose,
        )
    )


def rules(
    output_format: Annotated[str, typer.Option(help="text or json.")] = "text",
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
) -> int:
    """List every rule."""
    from .rules import rules as run_rules

    return run_rules(output_format, color)


def explain(
    rule: Annotated[str, typer.Argument(help="A rule's name or code.", autocompletion=_rule_names)],
    output_format: Annotated[str, typer.Option(help="text or json.")] = "text",
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
) -> int:
    """Print the whole manual of a rule."""
    from .rules import explain as run_explain

    return run_explain(rule, output_format, color)


def site(
    path: Annotated[
        Path | None, typer.Argument(help="The site.", show_default="found from here upwards")
    ] = None,
    output_format: Annotated[str, typer.Option(help="text or json.")] = "text",
    config: Annotated[Path | None, typer.Option(help="The configuration file.")] = None,
    environment: Annotated[
        str, typer.Option("--environment", "-e", help="Hugo's environment.")
    ] = "production",
    clock: Annotated[
        str | None, typer.Option(metavar="RFC3339", help="The instant of the run.", show_default="now")
    ] = None,
) -> int:
    """Print what is known of the site.

    Its pages, URLs, aliases, terms, anchors and links.
    """
    from .site import site as run_site

    return run_site(path, output_format, config, environment, clock)


def links(
    path: Annotated[
        Path | None, typer.Argument(help="The site.", show_default="found from here upwards")
    ] = None,
    budget: Annotated[str | None, typer.Option(metavar="5m", help="Stop asking after that long.")] = None,
    max_per_host: Annotated[
        int, typer.Option(min=0, help="Ask at most so many of one host.", show_default="all")
    ] = 0,
    only_new: Annotated[
        bool, typer.Option("--only-new", help="With --since: only URLs that the change adds.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(metavar="REF", help="What the change is compared with.")
    ] = None,
    recheck: Annotated[list[str] | None, typer.Option(metavar="URL", help="Ask about this one now.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would be asked.")] = False,
    wayback: Annotated[bool, typer.Option("--wayback", help="Look for snapshots of dead links.")] = False,
    output_format: Annotated[
        str | None,
        typer.Option(envvar="VITDLINT_OUTPUT_FORMAT", help="As for check.", autocompletion=_format_names),
    ] = None,
    fail_on: Annotated[str | None, typer.Option(help="error, warning, info or never.")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="End with 0 instead of 1.")] = False,
    config: Annotated[Path | None, typer.Option(help="The configuration file.")] = None,
    environment: Annotated[
        str, typer.Option("--environment", "-e", help="Hugo's environment.")
    ] = "production",
    no_plugins: Annotated[bool, typer.Option("--no-plugins", help="Load no plug-ins.")] = False,
    clock: Annotated[
        str | None, typer.Option(metavar="RFC3339", help="The instant of the run.", show_default="now")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes.", show_default="one a core")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read every page anew.")] = False,
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes, no progress, no figures.")] = False,
) -> int:
    """Ask external links, tell which are dead."""
    from .links import Request
    from .links import links as run_links

    return run_links(
        Request(
            path=path,
            budget=budget,
            max_per_host=max_per_host,
            only_new=only_new,
            since=since,
            recheck=tuple(recheck or ()),
            dry_run=dry_run,
            wayback=wayback,
            output_format=output_format,
            fail_on=fail_on,
            exit_zero=exit_zero,
            config=config,
            environment=environment,
            no_plugins=no_plugins,
            clock=clock,
            jobs=jobs,
            no_cache=no_cache,
            color=color,
            quiet=quiet,
        )
    )


def init(
    path: Annotated[
        Path | None, typer.Argument(help="The site.", show_default="found from here upwards")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be written.")] = False,
    environment: Annotated[
        str, typer.Option("--environment", "-e", help="Hugo's environment.")
    ] = "production",
    clock: Annotated[
        str | None, typer.Option(metavar="RFC3339", help="The instant of the run.", show_default="now")
    ] = None,
) -> int:
    """Write a configuration that fits a site.

    Looks at the site; writes vitdlint.toml and front-matter schemas; overwrites nothing.
    """
    from .init import init as run_init

    return run_init(path, environment, clock, dry_run=dry_run)


def mv(
    old: Annotated[Path, typer.Argument(help="The page's file, or the folder of its bundle.")],
    new: Annotated[Path, typer.Argument(help="Its new name.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would change, as a patch.")] = False,
    environment: Annotated[
        str, typer.Option("--environment", "-e", help="Hugo's environment.")
    ] = "production",
    clock: Annotated[
        str | None, typer.Option(metavar="RFC3339", help="The instant of the run.", show_default="now")
    ] = None,
) -> int:
    """Rename a page.

    Its file or bundle, its slug, an alias for the old URL, and every link, menu entry and reference that leads to it.
    """
    from .mv import mv as run_mv

    return run_mv(old, new, environment, clock, dry_run=dry_run)


def cache(
    path: Annotated[
        Path | None, typer.Argument(help="The site.", show_default="found from here upwards")
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Remove it.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Of all sites.")] = False,
) -> int:
    """Print where the cache is and how big, or clear it."""
    from .cache import cache as run_cache

    return run_cache(path, clear=clear, everything=everything)


COMMANDS: dict[str, Callable[..., Any]] = {
    "check": check,
    "rules": rules,
    "explain": explain,
    "links": links,
    "site": site,
    "init": init,
    "mv": mv,
    "cache": cache,
}


def _words(values: list[str] | None) -> tuple[str, ...] | None:
    """Repeated and comma-separated values as one tuple; None if the option was not given."""
    return None if values is None else tuple(w.strip() for v in values for w in v.split(",") if w.strip())


def _failed(error: Exception) -> int:
    """A message and an exit code for an exception: expected ones in a sentence, others as a report to send."""
    from ..core.errors import ConfigError, UsageError, WorkerDiedError

    if isinstance(error, typer.BadParameter.__mro__[2]):  # every error of typer's parser
        sys.stderr.write(f"vitdlint: {getattr(error, 'message', error)}\n")
        return Exit.USAGE
    if isinstance(error, (UsageError, ConfigError)):
        sys.stderr.write(f"vitdlint: {error}\n")
        return Exit.USAGE
    if isinstance(error, WorkerDiedError):
        sys.stderr.write(f"vitdlint: {error}\n")
        return Exit.CRASH
    import traceback

    traceback.print_exception(error)
    sys.stderr.write("vitdlint: this is a mistake in vitdlint; please report it with the lines above\n")
    return Exit.CRASH
