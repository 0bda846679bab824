"""Links to papers that a registry knows better than the page: DOIs, PubMed and PubMed Central. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import loads
from typing import Any
from urllib.parse import quote

from .answer import Kind
from .classify import Reply, of_reply

_PUBMED = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,9})/?"
)
_PMC = re.compile(
    r"https?://(?:pmc\.ncbi\.nlm\.nih\.gov/articles/|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/)PMC(\d{1,9})/?",
    re.IGNORECASE,
)
BATCH = 200
"""How many ids NCBI's id converter takes in one call."""


def pubmed_of(url: str) -> str | None:
    """The id of a link to an abstract in PubMed."""
    match = _PUBMED.fullmatch(url)
    return None if match is None else match[1]


def pmc_of(url: str) -> str | None:
    """The id of a link to an article in PubMed Central, as `PMC123`."""
    match = _PMC.fullmatch(url)
    return None if match is None else f"PMC{match[1]}"


def doi_request(endpoint: str, doi: str) -> str:
    """The URL that asks the handle API about a DOI."""
    return f"{endpoint.rstrip('/')}/{quote(doi, safe='/')}?type=URL"


def of_doi(reply: Reply) -> tuple[Kind, str]:
    """What the handle API says. Only a 404 whose JSON says 100 means that there is no such DOI.

    1 is success, 200 a handle without a URL (it exists); anything else is no verdict (DOI handbook, section 3.8.3).
    """
    code = _json(reply.body).get("responseCode")
    if reply.status == 404 and code == 100:
        return Kind.GONE, "DOI"
    if reply.status == 200 and code in (1, 200):
        return Kind.OK, "DOI"
    return _no_verdict(reply)


def of_pmc(reply: Reply, ids: Sequence[str]) -> dict[str, tuple[Kind, str]]:
    """What NCBI's id converter says about a batch; ids that it leaves out get no verdict."""
    found: dict[str, tuple[Kind, str]] = {}
    if reply.status == 200:
        for record in _list(_json(reply.body).get("records")):
            name = str(record.get("requested-id") or record.get("pmcid") or "").upper()
            if record.get("status") == "error":
                missing = "not found" in str(record.get("errmsg", "")).lower()
                found[name] = (
                    (Kind.GONE, "PMC") if missing else (Kind.NOT_CHECKED, "the registry gave no verdict")
                )
            elif record.get("pmcid"):
                found[name] = (Kind.OK, "PMC")
    return {i: found.get(i, _no_verdict(reply)) for i in ids}


def of_pubmed(reply: Reply, ids: Sequence[str]) -> dict[str, tuple[Kind, str]]:
    """What NCBI's ESummary says about a batch; ids that it leaves out get no verdict."""
    result = _json(reply.body).get("result") if reply.status == 200 else None
    found: dict[str, tuple[Kind, str]] = {}
    for name in ids:
        entry = result.get(name) if isinstance(result, dict) else None
        if not isinstance(entry, dict):
            found[name] = _no_verdict(reply)
        elif "error" in entry:
            missing = "cannot get document summary" in str(entry["error"])
            found[name] = (
                (Kind.GONE, "PMID") if missing else (Kind.NOT_CHECKED, "the registry gave no verdict")
            )
        else:
            found[name] = (Kind.OK, "PMID")
    return found


def _no_verdict(reply: Reply) -> tuple[Kind, str]:
    kind, code = of_reply(reply)
    if kind is Kind.RATE_LIMITED:
        return kind, code
    return Kind.NOT_CHECKED, "the registry gave no verdict"


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
