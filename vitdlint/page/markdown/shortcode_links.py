"""Links and ids that shortcodes make of their parameters: those that Hugo ships, and those of the site's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...core.lazy_re import lazy_re
from .body import Anchor, Body, Link, Param, Shortcode
from .parts import holding

_SHIPPED: dict[str, tuple[str, ...]] = {
    "figure": ("src", "link", "attrlink"),
    "ref": ("0", "path"),
    "relref": ("0", "path"),
}
"""Names of parameters; positional ones are numbered from 0."""

Declared = Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]]
"""Name in lower case, parameters that are links, parameters that are ids."""
Ways = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Name in lower case, parameters and what the template does with each."""
_PATTERN = lazy_re(r"[*?\[{]")


def with_shortcodes(body: Body, declared: Declared, by_template: Ways) -> Body:
    """The body, completed by what its shortcodes make, in document order. What the site declares is all that counts there."""
    links: list[Link] = []
    anchors: list[Anchor] = []
    around = _targets(body.links)
    uses = {name: (link, ids) for name, link, ids in declared}
    for call in body.shortcodes:
        if call.closing:
            continue
        name = call.name.lower()
        own, ids = uses.get(name, (_SHIPPED.get(name, ()), ()))
        commented = holding(body.comments, call.start) is not None
        for parameter, key in _named(call):
            if key in own:
                if commented:
                    # Nobody sees it, but Hugo looks for the page all the same, and fails without it.
                    page = parameter.value.partition("#")[0] if name in ("ref", "relref") else ""
                    if page:
                        links.append(_link(call, parameter, page, f"{name}.{key}"))
                    continue
                tail = _fragment_after(call, around) if name in ("ref", "relref") else ""
                target = parameter.value + (tail if "#" not in parameter.value else "")
                links.append(_link(call, parameter, target, f"{name}.{key}"))
            elif key in ids:
                anchors.append(Anchor(parameter.value, parameter.start, parameter.end, "attribute"))
            elif name not in uses and name in by_template and not commented and parameter.value:
                ways = by_template[name].get(parameter.name or key, ())
                if ways and not _PATTERN.search(parameter.value):
                    links.append(_link(call, parameter, parameter.value, f"{name}.{key} {' '.join(ways)}"))
    if not links and not anchors:
        return body
    return body._replace(
        links=tuple(sorted((*body.links, *links), key=lambda link: link.outer_start)),
        anchors=tuple(sorted((*body.anchors, *anchors), key=lambda anchor: anchor.start)),
    )


def _link(call: Shortcode, parameter: Param, target: str, attribute: str) -> Link:
    return Link(
        kind="shortcode",
        target=target,
        start=parameter.start,
        end=parameter.end,
        outer_start=call.start,
        outer_end=call.end,
        text_start=call.start,
        text_end=call.start,
        attribute=attribute,
    )


def _named(call: Shortcode) -> Iterator[tuple[Param, str]]:
    for number, parameter in enumerate(call.params):
        yield parameter, str(number) if parameter.name is None else parameter.name.lower()


def _targets(links: Iterable[Link]) -> list[tuple[int, int, str]]:
    """Where the targets with a shortcode in them are, and what follows the last one in it."""
    return sorted(
        (link.start, link.end, link.target[link.target.rfind("}}") + 2 :])
        for link in links
        if "}}" in link.target
    )


def _fragment_after(call: Shortcode, targets: Sequence[tuple[int, int, str]]) -> str:
    """`#there` in `[text]({{< ref "page" >}}#there)`."""
    target = holding(targets, call.start)
    if target is None or call.end >= target[1] or not target[2].startswith("#"):
        return ""
    return str(target[2])
