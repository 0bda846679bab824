"""What an answer's detail means, in words for people."""

from __future__ import annotations


def gone(code: str) -> str:
    """Why a link counts as gone: "it answers 404", "its domain does not exist"."""
    if code == "NXDOMAIN":
        return "its domain does not exist"
    if code in ("DOI", "PMID", "PMC"):
        return f"the registry knows no such {code}"
    return f"it answers {code}"
