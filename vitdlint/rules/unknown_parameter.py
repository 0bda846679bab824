"""A call of a shortcode has a parameter that the shortcode does not read.

Hugo ignores it and says nothing: a figure with `captoin="…"` has no caption. What a shortcode reads is taken from its
template (`.Get "src"`, `.Get 0`, `.Params.src`, `index .Params "src"`), for Hugo's own from those of Hugo 0.168. Names must be
written as the template has them: `Class` is not `class`, except in `ref` and `relref`. A schema of the shortcode can shut out
more (see shortcode-schema). Where a template hands its parameters
or itself on as a whole (`partial "card" .`), or looks for a computed name, only that template knows, and nothing is reported;
nor where a theme or module that could have templates is not on disk.

Correct the name, remove what is of no use, or let the template read it. The fix writes the one name that was probably meant.
It is unsafe, because it changes what the page shows. See also missing-parameter, and shortcode-syntax for calls that have both
named parameters and others, on which Hugo's build fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Edit, Finding, Fix, Severity, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.publication import Parameters
from ..hugo.shortcode_parameters import ANY_CASE
from ..page.markdown.body import Param, Shortcode
from ..schema import UNKNOWN_KEY
from ..site.links import Links
from .support.shortcode_calls import known_calls


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every parameter that the schema of the shortcode shuts out, or that the template does not read."""
    shut_out = set[Span]()
    for path, facts in links.pages.items():
        for each in facts.asked:
            if each.keyword == UNKNOWN_KEY:
                shut_out.add(span := Span(path, each.start, each.end))
                yield _finding(
                    span,
                    f'shortcode "{each.call}": {each.words}',
                    each.value,
                    f"{each.call.lower()} {each.words}",
                )
    for path, call, parameters in known_calls(links):
        if call.params and parameters.complete:
            yield from (found for found in _findings(path, call, parameters) if found.span not in shut_out)


def _findings(path: str, call: Shortcode, known: Parameters) -> Iterator[Finding]:
    if call.params[0].name is None:
        if len(call.params) > known.positions:
            first = call.params[known.positions]
            yield Finding(
                Span(path, first.start, call.params[-1].end),
                f'the shortcode "{call.name}" reads {_without_name(known)}: Hugo ignores this',
                _reads(known),
                cause=f"{call.name.lower()} {known.positions}",
            )
        return
    any_case = call.name.lower() in ANY_CASE
    names = {name.lower() for name in known.names} if any_case else known.names
    for param in call.params:
        name = param.name or ""
        if (name.lower() if any_case else name) not in names:
            span = Span(path, param.name_start, param.name_start + len(name))
            meant = _meant(name, call, known)
            message = f'the shortcode "{call.name}" has no parameter "{name}": Hugo ignores it'
            yield _finding(span, message, meant, f"{call.name.lower()} {name}", _reads(known))


def _finding(span: Span, message: str, meant: str, cause: str, otherwise: str | None = None) -> Finding:
    return Finding(
        span,
        message,
        f'did you mean "{meant}"?' if meant else otherwise,
        fix=Fix(f'Write "{meant}"', (Edit(span, meant),), safe=False) if meant else None,
        cause=cause,
    )


def _without_name(known: Parameters) -> str:
    """What a shortcode reads, in words, for one that reads fewer parameters without a name than it gets."""
    if known.positions:
        return f"only {known.positions} parameter{'s' * (known.positions > 1)} without a name"
    return "only parameters with a name" if known.names else "no parameters"


def _reads(known: Parameters) -> str:
    if known.names:
        return f"its parameters are {', '.join(sorted(known.names, key=str.lower))}"
    return f"it reads {_without_name(known)}"


def _meant(name: str, call: Shortcode, known: Parameters) -> str:
    """The one name like it that the call does not have yet."""
    from difflib import get_close_matches  # only a wrong name asks

    free = known.names - _given(call.params)
    by_lower = {each.lower(): each for each in sorted(free)}
    if name.lower() in by_lower:
        return by_lower[name.lower()]
    close = get_close_matches(name.lower(), sorted(by_lower), n=1, cutoff=0.75)
    return by_lower[close[0]] if close else ""


def _given(params: tuple[Param, ...]) -> set[str]:
    return {param.name for param in params if param.name}


_SITE = {
    "layouts/_shortcodes/card.html": '<b class="{{ .Get "class" }}">{{ with .Get "title" }}{{ . }}{{ end }}</b>',
    "layouts/_shortcodes/key.html": "<kbd>{{ .Get 0 }}</kbd>",
    "layouts/_shortcodes/any.html": '{{ partial "any.html" . }}',
    "layouts/single.html": "{{ .Content }}",
}

RULE = Rule(
    "VD222",
    "unknown-parameter",
    on=Links,
    check=check,
    severity=Severity.WARNING,
    examples=(
        Good(
            {
                "content/posts/page.md": '{{< card title="A" class="b" >}} {{< key Q >}} {{< any c="d" >}}\n',
                **_SITE,
            }
        ),
        Good({"content/posts/page.md": '{{< ref Path="page" >}}\n', **_SITE}),
        Good('{{< figure src="/a.png" from-a-theme="1" >}}\n'),
        Bad(
            {
                "content/posts/page.md": '{{< card tilte="A" >}} {{< figure src="/a.png" Caption="C" >}}\n',
                **_SITE,
            },
            at=["1:10-1:15", "1:48-1:55"],
            fixed='{{< card title="A" >}} {{< figure src="/a.png" caption="C" >}}\n',
            unsafe=True,
        ),
        Bad(
            {"content/posts/page.md": '{{< key Q W >}} {{< key id="Q" >}}\n{{< card "A" >}}\n', **_SITE},
            at=["1:11-1:12", "1:25-1:27", "2:11-2:12"],
        ),
        Bad(
            {
                "content/posts/page.md": '{{< card title="A" clas="b" >}} {{< card class="b" >}}\n',
                "card.json": '{"properties": {"title": {}, "class": {}}, "additionalProperties": false}',
            },
            settings={"shortcodes": {"card": {"schema": "card.json"}}},
            at=["1:20-1:24"],
            fixed='{{< card title="A" class="b" >}} {{< card class="b" >}}\n',
            unsafe=True,
        ),
    ),
)
