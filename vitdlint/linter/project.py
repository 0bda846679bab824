"""Read all that configures a site: Hugo's configuration, ours, schemas and plug-ins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..core.errors import ConfigError, UsageError
from ..core.globs import matcher, wrong_in
from ..files.find_site import Located, shown
from ..files.git_history import decisive_files
from ..files.regular import regular
from ..hugo.answers import Answers, changed_since, read_answers
from ..hugo.config import HugoConfig, HugoConfigError
from ..hugo.config import load as load_hugo
from ..hugo.digest import configuration_digest
from ..hugo.files import content_files
from ..hugo.module_places import ModulePlaces
from ..rules import ALL
from ..site.stale_translations import StaleTranslations
from . import config as configuration
from .config import Config
from .config_layers import Layers, layers_of
from .run_rules import rules_on
from .schemas import Schemas, schemas_of


class Project(NamedTuple):
    """A site on disk with its configuration."""

    located: Located
    hugo: HugoConfig
    config: Config
    schemas: Schemas
    files: tuple[Path, ...]
    """The configuration file with all that it names, schemas and plug-ins, and files of git where a rule asks for its dates."""
    hugo_said: Answers
    elsewhere: Callable[[str], str | None] | None
    """Finds modules outside the site; None where that is not asked for."""
    notes: tuple[str, ...] = ()


def open_project(
    located: Located,
    *,
    plugins: bool = True,
    environment: str = "production",
    hugo_said: Answers | None = None,
) -> Project:
    """The configuration of a site. Raises ConfigError."""
    config = configuration.load(layers_of(located), ALL, plugins=plugins)
    try:
        hugo = load_hugo(located.tree, environment, config.keys.version)
    except HugoConfigError as error:
        raise ConfigError([error.shown_as(shown(located.root / error.path))]) from error
    _require_excluded(located, hugo)
    notes = (f"plug-ins: {', '.join(config.keys.plugins)}",) if config.keys.plugins and plugins else ()
    said, about_hugo, answers_files = _answers(config, located, hugo, hugo_said)
    elsewhere = None
    if (
        any(part.what in ("module", "theme") for part in hugo.missing)
        and not said.asked
        and hugo_said is None
    ):
        # What Hugo has answered is the same on every machine, whatever modules are on this one.
        elsewhere = ModulePlaces(located.root, hugo.raw, located.disk.admit).find
        hugo = load_hugo(located.tree, environment, config.keys.version, elsewhere)
    schemas = schemas_of(config, located.root)
    files = [
        *schemas.files,
        *(decisive_files(located.root) if rules_on(config, StaleTranslations) else ()),
        *(f for p in config.plugins for f in p.files),
        *config.layers.files,
        *answers_files,
    ]
    return Project(
        located,
        hugo,
        config,
        schemas,
        tuple(files),
        said,
        elsewhere,
        (*notes, *about_hugo),
    )


def answers_file(layers: Layers, root: Path) -> Path | None:
    """The file of what Hugo said; None if the configuration names none."""
    name = layers.table.get("hugo-answers") if isinstance(layers.table, Mapping) else None
    # What is no string is reported when the configuration is read as a whole.
    return layers.folder(("hugo-answers",), root) / name if name and isinstance(name, str) else None


def _answers(
    config: Config, located: Located, hugo: HugoConfig, fresh: Answers | None
) -> tuple[Answers, tuple[str, ...], tuple[Path, ...]]:
    """What Hugo said, what is to be noted about that, and the file that it is from."""
    file = answers_file(config.layers, located.root)
    if fresh is not None or file is None:
        return fresh or Answers(), (), ()
    try:
        answers = read_answers(regular(file).read_text("utf-8"))
    except FileNotFoundError:
        note = f"hugo-answers: there is no {shown(file)} yet; `vitdlint check --ask-hugo` writes it"
        return Answers(), (note,), (file,)
    except (OSError, ValueError) as error:
        raise ConfigError([f"{shown(file)}: {error}"]) from error
    return answers, tuple(changed_since(answers, configuration_digest(hugo, located.tree))), (file,)


def _require_excluded(located: Located, hugo: HugoConfig) -> None:
    """UsageError for an `--exclude` that leaves out nothing."""
    globs = [(g.option, glob) for g in located.given if g.adds for glob in g.table.get("exclude", ())]
    names = [file.virtual for file in content_files(hugo, located.tree)] if globs else []
    for option, glob in globs:
        if wrong_in(glob) is None and not any(map(matcher((glob.removeprefix("!"),)), names)):
            below = next((m.source for m in hugo.mounted("content") if glob.startswith(f"{m.source}/")), None)
            near = "globs are compared with the paths below the content folder, like those in .gitignore"
            if below is not None:
                near = f'leave out the content folder: "{glob.removeprefix(below)}"'
            elif "{" in glob:
                near = "braces mean themselves; give --exclude twice"
            raise UsageError(f'{option}: no file of the site matches "{glob}"; {near}')
