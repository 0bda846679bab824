"""The site that a command is for, with its configuration: from files and from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..core.errors import ConfigError, UsageError
from ..core.toml import TomlError, parse_toml
from ..edits.journal import interrupted
from ..files.find_site import Given, Located, locate


def located(paths: Sequence[Path], config: Sequence[str] | None, given: Sequence[Given] = ()) -> Located:
    """The site of these paths with its configuration. Raises UsageError and ConfigError."""
    words = config or ()
    files = [word for word in words if "=" not in word or Path(word).is_file()]
    if len(files) > 1:
        raise UsageError(
            f"--config {files[0]} and --config {files[1]} do not go together; "
            f'leave one of them out, or write extends = "{files[0]}" in the other'
        )
    for word in files:
        if not Path(word).is_file():
            raise UsageError(f"--config {word}: there is no such file; a setting is written KEY=VALUE")
    settings = [_setting(word) for word in words if word not in files]
    return locate(paths, Path(files[0]) if files else None, (*settings, *given))


def recovered(site: Located, baseline: Path | None) -> Located:
    """The site once a killed command is finished or rolled back, before anything of it is read; its notes say so."""
    folders = {site.root, site.root if baseline is None else baseline.resolve().parent}
    left = sorted(filter(interrupted, folders))
    if not left:
        return site
    from ..edits.transaction import recover

    return site._replace(notes=(*site.notes, *(note for folder in left for note in recover(folder))))


def _setting(text: str) -> Given:
    """A line of TOML. ConfigError with the place where it is none."""
    try:
        return Given("--config", parse_toml(text), text)
    except TomlError:
        import json

        from ..linter.config_file import ConfigFile  # the place, in words

        key, _, value = (part.strip() for part in text.partition("="))
        quoted = f"{key} = {json.dumps(value)}"
        try:
            parse_toml(quoted)
        except TomlError:
            ConfigFile(Path("--config"), text)
        raise ConfigError(
            [f"--config {text}: the value is not TOML; a string needs quotes: --config '{quoted}'"]
        ) from None
