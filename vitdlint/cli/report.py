"""`vitdlint report REPORT.json`: a report that was stored as JSON in any other format, by default as a page.

Run where `check` ran it gives the same. The document may have been changed by somebody else meanwhile (an artifact of a
pull request): of the files that it names only those are read that are pages of this site, Hugo's configuration, or
layouts and data with links.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..core.clock import current_time
from ..core.errors import UsageError
from ..core.model import Exit, Report
from ..linter.history import History, keys_of
from ..linter.patterns import matched
from ..linter.run_settings import RunSettings
from ..linter.session import Session, open_session
from ..reporters.background import Background
from ..reporters.read_json import ReportError, read_report
from ..rules import ALL
from ..site.links import Links
from .background import site_background
from .check_history import read_file
from .config_options import located
from .options import ReportOptions
from .output import context_of, outputs_of, require_writable, text_reader, write_report


def report(options: ReportOptions) -> int:
    """Write the report in every format asked for."""
    outputs = outputs_of(options.output_format or "html", options.output_file)
    site = located((), options.config)
    for file in (file for _, file in outputs if file is not None):
        require_writable(file, site, options.environment, [options.report, options.history])
    settings = RunSettings(current_time(options.clock), environment=options.environment)
    session = open_session(site, settings)
    links = session.links()
    written = links.site.addresses.publication.written_links
    readable = {*links.site.pages, *session.project.hugo.files, *(link.path for link in written)}
    read = text_reader(site.tree.read)

    def text_of(path: str) -> str | None:
        return read(path) if path in readable else None

    about_pages = {rule.code for rule in ALL if rule.of_page}
    try:
        text = options.report.read_text(encoding="utf-8")
        found = read_report(text, lambda p: site.path_of(Path(p)), text_of, about_pages.__contains__)
    except OSError as error:
        raise UsageError(f"{options.report}: {error.strerror}") from error
    except (UnicodeDecodeError, ReportError) as error:
        raise UsageError(f"{options.report}: {error}") from error
    found = replace(found, links=dict(sorted(matched(links).items())))
    history = read_file(options.history)[1] if options.history else History()
    background = partial(_background, session, links, found, history, text_of)
    write_report(found, outputs, context_of(site, text_of, background=background), options.color)
    return Exit.CLEAN


def _background(
    session: Session, links: Links, found: Report, history: History, text_of: Callable[[str], str | None]
) -> Background:
    since = {}
    if history.runs:
        keys = keys_of(found.diagnostics, text_of)
        since = {d: history.since[key] for d, key in keys.items() if key in history.since}
    return site_background(session, links, history=history, since=since)
