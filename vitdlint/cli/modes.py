"""What a command can be run for, and the options that each of these modes takes. No option is ever ignored."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..core.errors import UsageError
from .options import CheckOptions, LinksOptions

_CHECKED = frozenset(
    {
        *("--select", "--extend-select", "--ignore", "--external", "--baseline", "--reference", "--exclude"),
        *("--config", "--environment", "--no-plugins", "--clock", "--jobs", "--no-cache", "--quiet"),
    }
)
"""What is checked, and how."""
_REPORTED = frozenset(
    {
        *(
            "--output-format",
            "--output-file",
            "--fail-on",
            "--exit-zero",
            "--statistics",
            "--color",
            "--verbose",
        ),
        *("--max-findings", "--sort"),
    }
)
"""How it is reported."""

_OF_HUGO = frozenset({"--ask-hugo", "--hugo"})
"""Who else is asked."""

CHECK: Mapping[str, frozenset[str]] = {
    "": _CHECKED | _OF_HUGO | _REPORTED | {"--update-baseline", "--history"},
    "-": _CHECKED | _REPORTED | {"--stdin-filename"},
    "--since": _CHECKED | _OF_HUGO | _REPORTED,
    "--staged": _CHECKED | _OF_HUGO | _REPORTED,
    "--fix": _CHECKED | _OF_HUGO | _REPORTED | {"--unsafe-fixes"},
    "--diff": _CHECKED | _OF_HUGO | {"--unsafe-fixes", "--exit-zero"},
    "--add-suppressions": _CHECKED | _OF_HUGO,
    "--show-settings": _CHECKED - {"--external", "--reference", "--jobs", "--no-cache"},
    "--show-files": _CHECKED - {"--external", "--reference", "--jobs", "--no-cache", "--baseline"},
    "--watch": _CHECKED - {"--external"} | {"--output-format", "--color"},
}
"""The modes of `check` ("" is a plain run, "-" standard input), and what each takes besides paths."""

_ASKED = frozenset(
    {
        *("--max-per-host", "--only-new", "--since", "--recheck", "--config", "--environment"),
        *("--no-plugins", "--clock", "--jobs", "--no-cache", "--quiet"),
    }
)
LINKS: Mapping[str, frozenset[str]] = {
    "": _ASKED | {"--budget", "--wayback", "--output-format", "--fail-on", "--exit-zero", "--color"},
    "--dry-run": _ASKED,
}
"""The modes of `links`."""

_NEEDED = {"--only-new": "--since REF", "--hugo": "--ask-hugo"}
"""Options that mean nothing without another one."""
_OPPOSED = ("--quiet", "--verbose")


def mode_of(options: CheckOptions | LinksOptions) -> str:
    """What the run is for. UsageError names two options that do not go together, and what to do."""
    modes = CHECK if isinstance(options, CheckOptions) else LINKS
    given = [
        _flag(name) for name in options._fields if getattr(options, name) != options._field_defaults[name]
    ]
    chosen = [flag for flag in given if flag in modes]
    if isinstance(options, CheckOptions) and Path("-") in (options.paths or ()):
        if len(options.paths or ()) > 1:
            raise UsageError("`-` is standard input, which is one page; leave out the other paths")
        chosen.append("-")
    if len(chosen) > 1:
        raise UsageError(
            f"{_shown(chosen[0])} and {_shown(chosen[1])} do not go together; leave one of them out"
        )
    mode = chosen[0] if chosen else ""
    for flag in given:
        takers = [_shown(other) for other, taken in modes.items() if flag in taken]
        if flag == mode or flag in modes[mode] or not takers:
            continue  # without takers it is a path
        if mode:
            raise UsageError(f"{_shown(mode)} does not take {flag}; leave one of them out")
        raise UsageError(f"{flag} does nothing without {' or '.join(takers)}")
    for flag, needed in _NEEDED.items():
        if flag in given and needed.split()[0] not in given:
            raise UsageError(f"{flag} does nothing without {needed}")
    if all(flag in given for flag in _OPPOSED):
        raise UsageError(f"{' and '.join(_OPPOSED)} do not go together; leave one of them out")
    return mode


def _flag(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _shown(mode: str) -> str:
    return "standard input (`-`)" if mode == "-" else mode
