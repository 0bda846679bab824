"""The pages of a site: URLs, aliases and anchors, and the pages that Hugo refuses."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from vitdlint.core.model import Diagnostic
from vitdlint.hugo.publication import Output
from vitdlint.site.anchors import BY_SHORTCODE
from vitdlint.site.site import Site

from .hugo import Hugo, Page
from .scores import Comparison

KINDS = ("home", "section", "page", "taxonomy", "term")
Pairs = list[tuple[Output, Page]]
"""Pages with a source file that have the same URL on both sides."""


def compare_pages(site: Site, hugo: Hugo, errors: Sequence[Diagnostic], found: Comparison) -> Pairs:
    """Compare all about pages; `errors` are all that vitdlint reports."""
    pairs = _urls(site, hugo, found)
    _refused(hugo, errors, found)
    _aliases(site, hugo, found)
    _anchors(site, hugo, pairs, found)
    return pairs


def _urls(site: Site, hugo: Hugo, found: Comparison) -> Pairs:
    score, pairs = found.scores["URLs"], Pairs()
    ours = {
        (o.language, o.path or o.logical, o.url): o
        for o in site.addresses.publication.outputs
        if o.state == "published"
    }
    theirs = {(p.lang, p.source or p.path, p.url): p for p in hugo.pages if p.url and p.kind in KINDS}
    for key in ours.keys() & theirs.keys():
        score.both += 1
        if ours[key].path is not None:
            pairs.append((ours[key], theirs[key]))
    for key in sorted(theirs.keys() - ours.keys()):
        supplier = site.addresses.missing.supplier(unquote(key[2]))
        if supplier is not None:
            found.unchecked[f"pages: {supplier.reason}"] += 1
        else:
            score.missed.append(f"{key[1]} [{key[0]}]: {key[2]} ({theirs[key].kind})")
    for key in sorted(ours.keys() - theirs.keys()):
        if ours[key].path in hugo.refused:
            found.uncompared["pages that Hugo refuses"] += 1
        else:
            score.false.append(f"{key[1]} [{key[0]}]: {key[2]} ({ours[key].kind})")
    return sorted(pairs)


def _refused(hugo: Hugo, errors: Sequence[Diagnostic], found: Comparison) -> None:
    score = found.scores["refused pages"]
    reported = {error.place.path for error in errors}
    for path, why in hugo.refused.items():
        if path in reported:
            score.both += 1
        else:
            score.missed.append(f"{path}: {why}")
    doubtful = {source for source, _ in hugo.dead_refs} | {page.source for page in hugo.pages if page.doubt}
    built = {page.source for page in hugo.pages} - hugo.refused.keys() - doubtful
    failing = [e for e in errors if e.fails_build and e.place.path in built and e.name != "refused-content"]
    score.false += [f"{e.place.path}: {e.message}" for e in failing]  # the build allows all content


def _aliases(site: Site, hugo: Hugo, found: Comparison) -> None:
    score = found.scores["aliases"]
    ours = {
        alias.file
        for o in site.addresses.publication.outputs
        if o.path not in hugo.refused
        for alias in o.aliases
    }
    others = site.addresses.publication.redirect_files
    for file in sorted(ours):
        if file in hugo.redirects:
            score.both += 1
        elif file in hugo.files:
            found.uncompared["aliases in whose place is a page"] += 1
        else:
            score.false.append(f"{file}: Hugo does not write it")
    for file in sorted(set(hugo.redirects) - ours - set(others)):
        if file not in site.addresses.publication.files:  # a static file that redirects
            score.missed.append(f"{file} -> {hugo.redirects[file]}")


def _anchors(site: Site, hugo: Hugo, pairs: Pairs, found: Comparison) -> None:
    score, anchors = found.scores["anchors"], site.anchors
    for output, page in pairs:
        facts, file = site.facts(output), hugo.file(page)
        if facts is None or file is None:
            found.uncompared["pages in whose place is another, or none"] += 1
            continue
        if facts.not_checked or facts.unreadable:
            found.unchecked[f"page bodies: {facts.not_checked or facts.unreadable}"] += 1
            continue
        ours, theirs = anchors.of(output), hugo.ids(page, file)
        score.both += len(ours & theirs)
        for name in sorted(ours - theirs):
            if page.doubt or page.error or output.text_from:
                found.uncompared[
                    "anchors that a layout or a shortcode brings which the build cannot show"
                ] += 1
            else:
                score.false.append(f"{page.source}: #{name}")
        for name in sorted(theirs - ours):
            known = anchors.has(output, name)
            if isinstance(known, str):
                maker = f" ({anchors.maker(output)})" if known == BY_SHORTCODE else ""
                found.unchecked[f"anchors: {known}{maker}"] += 1
            else:
                score.missed.append(f"{page.source}: #{name}")
