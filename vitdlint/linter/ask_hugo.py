"""Ask the user's own `hugo` about a site: its answers, without what the files of the site show by themselves."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from ..core.lazy_re import lazy_re
from ..files.find_site import Located
from ..files.tree import Tree
from ..hugo.answers import Answers, Asked, KnownPage
from ..hugo.ask.built import Built, ListedPage
from ..hugo.ask.overlay import Question
from ..hugo.ask.run import build, find_hugo
from ..hugo.config import HugoConfig
from ..hugo.digest import configuration_digest
from ..hugo.publication import Publication, Rendered
from ..hugo.space import SiteKey
from ..site.anchors import text_digest
from ..site.links import Links
from ..site.site import Site
from .run_settings import RunSettings
from .session import open_session

_PROCESSED = lazy_re(r"_hu_?[0-9a-f]{8,}")
"""In the names of images that a template has resized: no link spells them out."""
_HREF = lazy_re(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_ASKED_ABOUT = frozenset({"dead", "not-checked", "unpublished"})
_KINDS = {"link": "link", "autolink": "link", "bare": "link", "image": "image"}
_INLINE = lazy_re(r"!?\[[^\n{}]*\]\([^\n{}]*\)")
_MOST_QUESTIONS = 10_000


def ask_hugo(located: Located, settings: RunSettings, hugo: Path | None) -> Answers:
    """What Hugo answers about the site as it is. Raises UsageError and HugoFailedError."""
    program = find_hugo(hugo)
    session = open_session(located, settings._replace(external=False, hugo_said=NO_ANSWERS))
    config, links = session.project.hugo, session.links()
    asked = list(_questions(links, located.tree))
    built = build(program, located.root, config, settings.now, [question for _, question in asked])
    made: dict[tuple[str, str, str, str], set[str]] = {}
    for number, (link, _) in enumerate(asked):
        if (url := _address(built.answers.get(number, ""))) is not None:
            made.setdefault(link, set()).add(url)
    digest = configuration_digest(config, located.tree)
    hooked = {link: tuple(sorted(urls)) for link, urls in made.items()}
    return answers_of(
        links.site, built, Asked(settings.now.date().isoformat(), built.version, digest), hooked
    )


NO_ANSWERS = Answers()
"""Only what the site's own files say."""


def answers_of(
    site: Site, built: Built, asked: Asked, links: Mapping[tuple[str, str, str, str], tuple[str, ...]]
) -> Answers:
    """What of a build is not known by itself."""
    publication, config = site.addresses.publication, site.addresses.config
    pages = tuple(_pages(config, publication, built))
    own = _files(publication) | {page.file for page in pages}
    elsewhere = site.addresses.missing.shortcodes is not None
    """Templates come from what is not in the repository; Hugo cannot say which of its hooks are its own."""
    called = {call.name.lower() for facts in site.pages.values() for call in facts.shortcodes}
    return Answers(
        asked=(asked,),
        parts=frozenset((part.what, part.name) for part in publication.missing),
        pages=pages,
        redirects={file: url for file, url in built.redirects.items() if file not in own},
        files=frozenset(
            file for file in built.files - own - built.redirects.keys() if _PROCESSED.search(file) is None
        ),
        rendered=dict(_rendered(site, pages, built)),
        hooks=built.hooks - publication.render_hooks.keys() if elsewhere else frozenset(),
        shortcodes=frozenset(called) - publication.shortcodes if elsewhere else frozenset(),
        links=links,
    )


def _files(publication: Publication) -> set[str]:
    found = {output.file for output in publication.outputs if output.state == "published"}
    found.update(alias.file for output in publication.outputs for alias in output.aliases)
    return {*found, *publication.files, *publication.redirect_files}


def _pages(config: HugoConfig, publication: Publication, built: Built) -> Iterator[KnownPage]:
    known = {(output.site, output.logical.lower()) for output in publication.outputs}
    for listed in sorted(set(built.pages)):
        site = _site_of(config, listed)
        if site is not None and (site, listed.path.lower()) not in known:
            yield KnownPage(site, listed.kind, listed.path, listed.url, _file_of(config, listed, site, built))


def _site_of(config: HugoConfig, page: ListedPage) -> SiteKey | None:
    """Hugo before 0.153 has no versions and roles."""
    of_language = [key for key in config.space.sites if key.language == page.language]
    named = [key for key in of_language if (key.version, key.role) == (page.version, page.role)]
    return next(iter(named or of_language), None)


def _file_of(config: HugoConfig, page: ListedPage, site: SiteKey, built: Built) -> str:
    language = config.language(site.language)
    below = unquote(page.url.partition("?")[0], errors="surrogateescape")
    below = below.removeprefix(unquote(language.base_path)).lstrip("/")
    name = f"{language.host_folder}/{below}" if language.host_folder else below
    names = (f"{name}index.html",) if not name or name.endswith("/") else (name, f"{name}/index.html")
    return next((each for each in names if each in built.files), "")


def _rendered(
    site: Site, pages: tuple[KnownPage, ...], built: Built
) -> Iterator[tuple[str, tuple[Rendered, ...]]]:
    for page in pages:
        if page.file in built.ids:
            yield page.file, (Rendered("", built.ids[page.file]),)
    for output in site.addresses.publication.outputs:
        if output.state == "published" and output.file in built.ids:
            more = built.ids[output.file] - site.anchors.of(output)
            yield output.file, (Rendered(text_digest(site.anchors.texts(output)), more),)


def _questions(links: Links, tree: Tree) -> Iterator[tuple[tuple[str, str, str, str], Question]]:
    """Relative links that lead nowhere by themselves, as written: a render hook may know better."""
    seen, texts = set[Question](), dict[str, str]()
    for page, link, target in links.all:
        hook = _KINDS.get(link.kind)
        if hook is None or target.status not in _ASKED_ABOUT or not link.target or page.path is None:
            continue
        if link.target[0] in "/#" or ":" in link.target.partition("/")[0] or len(seen) >= _MOST_QUESTIONS:
            continue
        if page.path not in texts:
            texts[page.path] = tree.read(page.path).decode("utf-8", "replace")
        written = texts[page.path][link.outer_start : link.outer_end]
        question = Question(page.language, page.logical, written)
        if _INLINE.fullmatch(written) is not None and question not in seen:
            seen.add(question)
            yield (page.language, page.logical, hook, link.target), question


def _address(made: str) -> str | None:
    found = _HREF.search(made)
    return None if found is None else html.unescape(next(text for text in found.groups() if text is not None))
