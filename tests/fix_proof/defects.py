"""Every defect that a safe fix is for, as pieces of pages: the material of `random_sites.py`."""

from __future__ import annotations

INLINE: dict[str, tuple[str, ...]] = {
    "prose-link": (
        "[25(OH)D <20 ng/mL](25(OH)D%20<20%20ng/mL)",
        '<sup><a href="12" class="wiki">12</a></sup>',
        "low ([<30](<30))",
    ),
    "reversed-link": ("(the study){TO}", "(Poe, 2020){TO}"),
    "stray-close-tag": ("end</span> and", "a </b> b", "x</font>"),
    "unknown-tag": ("ex<x>pression", "a<x> b"),
    "empty-href": ('<a class="wiki" href="" rel="">1</a>', '<a href="">there</a> and <a href="">here</a>'),
    "control-character": ("one\x0ctwo", "left\x0b right", "the\u2028end"),
    "zero-width-character": (
        "idea of \u200b\u200bthe day\ufeff",
        '"quoted\u200b" word',
    ),
    "leftover-markup": (
        "D{SUB()}3{SUB}",
        "~~#F00:red~~",
        "~np~x~/np~",
        r"\`the sun \<https://other.example/sun\>\`\_",
    ),
    "doi-syntax": ("[doi: http](https://doi.org/http)://dx.doi.org/10.5555/12-020",),
    "malformed-url": ('wrote "https://ods.od.nih.gov/a/b" there', "('https://ods.od.nih.gov/c')"),
    "broken-url": ("https://other.example/wiki/Zürich. And",),
    "missing-scheme": ("ttp://dx.doi.org/10.5555/12", "[mail](joe@other.example)"),
    "unused-suppression": ("text <!-- vitdlint-disable-line VD601: once needed -->",),
}
"""Rule -> pieces of a line; TO is a target in brackets, as a reversed link has it."""

URLS: dict[str, tuple[str, ...]] = {
    "link-to-alias": (
        "BASE/old-LETTER/",
        "BASE/old-LETTER/#dose",
        "BASE/old-LETTER/#nowhere",
        "BASE/amp/old-LETTER/",
        "BASE/Lamp+LETTER",
        "early-LETTER",
    ),
    "own-host": (
        "HOSTBASE/posts/LETTER/",
        "HOSTBASE/posts/LETTER/#dose",
        "HOSTBASE/posts/LETTER/?x=1&y=2",
        "HOSTBASE/files/paper.pdf",
        "HOSTBASE/files/sun.png",
        "HOSTBASE/old-LETTER/#dose",
        "OTHERHOSTBASE/posts/LETTER/",
    ),
    "legacy-link": (
        "https://old.example/Lamp+LETTER",
        "https://old.example/Lamp+LETTER#dose",
        "https://old.example/Lamp+LETTER#nowhere",
    ),
    "link-form": ("BASE/posts/LETTER", "BASE/posts/LETTER.html#dose"),
    "doi-syntax": ("https://doi.org/https://doi.org/10.5555/12-020",),
    "doi-trailing-punctuation": ("https://doi.org/10.1000/182.", "http://dx.doi.org/10.1000%2F182.,"),
    "bad-host": ("https://doi.org10.5555/12", "https://10.5555/cbf.7"),
    "missing-scheme": (
        "www.other.example/shop",
        "ttps://other.example/",
        "http//other.example/",
        "doi:10.5555/12",
    ),
    "trailing-escape": ("https://other.example/a.pdf%20", "http://other.example/?q=x%20%C2%A0"),
    "tracking-parameter": (
        "https://other.example/x?utm_source=f&id=7&utm_medium=g#top",
        "https://other.example/?fbclid=Iw0",
        "https://other.example/y?utm_term=b%20",
        "https://doi.org/10.1000/182.?utm_source=f",
    ),
    "moved-permanently": ("http://moved.example/a", "http://moved.example/a#t"),
    "zero-width-character": ("https://doi.org/10.5555/\u200b12",),
    "": (
        "BASE/posts/LETTER/",
        "BASE/posts/LETTER/#dose",
        "../LETTER/",
        "LETTER.md",
        "BASE/files/paper.pdf",
        "sun.png",
        "BASE/amp/posts/LETTER/",
        "OTHERBASE/posts/LETTER/",
        "https://other.example/a_(b)?c=1&d=%20#e",
        "mailto:joe@other.example",
    ),
}
"""Rule -> addresses; those of no rule have no defect. LETTER is a page of the site, HOST and BASE its host and the path
that it is served below, OTHER those of another language."""

FORMS = (
    "[link](URL)",
    "[link](URL)",
    '[link](<URL> "title")',
    '<a href="URL">link</a>',
    "<a class=x href='URL'>link</a>",
    "![picture](URL)",
    '<img src="URL" alt="raw picture">',
    "[![picture](BASE/files/sun.png)](URL)",
    "<URL>",
    "URL",
    "[link][NUMBER]",
)
"""Ways to write an address into a line; NUMBER is that of a definition at the end of the page."""

BLOCKS: dict[str, tuple[str, ...]] = {
    "accidental-code-block": (
        "1.      Moe K,      Ray T.  INLINE (p = 0.05). 2009;3:4\n\n2.      Poe A,      Lee B.  Fish oil, 2010",
        "*     Moe K, Ray T, Poe A\n      see INLINE and more",
    ),
    "broken-table": (
        " **| | |\n| --- | --- |\n| May | INLINE |\n| June | 400 |**",
        "| Month | Dose | Sun |\n|:--|--|\n| May | 800 | INLINE |",
        "| Month | Dose |\n\n| --- | --- |\n| INLINE | 800 |",
    ),
    "empty-heading": ("#", "## ##", "###"),
    "literal-markup": ("<div>\n| a | b |\n|---|---|\n| 1 | INLINE |\n</div>", "<div>\n- INLINE\n- b\n</div>"),
    "nested-marker-list": ("- - - - -the publisher writes INLINE - - - - - -",),
    "empty-toc": ("{{< toc >}}\n\n### Sun\n\nText\n\n{{< toc >}}",),
    "stray-close-tag": ("</div>", "<div>\n*a*\n</div>\n</div>\n*b*"),
    "leftover-markup": ("^Box\n\nINLINE\n\n^", "===INLINE==="),
    "unused-suppression": (
        "<!-- vitdlint-disable VD601: once needed -->\n\nINLINE\n\n<!-- vitdlint-enable VD601 -->",
    ),
}
"""Rule -> blocks; INLINE is a piece of a line with any defect."""

TITLES: dict[str, tuple[str, ...]] = {
    "escaped-title": ('\\"Lamps\\" a day', "It\\'s light"),
    "title-whitespace": ("Lamps  and oil ", " Light"),
    "title-trailing-punctuation": (
        "Lamps,",
        "Light:",
        "Why light;",
        "Light &amp;",
        "Light :tada:",
        "Light \\u003f;",
    ),
}
"""Rule -> titles."""

PLAIN = (
    "**bold** and `code`",
    "a note[^1]",
    "{{< box >}}in a *box*{{< /box >}}",
    '“curly” and "straight" it\'s -- quoted',
    "> 3 < 5 & 7",
    "![picture](sun.png)",
)
"""What has no defect, to stand beside those that have."""
