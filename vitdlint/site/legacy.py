"""What the old URLs of a site are today: a wiki's page names and page numbers live on as aliases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote_plus

from ..core.lazy_re import lazy_re
from .answers import Target
from .urls import UrlMap

_SEARCH = lazy_re(r"search|[?&](?:q|query|words|find)=", re.IGNORECASE)
"""A search URL asks a question; the page whose alias its path may be is not the answer."""
_IDS = ("page_id", "pageid", "p")
_NAMES = ("page", "title")


class Legacy:
    """Answers for absolute URLs on own hosts that are no page's own."""

    def __init__(self, urls: UrlMap, folders: Sequence[str]) -> None:
        self._urls = urls
        self._folders = folders
        """Of the published files: one for each host that the site has now."""
        self._loose: dict[str, Target | None] | None = None

    def find(self, target: Target) -> Target | None:
        """The page that an old URL means: by an alias, or by the id or name in its query; else None.

        An alias that several pages have means none of them.
        """
        found = self._find(target)
        if found is None or (found.alias is not None and found.alias.file in self._urls.contested):
            return None
        return found._replace(fragment=target.fragment, via=found.via or target.via)

    def _find(self, target: Target) -> Target | None:
        if not target.host or target.status not in (
            "dead",
            "alias",
            "fragment-lost",
            "not-checked",
        ):
            return None
        if target.query is None:
            return target if target.alias is not None else self._by_name(target.path)
        if _SEARCH.search(f"{target.path}?{target.query}"):
            return None
        query = dict(parse_qsl(target.query))
        if len(query) != 1:
            return None
        ((key, value),) = query.items()
        if key.lower() in _IDS and value.isdecimal():
            return self._page(f"/{value}")
        if key.lower() in _NAMES:
            return self._page(f"/{value.replace(' ', '+')}") or self._page(f"/{value}")
        return None

    def _page(self, path: str) -> Target | None:
        found: dict[str, Target] = {}
        for folder in self._folders:
            served = self._urls.find(f"/{folder}{path}" if folder else path)
            if served is not None and served.output is not None and served.output.state == "published":
                page = served.output
                found[page.file] = Target(served.status, page.url, path, page, served.alias, file=page.file)
        return next(iter(found.values())) if len(found) == 1 else None

    def _by_name(self, path: str) -> Target | None:
        """By an alias that differs only in its punctuation, which old wikis drop or keep as they like."""
        if self._loose is None:
            self._loose = {}
            for page, alias in self._urls.aliases():
                served = self._urls.served(alias.file)
                if served is None or served.alias is None or alias.leads_to:
                    continue  # a page is there, or it leads to another output format of one
                key = _key(alias.url)
                known = self._loose.get(key)
                ambiguous = key in self._loose and (known is None or known.page is not page)
                target = Target("alias", page.url, page=page, alias=alias, via="similar", file=page.file)
                self._loose[key] = None if ambiguous else target
        key = _key(path)
        return self._loose.get(key) if len(key) > 4 and not key.isdecimal() else None


def _key(path: str) -> str:
    path = unquote_plus(path).strip("/").lower().removesuffix("/index.html").removesuffix(".html")
    return "".join(c for c in path if c.isalnum() or c == "/")
