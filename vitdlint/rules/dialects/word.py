"""Microsoft Word: what it leaves as visible text when its HTML or its fields are pasted."""

from __future__ import annotations

import re

from . import Mark

MARKS: tuple[Mark, ...] = (
    Mark(
        "<o:p>",
        re.compile(r"(?P<seen><o:p>)(?P<inner>[^<\n]{0,300})(?:</o:p>)?"),
        "an empty paragraph of Office",
        new=lambda m: m["inner"].replace("&nbsp;", "").strip() and m["inner"] if "</" in m[0] else None,
    ),
    Mark(
        ":", re.compile(r"(?P<seen></?(?:[wvm]|st1|o(?!:p>)):[A-Za-z]+\b[^<>\n]{0,300}>)"), "a tag of Office"
    ),
    Mark("mso-", re.compile(r"(?P<seen>\bmso-[a-z-]{3,40}:)[^\n;{}]{0,120};?"), "a style"),
    Mark("Mso", re.compile(r"(?P<seen>\b(?:table|p|li|div|span|ul|ol)\.Mso\w+)[^\n{}]{0,100}\{?"), "a style"),
    Mark(
        "Error!",
        re.compile(
            r"(?P<seen>Error! (?:Hyperlink reference not valid|Bookmark not defined|Reference source not found"
            r"|Not a valid \w+))\.?"
        ),
        "a broken reference",
    ),
    Mark(
        "{",
        re.compile(
            r"(?P<seen>\{ ?(?:HYPERLINK|PAGEREF|MERGEFIELD|INCLUDEPICTURE|TOC \\|REF _|SEQ )[^{}\n]{0,300}\}?)"
        ),
        "a field",
    ),
    Mark(
        "EN-US",
        re.compile(
            r"(?P<seen>\bNormal\s{1,4}0\s{1,4}(?:\d+\s{1,4})?false\s{1,4}false\s{1,4}false)[^\n]{0,200}"
        ),
        "the settings of a document",
    ),
)
