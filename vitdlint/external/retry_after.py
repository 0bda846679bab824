"""How long a host asks to be left alone, from its headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(h|m(?!s)|s|ms)")
_REMAINING = ("ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining")
_RESET = ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
_STRUCTURED = re.compile(r"(?:^|[;,\s])([rt])=(\d+)")
_EPOCH = 1_000_000_000
"""A reset beyond this is a point in time; below it, a number of seconds."""
_LONGEST = 7 * 86_400.0
"""Nobody means more than a week."""


def asked(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds for which the host wants no request, or None if it says nothing.

    Reads Retry-After (RFC 9110 section 10.2.3; also "1m30s"), and where nothing remains of a limit the RateLimit
    fields of the IETF draft and the X-RateLimit ones of GitHub and others. Names of headers are lower-case.
    """
    if (value := headers.get("retry-after")) is not None:
        wait = _retry_after(value.strip(), now)
        if wait is not None:
            return _bounded(wait)
    structured = dict(_STRUCTURED.findall(headers.get("ratelimit", "")[:200]))
    if structured.get("r") == "0" and "t" in structured:
        return _bounded(float(structured["t"]))
    if any(headers.get(name, "").split(",")[0].strip() == "0" for name in _REMAINING):
        for name in _RESET:
            value = headers.get(name, "").split(",")[0].strip()
            if re.fullmatch(r"\d{1,13}(?:\.\d{1,6})?", value):
                number = float(value)
                if number > _EPOCH * 1000:  # milliseconds
                    number /= 1000
                return _bounded(number - now.timestamp() if number > _EPOCH else number)
    return None


def limited(headers: Mapping[str, str]) -> bool:
    """Whether the headers mention a limit at all."""
    return "retry-after" in headers or "ratelimit" in headers or any(name in headers for name in _REMAINING)


def _retry_after(value: str, now: datetime) -> float | None:
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", value):
        return float(value)
    parts = _PART.findall(value[:40])
    if parts and "".join(f"{n}{u}" for n, u in parts) == value.replace(" ", ""):
        return sum(float(n) * {"h": 3600, "m": 60, "s": 1, "ms": 0.001}[u] for n, u in parts)
    from email.utils import parsedate_to_datetime  # 4 ms; most say a number

    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return (at - now).total_seconds()


def _bounded(wait: float) -> float:
    return min(max(wait, 0.0), _LONGEST)
