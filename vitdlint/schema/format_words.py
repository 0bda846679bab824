"""The message for a text that is not in the format that a schema asks for."""

from __future__ import annotations

import re

from ..frontmatter.meant import dates
from .formats import published_slug
from .show import either, shown

_NAMES = {
    "date": "a date like 2019-07-13",
    "date-time": "a date with time and zone like 2019-07-13T10:00:00Z",
    "time": "a time with zone like 10:00:00Z",
    "duration": "a duration like P3D",
    "email": "a mail address",
    "idn-email": "a mail address",
    "hostname": "a host name",
    "idn-hostname": "a host name",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "uri": "an absolute URL like https://example.org/page",
    "uri-reference": "a URL",
    "iri": "an absolute URL like https://example.org/page",
    "iri-reference": "a URL",
    "uri-template": "a URL template",
    "uuid": "a UUID",
    "regex": "a regular expression",
    "json-pointer": "a JSON pointer",
    "relative-json-pointer": "a relative JSON pointer",
}


def format_words(name: str, value: str, subject: str, folder: str) -> tuple[str, str | None]:
    """The message, and how to fix it. `folder` is where the page is published, if known."""
    if name == "slug":
        return _slug(value, subject, folder)
    if name == "url-path":
        return _url_path(value, subject)
    if name == "hugo-date":
        return date_words(value, subject)
    if name == "doi":
        found = re.search(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+", value)
        hint = (
            f'write "{found.group()}"' if found and found.group() != value else "a DOI looks like 10.1000/182"
        )
        return f"{subject} {shown(value)} is not a DOI", hint
    return f"{subject} {shown(value)} is not {_NAMES.get(name, f'in the format {name}')}", None


def _slug(value: str, subject: str, folder: str) -> tuple[str, str | None]:
    if value == "":
        return (
            f"{subject} is empty, and Hugo uses the file's name instead",
            "write a slug, or leave the key out",
        )
    good = published_slug(value.replace("/", "-"))
    hint = f'write "{good}"' if good and good not in {".", "..", "index"} else "write letters and digits"
    if "/" in value:
        return f'{subject} {shown(value)} contains a "/", so that the page moves to another folder', hint
    published = published_slug(value)
    if published in {"", ".", "..", "index"}:
        return (
            f"{subject} {shown(value)} leaves no name, and the page takes the place of its folder's page",
            hint,
        )
    return f"{subject} {shown(value)} is published as {folder or '…/'}{published}/", hint


def _url_path(value: str, subject: str) -> tuple[str, str | None]:
    scheme = re.match(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*", value)
    if scheme:
        rest = value[scheme.end() :]
        return (
            f"{subject} {shown(value)} names a host; a path of this site belongs here",
            f'write "{rest or "/"}"',
        )
    if not value.startswith("/"):
        return f'{subject} {shown(value)} does not begin with "/"', f'write "/{value}"' if value else None
    for char in "?#":
        if char in value:
            message = f'{subject} {shown(value)} contains a "{char}", which cannot be part of a path'
            return message, f'write "{value.partition(char)[0]}"'
    if " " in value:
        return f"{subject} {shown(value)} contains a space", f'write "{value.replace(" ", "-")}"'
    return f"{subject} {shown(value)} contains a character that no path has", None


def date_words(value: str, subject: str) -> tuple[str, str | None]:
    """The message for a date that Hugo does not read, and how to write it."""
    if value == "":
        return f"{subject} is empty", "write a date like 2019-07-13"
    if days := dates(value):
        return (
            f"{subject} {shown(value)} is a date that Hugo cannot read",
            f"write {either([shown(d) for d in days])}",
        )
    return f"{subject} {shown(value)} is not a date that Hugo can read", "write a date like 2019-07-13"
