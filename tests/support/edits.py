"""Edits of one page, each with a name, a target or a word that no other has."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def edits_of(text: str) -> Mapping[str, Callable[[int], str]]:
    """Kind of edit -> the text after the edit of that number. The page has a title, tags and a heading `## H0`."""

    def body(added: str) -> Callable[[int], str]:
        return lambda n: f"{text}\n{added.replace('N', str(n))}\n"

    def front(added: str) -> Callable[[int], str]:
        return lambda n: text.replace("title: ", f"{added.replace('N', str(n))}\ntitle: ", 1)

    return {
        "a dead link": body("[x](/none/N/) [y](light-winter-lampN.md) ![z](imgN.png)"),
        "a reference": body('[x]({{< ref "/posts/noneN.md" >}}) [y]({{< relref "noneN" >}})'),
        "a fragment": body("[x](/posts/p5/#fN) [y](#ownN)"),
        "a label": body("[a][labelN] [b][labN]\n\n[labN]: /posts/p1/"),
        "a wiki link": body("[[Page N]] [some long name of number N](Some_long_name_of_number_N)"),
        "a bare URL": body("https://hostN.example.endN/N and http://www.hN.com/N <mailto:aN@bN.org>"),
        "markup": body('<a href="/xN" data-N="1">a</a> <tagN> <img src="pN.png">'),
        "a shortcode": body('{{< scN a="N" >}}'),
        "a new heading": body("## More N\n\nText [^N].\n\n[^N]: Note N\n\n```langN\nN\n```"),
        "a heading that others link to": lambda n: text.replace("## H0", f"## H0 {n}"),
        "a title": lambda n: text.replace("title: ", f"title: {n} ", 1),
        "a slug": front("slug: sN"),
        "an alias": front("aliases: [/old/N/, ältere Größe N]"),
        "a key": front("keyN: 1"),
        "a term": lambda n: text.replace("tags: [", f"tags: [term {n}, Größe & {n}, ", 1),
    }
