"""What Hugo makes of a site: every page with its URL and output file, every alias, every other file.

This is the `public/` folder as values, with the owners of each file, before anybody asks for a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .space import SiteKey


class Alias(NamedTuple):
    """One alias of a page, and where Hugo puts the redirect."""

    file: str
    """Output file below the public folder, byte for byte."""
    url: str
    """The URL that asks for it: percent-encoded path, as RelPermalink would write it."""
    pointer: tuple[str | int, ...]
    """Where it is in the page's front matter."""
    leads_to: str = ""
    """The output file that it leads to, where that is the page in another output format; '' for the page's own."""


class Output(NamedTuple):
    """One page that Hugo makes, or would make if its state were other."""

    kind: str
    """home, section, page, taxonomy or term."""
    site: SiteKey
    path: str | None
    """The source file; None where Hugo makes the page by itself."""
    logical: str
    """Hugo's logical path (`.Path`), as `ref` compares it: `/posts/a`."""
    url: str
    """RelPermalink, percent-encoded as Hugo writes it, base path included; also for a page that is not published,
    the URL it would have."""
    file: str
    """Output file below the public folder, byte for byte."""
    state: str = "published"
    """published, draft, future, expired, headless, not-rendered, shadowed or resource."""
    title: str = ""
    aliases: tuple[Alias, ...] = ()
    """Empty where Hugo writes none (unpublished, disableAliases)."""
    empty: bool = False
    """The body of its file is nothing but white space and comments."""
    bundle: str = ""
    """leaf, branch or ''."""
    taxonomy: str = ""
    """For a term or taxonomy page: the plural, `tags`."""
    term: str = ""
    """For a term page: the term as first written."""
    text_from: str = ""
    """The content file that its front matter names, if any: its layout may show the text of that one."""
    host_aliases: tuple[str, ...] = ()
    """Its aliases as written, where an output format writes the host's redirects (see `formats.REDIRECTS`)."""
    also_html: bool = False
    """Hugo writes the page in another HTML format too, below another URL."""
    filled: bool = False
    """Its body is empty, and the template of its section or type shows none."""

    @property
    def language(self) -> str:
        """The language of its site."""
        return self.site.language


_BEHIND = {"shadowed": 1, "resource": 2}


def place_of(places: Mapping[SiteKey, int], page: Output) -> tuple[int, int, bool, str, str]:
    """Where a page is among those of a publication: the order is that of the sites, then of the files.

    It is decided by the page alone, so that a page that is added does not move others.
    """
    return (
        places[page.site],
        _BEHIND.get(page.state, 0),
        page.path is None,
        page.path or page.logical,
        page.logical,
    )


class TermKey(NamedTuple):
    """What makes several uses those of one term."""

    site: SiteKey
    taxonomy: str
    identity: str


class Term(NamedTuple):
    """One use of a taxonomy term by one page."""

    taxonomy: str
    """The plural: `tags`."""
    value: str
    """As written."""
    key: str
    """Hugo's identity of the term: lower case, each space a hyphen."""
    path: str
    pointer: tuple[str | int, ...]
    site: SiteKey
    logical: str = ""
    """The logical path of the page."""

    @property
    def of(self) -> TermKey:
        """The term that it is a use of."""
        return TermKey(self.site, self.taxonomy, self.key)


class MissingPart(NamedTuple):
    """Something of the site that is not on disk, so that what it could supply cannot be checked."""

    what: str
    """theme, module, layouts, mount, configuration or content adapter (`_content.gotmpl`)."""
    name: str
    reason: str
    url: str = ""
    """Of a mount or an adapter: the folder of the URLs that it could supply, decoded, in lower case, as a pattern; ''
    for all."""
    site: SiteKey | None = None
    """Of a mount of pages, or of an adapter: their site."""
    logical: str = ""
    """Of a mount of pages, or of an adapter: the logical path of its folder; '' for the home page's."""
    answered: bool = False
    """Hugo has been asked what it supplies; see `answers.py`."""


class Rendered(NamedTuple):
    """What ids Hugo rendered on a page once."""

    digest: str
    """Of the text that the page had then."""
    ids: frozenset[str]
    """Those that are not in that text."""


class WrittenLink(NamedTuple):
    """An internal link that a layout, a data file or a translation spells out."""

    path: str
    """The file."""
    start: int
    """Where the target begins in its text."""
    target: str
    """A path that begins with a slash, without query and fragment."""
    kind: str
    """url: of a tag; ref (also `relref`); page: `site.GetPage`; text: of a translation; value: of a data file, which a
    layout may complete."""


class Parameters(NamedTuple):
    """What a shortcode reads of a call. Names are as the template spells them: Hugo does not ignore their case."""

    names: frozenset[str] = frozenset()
    positions: int = 0
    """How many parameters without a name it reads."""
    complete: bool = True
    """False: it may read others too."""
    required: frozenset[str] = frozenset()
    """Names, and numbers of positions from 0, without which it calls `errorf`: each alone or, as `id|0`, one of them."""


class Publication(NamedTuple):
    """All of it. Output files are relative to the public folder, in the case that Hugo writes."""

    outputs: Sequence[Output]
    terms: Mapping[TermKey, tuple[Term, ...]] = {}
    """Uses by published pages only."""
    files: Mapping[str, str | None] = {}
    """Every other output file -> its source (static file, resource), or None if generated (index.xml, sitemap.xml,
    page/2/index.html, 404.html…)."""
    redirect_files: Mapping[str, str] = {}
    """Redirect pages that are no page's alias (page/1/, the default language's root) -> target URL."""
    refused_aliases: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
    """Aliases that lead out of the public folder, on which Hugo's build fails: source file, place in its front matter."""
    resources: Mapping[tuple[SiteKey, str], str] = {}
    """Site and logical path of a file beside a page (`/posts/a/pic.png`) -> its output file, as the page's
    templates and Hugo's own link and image render hooks find it: pages share the files of another language."""
    tied: tuple[tuple[tuple[SiteKey, str], ...], ...] = ()
    """The pages that a `translationKey` makes translations of one another: the site and logical path of each."""
    withheld: Mapping[str, str] = {}
    """Files that will come with a page that is a draft, scheduled or expired: output file -> source of that page."""
    on_demand: frozenset[str] = frozenset()
    """Files that are published only if a template asks for one, where one may do so; see `Resources`."""
    missing: tuple[MissingPart, ...] = ()
    shortcodes: frozenset[str] = frozenset()
    """Lower-case names of the shortcodes that the project, its themes and Hugo itself supply."""
    inner_shortcodes: frozenset[str] = frozenset()
    """Those whose template uses `.Inner`, and so must be closed."""
    shortcode_parameters: Mapping[str, Parameters] = {}
    """What those that have a template read of their calls, by lower-case name."""
    render_hooks: Mapping[str, str] = {}
    """The render hooks in layouts by name, and what they do; see `render_hooks`."""
    anchorless_shortcodes: frozenset[str] = frozenset()
    """Those whose template certainly makes no id or name that a link could ask for."""
    inner_only_shortcodes: frozenset[str] = frozenset()
    """Those whose template makes none but those of what is between the tags."""
    layout_ids: frozenset[str] = frozenset()
    """The ids that templates write out."""
    media_keys: frozenset[str] = frozenset()
    """The keys of front matter for pictures, sounds and films that templates read; see `assets.bare_key`."""
    assets: frozenset[str] = frozenset()
    """Paths below `assets/`, which render hooks and `figure` publish where a page asks for them."""
    rendered: Mapping[str, tuple[Rendered, ...]] = {}
    """Where Hugo has been asked: output files of pages, and their ids at that time."""
    written_links: tuple[WrittenLink, ...] = ()
    """Those of the project itself, not of its themes."""
    computed_links: int = 0
    """How many more its layouts have, whose address a template makes from parts."""
    hooked_links: Mapping[tuple[str, str, str, str], tuple[str, ...]] = {}
    """The same: language, logical path of a page, kind of link, target -> the URLs that a render hook makes of it, which
    may depend on the text of the link."""
    counts: Mapping[tuple[SiteKey, str], int] = {}
    """How many pages the list of a site and logical path could show, where any template shows lists in parts."""
    text_names: frozenset[str] = frozenset()
    """The files and logical paths by which front matter asks for another page's text, of pages that are there or not."""
