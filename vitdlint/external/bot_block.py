"""Signs that a host blocks bots: it answered with a challenge instead of the page, about which nothing is known then."""

from __future__ import annotations

import re
from collections.abc import Mapping

LOOK = 16_384
"""How many bytes of a body are looked at."""

_HEADERS = ("x-amzn-waf-action", "x-sucuri-block")

_BODY = re.compile(
    rb"<title>\s*(?:Client Challenge|Just a moment\.\.\.|Attention Required! \| Cloudflare|Access Denied"
    rb"|Making sure you(?:'|&#39;|&rsquo;|\xe2\x80\x99)re not a bot!?|Preparing to Download|Robot Check"
    rb"|Checking your browser[^<]{0,60}|Pardon Our Interruption[^<]{0,20}|Vercel Security Checkpoint"
    rb"|DDoS-Guard|Radware (?:Bot Manager )?Captcha[^<]{0,20}|Human Verification)\s*</title>"
    rb"|id=\"anubis_challenge\"|/\.within\.website/x/cmd/anubis/"
    rb"|/cdn-cgi/challenge-platform/h/[a-z]/orchestrate/|window\._cf_chl_opt"
    rb"|awsWafCookieDomainList|/_Incapsula_Resource\?[^\"]{0,200}\"[^>]{0,200}>\s*</(?:iframe|script)>\s*</(?:body|head|html)>"
    rb"|<script[^>]{0,200}captcha-delivery\.com/c\.js",
    re.IGNORECASE,
)
"""Titles and scripts of challenges; titles as a whole, so that a page that writes about challenges is not taken for one."""


_HINTS = (
    b"challenge", b"just a moment", b"cloudflare", b"access denied", b"re not a bot", b"preparing to download",
    b"robot check", b"checking your browser", b"interruption", b"vercel", b"ddos-guard", b"radware", b"verification",
    b"anubis", b"cf_chl", b"awswaf", b"_incapsula", b"captcha",
)  # fmt: skip
"""One of these is in every challenge; to look for them is much cheaper than the expression above."""


def by_headers(headers: Mapping[str, str]) -> str:
    """The name of the sign in the headers (lower-case names), or ''."""
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return "cf-mitigated"
    return next((name for name in _HEADERS if name in headers), "")


def by_body(start: bytes) -> bool:
    """Whether a body begins like a known challenge."""
    lower = start.lower()
    return any(hint in lower for hint in _HINTS) and _BODY.search(start) is not None
