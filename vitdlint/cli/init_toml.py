"""The `vitdlint.toml` that `vitdlint init` writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from .init_look import Look

_HOSTS = {
    True: "The site's own hosts, old ones too: links to them are checked as links to our own pages, and can be fixed.",
    False: "Hosts that may be the site's own. If they are, add them:",
}


CONFIGURATION = "schemas/vitdlint.schema.json"
"""Where the schema of the configuration is, beside it."""


def configuration(look: Look, baseline: str) -> str:
    """The text of `vitdlint.toml`: what was found as settings, what only seems so as comments."""
    return "\n".join(_lines(look, baseline)).rstrip("\n") + "\n"


def _lines(look: Look, baseline: str) -> Iterator[str]:
    yield f"#:schema ./{CONFIGURATION}"
    yield "# What vitdlint knows of this site beyond Hugo's own configuration. `vitdlint explain RULE` is the manual of a rule."
    yield ""
    if baseline:
        yield "# What was found when vitdlint was adopted, and is not reported; `vitdlint check --update-baseline` records it again."
        yield f"baseline = {json.dumps(baseline)}"
        yield ""
    if look.slugs_are_names:
        yield "# Nearly every slug is the name of its file; this reports where one is not."
        yield 'extend-select = ["slug-not-filename"]'
        yield ""
    yield '# How the host answers: "clean" serves /x, /x/ and /x.html alike, as most do; "strict" serves files as they are.'
    yield 'host = "clean"'
    yield ""
    for certain, heading in _HOSTS.items():
        hosts = [host for host in look.own_hosts if host.certain == certain]
        if hosts:
            yield f"# {heading}"
            yield from (f"# {host.url}: {host.links:,} links; {host.why}." for host in hosts)
            yield f"{'' if certain else '# '}base-urls = {json.dumps([host.url for host in hosts])}"
            yield ""
    yield from _guesses(look)
    yield from _schema_lines(look)
    if look.tiki:
        yield f"# {look.tiki:,} leftover marks of a wiki were found. With the dialect named, marks are reported too that could mean"
        yield "# something else elsewhere (||tables||, !!headings, ''italics'')."
        yield "# [rules.leftover-markup]"
        yield '# dialects = ["tiki"]'
        yield ""
    if look.parameters:
        yield "# Shortcodes with parameters that look like links. If they are, let them be checked as such:"
        for shortcode, found in groupby(look.parameters, lambda parameter: parameter.shortcode):
            parameters = list(found)
            for _, name, count, of in parameters:
                yield f"# {shortcode}, {name}: {count:,} of {of:,} values."
            yield f"# [shortcodes.{_key(shortcode)}]"
            yield f"# links = {json.dumps([parameter.name for parameter in parameters])}"
        yield ""


def _guesses(look: Look) -> Iterator[str]:
    """What dead links look like that may be none: in comments, for only the maintainer knows."""
    if look.moved:
        rules = (f'{{ from = "{below}*", to = "{to}:splat" }}' for below, to, _, _ in look.moved)
        yield from _proposal(
            "Dead links that would be answered in another folder. If the host redirects these, say so:",
            (f"{below}: {count:,} of {of:,} URLs exist below {to}." for below, to, count, of in look.moved),
            f"redirects = [{', '.join(rules)}]",
        )
    if look.unmade:
        yield from _proposal(
            "Folders that are linked to, and of which content makes nothing. If a layout or the host does, say so:",
            (f"{below}: {count:,} links." for below, count in look.unmade),
            f"extra-urls = {json.dumps([f'{below}**' for below, _ in look.unmade])}",
        )
    if look.fragments:
        yield from _proposal(
            "Fragments that no page's content has. If a layout puts them on every page, say so:",
            (f"#{name}: asked for on {count:,} pages." for name, count in look.fragments),
            f"known-anchors = {json.dumps([name for name, _ in look.fragments])}",
        )


def _proposal(heading: str, counts: Iterable[str], setting: str) -> Iterator[str]:
    """A setting as a comment, below what it rests on."""
    yield from (f"# {line}" for line in (heading, *counts, setting))
    yield ""


def _key(name: str) -> str:
    """A key of TOML."""
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name)


def _schema_lines(look: Look) -> Iterator[str]:
    if not look.schemas:
        return
    yield "# What a page's front matter must say; the first match wins. The schemas were inferred: read them, they are yours."
    if look.branches:
        yield "[[schema]]"
        yield 'pages = "_index.*"'
        yield 'use = "page"'
        yield ""
    for sections in look.schemas:
        for section in sections:
            yield "[[schema]]"
            yield f"pages = {json.dumps(f'{section}/**')}"
            yield f"use = {json.dumps(schema_file(sections))}"
            yield ""


def schema_file(sections: Sequence[str]) -> str:
    """Where the schema of these sections is, beside the configuration."""
    return f"schemas/{sections[0]}.schema.json"
