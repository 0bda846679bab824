"""Where Hugo writes the redirect of an alias (Hugo 0.168)."""

from __future__ import annotations

import re

from .formats import OutputFormat
from .names import clean, join, quote_path
from .target_paths import TargetPaths

_PLAIN = re.compile(r"(?:/[^/.]+)+")


def alias_file(alias: str, paths: TargetPaths, form: OutputFormat, *, ugly: bool, folder: str) -> str | None:
    """The output file of one alias of a page, or None if Hugo's build fails on it.

    An alias that begins with `/` starts at the language's root, any other at the folder above the page's own. Nothing
    is decoded, sanitised or lower-cased.
    """
    if alias[:1] == "/":
        plain = "/." not in alias and "//" not in alias and alias[-1] != "/"
        path = alias if plain and not folder and not form.path else join("/", folder, form.path, alias)
    else:
        above = clean(f"/{paths.resources}/..") if paths.resources else ".."
        path = join(above, alias)
    suffixed = _has_suffix(path, form)
    if ugly and not suffixed:
        path += form.suffix
    elif path == "/":
        return None
    if path.partition("/")[0] == "..":
        return None
    path = path.removeprefix("/")
    return path if ugly or suffixed else f"{path}/{form.base_name}{form.suffix}"


def quick_alias(alias: str, *, ugly: bool, base_path: str) -> tuple[str, str] | None:
    """File and URL of an alias of the plain sort (`/old/name`) in a site without languages, else None."""
    if not _PLAIN.fullmatch(alias):
        return None
    if ugly:
        return f"{alias[1:]}.html", quote_path(f"{base_path}{alias}.html")
    return f"{alias[1:]}/index.html", quote_path(f"{base_path}{alias}/")


def url_of_file(file: str, base_path: str) -> str:
    """The URL that a server answers with this file; `index.html` is not written out."""
    path = f"{base_path}/{file}"
    if path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return quote_path(path)


def _has_suffix(path: str, form: OutputFormat) -> bool:
    name = path.rpartition("/")[2]
    return "." in name and name.rpartition(".")[2] in form.suffixes
