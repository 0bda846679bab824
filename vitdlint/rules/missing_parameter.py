"""A call of a shortcode lacks a parameter that the shortcode needs, so Hugo's build fails.

Its template calls `errorf` where the parameter is not given: at its outermost level and at once, as in
`{{ with .Get "src" }}…{{ else }}{{ errorf "…" }}{{ end }}` or `{{ if not (.Get 0) }}{{ errorf "…" }}{{ end }}`. Of Hugo's own shortcodes
`youtube` and `vimeo` need an `id`, `x` needs `user` and `id`, `instagram`, `param` and `ref` need their first parameter.
Where a template is stricter in other ways, Hugo reports that when it builds the site. Nothing is reported where a theme or
module that could have templates is not on disk.

Add the parameter, or remove the call.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding, Span
from ..core.rule import Bad, Good, NoOptions, Rule
from ..hugo.shortcode_parameters import ANY_CASE
from ..page.markdown.body import Shortcode
from ..site.links import Links
from .support.shortcode_calls import known_calls
from .support.wording import WHEN_RENDERED


def check(links: Links, _: NoOptions) -> Iterator[Finding]:
    """Report every call without a parameter that it needs."""
    for path, call, parameters in known_calls(links):
        if call.closing or not parameters.required:
            continue
        given = _given(call)
        page = links.site.addresses.outputs.get(path)
        when = WHEN_RENDERED.get(page.state, "") if page is not None else ""
        for needed in sorted(parameters.required):
            ways = needed.split("|")
            if given.isdisjoint(ways):
                yield Finding(
                    Span(path, call.start, call.end),
                    f'the shortcode "{call.name}" needs {_words(ways)}; without it Hugo\'s build fails{when}',
                    help="add the parameter, or remove the call",
                    cause=f"{call.name.lower()} {needed}",
                )


def _given(call: Shortcode) -> set[str]:
    """The names and positions of a call's parameters."""
    names = [str(number) if param.name is None else param.name for number, param in enumerate(call.params)]
    return {name.lower() for name in names} if call.name.lower() in ANY_CASE else set(names)


def _words(ways: list[str]) -> str:
    name, *others = ways
    if name.isdecimal():
        return f"parameter {int(name) + 1}, which has no name"
    return f'the parameter "{name}"' + (" (or its value without a name)" if others else "")


RULE = Rule(
    "VD223",
    "missing-parameter",
    on=Links,
    check=check,
    fails_build=True,
    examples=(
        Good(
            {
                "content/posts/page.md": '{{< youtube abc >}} {{< youtube id="abc" >}} {{< card src="a" >}}\n',
                "layouts/_shortcodes/card.html": '{{ with .Get "src" }}{{ . }}{{ else }}{{ errorf "no src" }}{{ end }}',
                "layouts/single.html": "{{ .Content }}",
            }
        ),
        Good("{{< youtube >}}\n"),
        Bad(
            {
                "content/posts/page.md": '{{< youtube title="a" >}} {{< card class="b" >}}\n',
                "layouts/_shortcodes/card.html": '{{ with .Get "src" }}{{ . }}{{ else }}{{ errorf "no src" }}{{ end }}'
                '{{ .Get "class" }}',
                "layouts/single.html": "{{ .Content }}",
            },
            at=["1:1-1:26", "1:27-1:49"],
        ),
    ),
)
