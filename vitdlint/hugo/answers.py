"""What Hugo itself said of a site: what of it no other file says, as lines that a team can commit.

Every line is a word and its fields, which are percent-encoded. Lines are sorted and hold by themselves, so that git can
merge two states of the file by keeping the lines of both (`merge=union`).

  asked DAY HUGO DIGEST                     when, and what configuration and templates were (see `digest.py`)
  file FILE                                 a published file, below the public folder
  hook NAME                                 a render hook
  ids SET ID…                               ids under a name for all of them
  link LANGUAGE PATH KIND TARGET URL        where a render hook makes a link lead that is on that page
  page LANGUAGE VERSION ROLE KIND PATH URL FILE
  part WHAT NAME                            what is not in the repository, and what the other lines answer for
  redirect FILE URL
  rendered FILE DIGEST SET                  the ids of a page besides those in the text of that digest
  shortcode NAME
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

from .publication import MissingPart, Output, Publication, Rendered
from .render_hooks import ANYTHING
from .space import SiteKey

HEADER = "# What hugo said: `vitdlint check --ask-hugo` writes this file. In .gitattributes: NAME merge=union"


class Asked(NamedTuple):
    """One time that Hugo was asked."""

    day: str
    hugo: str
    """Its version."""
    digest: str


class KnownPage(NamedTuple):
    """A page that only Hugo knows."""

    site: SiteKey
    kind: str
    logical: str
    url: str
    file: str
    """'' if Hugo writes none."""


class Answers(NamedTuple):
    """Everything that one file, or one run, says."""

    asked: tuple[Asked, ...] = ()
    parts: frozenset[tuple[str, str]] = frozenset()
    pages: tuple[KnownPage, ...] = ()
    redirects: Mapping[str, str] = {}
    files: frozenset[str] = frozenset()
    rendered: Mapping[str, tuple[Rendered, ...]] = {}
    hooks: frozenset[str] = frozenset()
    shortcodes: frozenset[str] = frozenset()
    links: Mapping[tuple[str, str, str, str], tuple[str, ...]] = {}
    """See `Publication.hooked_links`."""

    def lines(self) -> Iterator[str]:
        """The file."""
        found: list[tuple[str, ...]] = [("asked", *asked) for asked in self.asked]
        found += [("part", *part) for part in self.parts]
        found += [("page", *p.site, p.kind, p.logical, p.url, p.file) for p in self.pages]
        found += [("redirect", *pair) for pair in self.redirects.items()]
        found += [("link", *link, url) for link, urls in self.links.items() for url in urls]
        found += [("file", name) for name in self.files]
        found += [("hook", name) for name in self.hooks]
        found += [("shortcode", name) for name in self.shortcodes]
        sets = {ids for known in self.rendered.values() for _, ids in known}
        found += [("ids", _name(ids), *sorted(ids)) for ids in sets]
        found += [
            ("rendered", file, digest, _name(ids))
            for file, known in self.rendered.items()
            for digest, ids in known
        ]
        yield f"{HEADER}\n"
        yield from sorted(" ".join(_written(field) for field in fields) + "\n" for fields in found)


def read_answers(text: str) -> Answers:
    """The answers in a file. ValueError names a line that is none."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        word, *fields = map(_read, line.split())
        least, most = _FIELDS.get(word, (1, 0))
        if not least <= len(fields) <= most:
            raise ValueError(f"line {number} says nothing that is known: {line[:60]}")
        rows.setdefault(word, []).append(tuple(fields))
    sets = {row[0]: frozenset(row[1:]) for row in rows.get("ids", ())}
    rendered: dict[str, tuple[Rendered, ...]] = {}
    for file, digest, name in rows.get("rendered", ()):
        rendered[file] = (*rendered.get(file, ()), Rendered(digest, sets.get(name, frozenset())))
    links: dict[tuple[str, str, str, str], tuple[str, ...]] = {}
    for language, path, kind, target, url in rows.get("link", ()):
        key = (language, path, kind, target)
        links[key] = (*links.get(key, ()), url)
    return Answers(
        tuple(Asked(*row) for row in rows.get("asked", ())),
        frozenset((what, name) for what, name in rows.get("part", ())),
        tuple(KnownPage(SiteKey(*row[:3]), *row[3:]) for row in rows.get("page", ())),
        dict(rows.get("redirect", ())),  # type: ignore[arg-type]  # `_FIELDS` says how many there are
        frozenset(name for (name,) in rows.get("file", ())),
        rendered,
        frozenset(name for (name,) in rows.get("hook", ())),
        frozenset(name for (name,) in rows.get("shortcode", ())),
        links,
    )


_FIELDS = {
    "asked": (3, 3),
    "file": (1, 1),
    "hook": (1, 1),
    "ids": (1, 100_000),
    "link": (5, 5),
    "page": (7, 7),
    "part": (2, 2),
    "redirect": (2, 2),
    "rendered": (3, 3),
    "shortcode": (1, 1),
}
_NOTHING = "-"
"""An empty field."""


def changed_since(answers: Answers, digest: str) -> Iterator[str]:
    """Since when the answers are, and whether they may be out of date: sentences for people."""
    if answers.asked:
        oldest = min(answers.asked)
        since = f"Hugo {oldest.hugo} was asked about this site on {oldest.day}"
        if any(asked.digest != digest for asked in answers.asked):
            yield (
                f"{since}; configuration or templates have changed since then: run `vitdlint check --ask-hugo` again"
            )
        else:
            yield since


def with_answers(publication: Publication, answers: Answers) -> Publication:
    """The publication with what Hugo said; what is known by itself stays as it is."""
    if not answers.asked:
        return publication
    known = {(output.site, output.logical.lower()) for output in publication.outputs}
    new = [page for page in answers.pages if (page.site, page.logical.lower()) not in known]
    files = {name: None for name in answers.files if name not in publication.files}
    redirects = {file: url for file, url in answers.redirects.items() if file not in publication.files}
    hooks = dict.fromkeys(answers.hooks, ANYTHING)
    return publication._replace(
        outputs=(*publication.outputs, *map(_output, new)),
        files={**files, **publication.files},
        redirect_files={**redirects, **publication.redirect_files},
        missing=tuple(_answered(part, answers) for part in publication.missing),
        shortcodes=publication.shortcodes | answers.shortcodes,
        render_hooks={**hooks, **publication.render_hooks},
        rendered=answers.rendered,
        hooked_links=answers.links,
    )


def _output(page: KnownPage) -> Output:
    state = "published" if page.file else "not-rendered"
    return Output(page.kind, page.site, None, page.logical, page.url, page.file, state)


def _answered(part: MissingPart, answers: Answers) -> MissingPart:
    return part._replace(answered=(part.what, part.name) in answers.parts)


def _name(ids: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sorted(ids)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _written(field: str) -> str:
    return (
        quote(field, safe="/:!$&'()*+,;=@~[]", errors="surrogateescape")
        if field not in ("", "-")
        else (_NOTHING if not field else "%2D")
    )


def _read(field: str) -> str:
    return "" if field == _NOTHING else unquote(field, errors="surrogateescape")
