"""Templates of shortcodes whose HTML `{{% %}}` shows as code, beside what the real Hugo writes."""

from __future__ import annotations

import pytest
from support.hugo_build import build

from vitdlint.hugo.indented_html import code_without

IMAGE = '    <img src="a.png">\n'
CODE = [
    f"<p>x\n\n{IMAGE}</p>",
    f"<p>\n{{{{ if true }}}}\n{{{{ end }}}}\n{IMAGE}</p>",
    f"<p>\n  {{{{ if false }}}}<b>\n</b>{{{{ else }}}}\n{{{{ end }}}}\n{IMAGE}</p>",
    f"<p>\n{{{{ $x := 1 }}}}\n\t<b>y</b>\n{IMAGE}</p>",
    f"<figure>\n{{{{/* why */}}}}\n  {IMAGE}</figure>",
    f'<p>\n {{{{ with .Get "link" }}}}<a href="{{{{ . }}}}">{{{{ end }}}}\n{IMAGE}</p>',
    f"text\n{{{{ range (slice 1 2) }}}}<i></i>\n{{{{ end }}}}\n{IMAGE}",
]
NO_CODE = [
    f"<p>x\n{IMAGE}</p>",
    f"<p>\n{{{{- if true }}}}\n{{{{ end -}}}}\n{IMAGE}</p>",
    f"<p>{{{{ if false }}}}\n{{{{ end }}}}\n{IMAGE}</p>",
    f'<p>\n {{{{ with .Get "link" }}}}<a>{{{{ else }}}}<b>{{{{ end }}}}\n{IMAGE}</p>',
    f"<p>\n {{{{ if false }}}}\n{IMAGE}{{{{ end }}}}</p>",
    f"<script>\n\n{IMAGE}</script>",
    f"<!-- a\n\n{IMAGE}-->",
    '<p>\n\n   <img src="a.png">\n</p>',
]


@pytest.mark.parametrize("template", [*CODE, *NO_CODE])
def test_the_html_is_shown_as_hugo_shows_it(template: str) -> None:
    tree = {
        "hugo.toml": "markup.goldmark.renderer.unsafe = true\n",
        "content/a.md": "Text\n\n{{% img %}}\n\nText\n",
        "layouts/_shortcodes/img.html": template,
        "layouts/all.html": "{{ .Content }}",
    }
    built = build(tree, pages=False)
    assert built.code == 0, built.messages
    shown = "&lt;img" in built.files["a/index.html"].decode()
    assert shown == (template in CODE)
    assert shown == (code_without(template.replace("{{/* why */}}", "")) is not None)


def test_a_parameter_that_fills_the_line_is_named() -> None:
    assert code_without(CODE[5]) == ("link",)
    assert code_without(CODE[0]) == ()
    assert code_without(IMAGE) is None
