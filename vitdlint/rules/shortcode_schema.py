"""The parameters of a shortcode do not match its schema.

The configuration names a JSON Schema for a shortcode, and each call of it is checked: that a figure has a text for those who
do not see it, that a width is a number, that a colour is one of five.

```toml
[shortcodes.figure]
schema = "schemas/figure.json"
```

The named parameters of a call are the keys of an object; those without a name are "0", "1" and so on. A value in quotes is text.
Without quotes Hugo reads `true` and `false` as such, `12` and `1.5` as numbers, and all else as text. Names are compared as they
are written: to Hugo `Class` is not `class`. A parameter that the schema shuts out (`"additionalProperties": false`) is reported
by unknown-parameter, a value of `"x-reference"` that names nothing by unknown-reference.

Fix the call, or the schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.model import Finding
from ..core.rule import Bad, Good, NoOptions, Rule
from ..page.call_values import checked_calls, place_of, violations
from ..page.page import Page
from ..schema import CLOSED


def check(page: Page, _: NoOptions) -> Iterator[Finding]:
    """Everything that the schemas do not allow, but for parameters that they do not know."""
    if not page.settings.shortcode_schemas:
        return
    for call, schema, params in checked_calls(page.body, dict(page.settings.shortcode_schemas)):
        for found in violations(schema, params):
            if found.keyword not in CLOSED:
                start, end = place_of(call, params, found.pointer, key=found.key)
                yield Finding(
                    page.span(start, end), f'shortcode "{call.name}": {found.message}', help=found.help
                )


_SCHEMA = """{
  "required": ["src", "alt"],
  "properties": {
    "alt": {"minLength": 1, "description": "Text for people who cannot see the image."},
    "width": {"type": "integer"},
    "0": {"enum": ["note", "warning"]}
  }
}"""
_SETTINGS = {"shortcodes": {"figure": {"schema": "figure.json"}, "box": {"schema": "box.json"}}}
_SITE = {
    "layouts/shortcodes/box.html": "{{ .Get 0 }}",
    "figure.json": _SCHEMA,
    "box.json": '{"required": ["0"], "properties": {"0": {"enum": ["note", "tip"]}}}',
}

RULE = Rule(
    "VD225",
    "shortcode-schema",
    on=Page,
    check=check,
    examples=(
        Good('A tree: {{< figure width="wide" >}}\n'),
        Good(
            {
                "content/posts/page.md": 'A tree: {{< figure src="/a.png" alt="A tree" width=300 >}} {{< box note >}}\n'
                '<!-- {{< box "later" >}} -->\n',
                **_SITE,
            },
            settings=_SETTINGS,
        ),
        Bad(
            {
                "content/posts/page.md": 'A tree: {{< figure src="/a.png" alt="A tree" width="300" >}}\n'
                '{{< figure src="/a.png" >}}\n{{< box "hint" >}} {{< box >}}\n',
                **_SITE,
            },
            settings=_SETTINGS,
            at=["1:53-1:56", "2:1-2:28", "3:10-3:14", "3:20-3:31"],
        ),
    ),
)
