"""The report as one page for people: self-contained, no request to anywhere, opened from disk.

On top, as plain HTML, what a maintainer asks first (`answers.py`); below, from compressed data (`data.py`), what
`report.js` shows: a table of everything and a view of each page. Nothing of a page becomes markup: the
template escapes, the script sets text only, and the policy of the page allows no other script or style than ours.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from ...core.model import Report
from ...core.visible import visible
from ...linter.causes import causes
from .. import Context
from .answers import answers_of
from .data import data_of


def render(report: Report, context: Context) -> Iterator[str]:
    """The whole page."""
    background = context.background()
    grouped = causes(report)
    answers = answers_of(report, grouped, background, context)
    packed = _packed(data_of(report, grouped, background, context))
    style, script = _file("report.css"), _file("report.js")
    chart = _file("uplot/uPlot.iife.min.js") if background.history.runs else ""
    if chart:
        style += _file("uplot/uPlot.min.css")
    template = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = template.from_string(_file("report.html.jinja"))
    yield from page.generate(
        answers=answers,
        background=background._replace(title=visible(background.title)),
        version=context.version,
        style=style,
        script=script,
        style_hash=_hash(style),
        chart=chart,
        chart_hash=_hash(chart),
        script_hash=_hash(script),
        data=packed,
    )


def _file(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """As a content security policy names a script or style."""
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def _packed(data: object) -> str:
    """As JSON, deflated, in base64."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 5)).decode()
