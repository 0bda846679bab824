"""`--ask-hugo`: let the user's own hugo answer before the site is checked, and keep what it said."""

from __future__ import annotations

from pathlib import Path

from ..core import terminal
from ..core.errors import UsageError
from ..files.find_site import Located, shown
from ..linter.ask_hugo import ask_hugo
from ..linter.config_layers import layers_of
from ..linter.project import answers_file
from ..linter.run_settings import RunSettings


def ask(located: Located, settings: RunSettings, hugo: Path | None) -> RunSettings:
    """The settings of a run that goes by what Hugo says now; what it says is written to the file for it, if any."""
    if not settings.plugins:
        raise UsageError(
            "--ask-hugo runs the templates of the site, and --no-plugins nothing of it; leave one of them out"
        )
    file = answers_file(layers_of(located), located.root)
    terminal.note("--ask-hugo: hugo builds the site in a temporary folder, which runs the site's templates")
    answers = ask_hugo(located, settings, hugo)
    if file is None:
        return settings._replace(hugo_said=answers)
    text = "".join(answers.lines())
    if not file.is_file() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8", newline="\n")
        terminal.note(f"what hugo said is in {shown(file)}")
    return settings
