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
        "[zero](https://doi.org/10.5555/\u200b12)",
    ),
    "leftover-markup": ("D{SUB()}3{SUB}", "~~#F00:red~~", "~np~x~/np~"),
    "link-to-alias": (
        "[old](BASE/old-LETTER/)",
        "[old part](BASE/old-LETTER/#dose)",
        "[old, no part](BASE/old-LETTER/#nowhere)",
        "[old amp](BASE/amp/old-LETTER/)",
        '<a href="BASE/old-LETTER/">raw</a>',
    ),
    "own-host": (
        "[own](HOSTBASE/posts/LETTER/)",
        "[own part](HOSTBASE/posts/LETTER/#dose)",
        "[own file](HOSTBASE/files/paper.pdf)",
        '<a href="HOSTBASE/posts/LETTER/?x=1&amp;y=2">own</a>',
        "![own picture](HOSTBASE/files/sun.png)",
        "<HOSTBASE/posts/LETTER/>",
        "HOSTBASE/posts/LETTER/",
    ),
    "legacy-link": (
        "[legacy](https://old.example/Lamp+LETTER)",
        "[legacy part](https://old.example/Lamp+LETTER#dose)",
        "[legacy, no part](https://old.example/Lamp+LETTER#nowhere)",
    ),
    "link-form": ("[form](BASE/posts/LETTER)", "[form](BASE/posts/LETTER.html#dose)"),
    "doi-syntax": (
        "[doi: http](https://doi.org/http)://dx.doi.org/10.5555/12-020",
        "[twice](https://doi.org/https://doi.org/10.5555/12-020)",
    ),
    "doi-trailing-punctuation": (
        "[10.1000/182.](https://doi.org/10.1000/182.)",
        "<https://doi.org/10.1000/182.>",
        "https://doi.org/10.1000/183; more",
        '<a href="http://dx.doi.org/10.1000%2F182.,">paper</a>',
    ),
    "malformed-url": ('wrote "https://ods.od.nih.gov/a/b" there', "('https://ods.od.nih.gov/c')"),
    "bad-host": ("[a](https://doi.org10.5555/12)", "[FREE PDF](https://10.5555/cbf.7)"),
    "missing-scheme": (
        "[shop](www.other.example/shop)",
        "[mail](joe@other.example)",
        "ttp://dx.doi.org/10.5555/12",
        "[t](ttps://other.example/)",
        "[s](http//other.example/)",
        "[d](doi:10.5555/12)",
    ),
    "trailing-escape": ("[pdf](https://other.example/a.pdf%20)", "[q](http://other.example/?q=x%20%C2%A0)"),
    "tracking-parameter": (
        "[track](https://other.example/x?utm_source=f&id=7&utm_medium=g#top)",
        "https://other.example/?fbclid=Iw0",
        '<a href="https://other.example/?a=1&amp;utm_term=b&amp;c=2">x</a>',
    ),
    "moved-permanently": ("[moved](http://moved.example/a#t)", '<a href="http://moved.example/a">moved</a>'),
    "unused-suppression": ("text <!-- vitdlint-disable-line VD601: once needed -->",),
}
"""Rule -> pieces of a line. LETTER is a page of the site, HOST and BASE its host and the path that it is served below, TO
a target in brackets, as a reversed link has it."""

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

LIVING = (
    "[page](BASE/posts/LETTER/)",
    "[part](BASE/posts/LETTER/#dose)",
    "[relative](../LETTER/)",
    "[file](BASE/files/paper.pdf)",
    "![picture](BASE/files/sun.png)",
    "[resource](sun.png)",
    "[source](LETTER.md)",
    "[amp](BASE/amp/posts/LETTER/)",
    "[foreign](https://other.example/a_(b)?c=1&d=%20#e)",
    "[mail](mailto:joe@other.example)",
    '<a href="BASE/posts/LETTER/#dose">raw</a>',
    '<img src="BASE/files/sun.png" alt="raw picture">',
    "[other language](OTHERBASE/posts/LETTER/)",
    "[other host](OTHERHOSTBASE/posts/LETTER/)",
    "**bold** and `code`",
    "a note[^1]",
    "{{< box >}}in a *box*{{< /box >}}",
    '“curly” and "straight" it\'s -- quoted',
    "> 3 < 5 & 7",
)
"""What has no defect, to stand beside those that have."""
