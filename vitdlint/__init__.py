"""Linter and validator for the content of Hugo sites.

What is named here is the public API: `docs/plugins.md` describes it. Everything is loaded when it is first used.
"""

__version__ = "0.1.0"
__all__ = [
    "Bad",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "Finding",
    "Fix",
    "Good",
    "Links",
    "NoOptions",
    "Page",
    "PluginError",
    "Related",
    "Report",
    "Rule",
    "Severity",
    "Site",
    "Span",
    "UsageError",
    "lint",
]

TYPE_CHECKING = False  # as `typing` has it, which this file must not load
if TYPE_CHECKING:
    from .core.errors import ConfigError, PluginError, UsageError
    from .core.model import Diagnostic, Edit, Finding, Fix, Related, Report, Severity, Span
    from .core.rule import Bad, Good, NoOptions, Rule
    from .linter.check_site import lint
    from .page.page import Page
    from .site.links import Links
    from .site.site import Site

_HOMES = {
    "core.errors": ("ConfigError", "PluginError", "UsageError"),
    "core.model": ("Diagnostic", "Edit", "Finding", "Fix", "Related", "Report", "Severity", "Span"),
    "core.rule": ("Bad", "Good", "NoOptions", "Rule"),
    "linter.check_site": ("lint",),
    "page.page": ("Page",),
    "site.links": ("Links",),
    "site.site": ("Site",),
}


def __getattr__(name: str) -> object:
    """The public names, each from its module."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(f".{home}", __name__), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
