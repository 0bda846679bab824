"""From what a page is called to its output file and its URL (Hugo 0.168)."""

from __future__ import annotations

from typing import NamedTuple

from .formats import OutputFormat
from .names import clean, escape_path, escape_url, join, sanitize


class TargetPaths(NamedTuple):
    """Where one output of a page goes."""

    file: str
    """Below the public folder."""
    link: str
    """The URL below the base URL, percent-encoded."""
    resources: str
    """The folder for the files of its bundle, below the public folder; '' for the root."""


class Wanted(NamedTuple):
    """Everything that decides where a page goes."""

    branch: bool
    """Home, section, taxonomy or term."""
    home: bool
    kind_with_index: bool
    """Home, section or taxonomy: `index.html` even with ugly URLs."""
    directory: str
    """The folder the page lies in; for a branch its own. Slugs of sections above are in it already."""
    name: str
    """Slug or file name; unused for a branch."""
    bundle: bool
    url: str
    permalink: str
    """The expanded pattern, or ''."""
    ugly: bool
    prefix: str
    folder: str
    """Prefix of the file, where it differs from that of the URL."""
    force_prefix: bool = False
    addend: str = ""
    """`page/2` for a later page of a list."""
    keep_case: bool = False
    drop_accents: bool = False


def target_paths(want: Wanted, form: OutputFormat) -> TargetPaths:  # one decision after the other, as in Hugo
    """Where a page goes in one output format."""
    url = want.url
    force = want.force_prefix or (not form.root and url != "" and not url.startswith("/"))
    if ".." in url:
        url = join("/", url)
    prefix, folder = want.prefix, want.folder
    if form.root and not force:
        prefix = folder = ""
    suffix = form.suffix
    index = form.base_name + suffix
    ugly = (want.ugly or form.ugly) and not form.no_ugly
    index_kind = want.kind_with_index and ugly
    same_name = not want.bundle and want.name != "" and want.name == form.base_name
    if same_name and not want.permalink:
        ugly = True
    parts: list[str] = []
    _add(parts, form.path)
    needs_base = True
    if want.branch and not url and not want.home:
        _add(parts, want.permalink or want.directory)
        needs_base = False
    use_prefix = use_folder = ""
    ends_with_index = False
    if url and not want.home:
        parts.extend(p for p in url.split("/") if p)
        _add(parts, want.addend)
        if url.endswith("/") or "." not in url:
            _add(parts, index)
        else:
            last = url.rpartition("/")[2]
            suffix = "." + last.rpartition(".")[2] if "." in last else ""
        ends_with_index = parts[-1:] == ["index.html"]
        if force:
            use_folder = folder if folder and not url.startswith(f"/{folder}") else ""
            use_prefix = prefix if prefix and not url.startswith(f"/{prefix}") else ""
    elif not want.branch:
        if want.permalink:
            _add(parts, want.permalink)
        else:
            _add(parts, want.directory)
            _add(parts, want.name)
        _add(parts, want.addend)
        if ugly:
            _concat(parts, suffix)
        else:
            _add(parts, index)
        ends_with_index = parts[-1:] == ["index.html"]
        use_prefix, use_folder = prefix, folder
    else:
        _add(parts, want.addend)
        if (needs_base and not want.addend) or not ugly or index_kind:
            _add(parts, index)
        else:
            _concat(parts, suffix)
        ends_with_index = not index_kind and parts[-1:] == ["index.html"]
        use_prefix, use_folder = prefix, folder
    if not url:
        parts = [sanitize(p, keep_case=want.keep_case, drop_accents=want.drop_accents) for p in parts]
    whole = _glue(parts)
    link = _glue(parts[:-1]) if ends_with_index else whole
    if same_name:
        link = link.removesuffix(want.name)
    if use_prefix:
        link = f"/{use_prefix}{link}"
    if ends_with_index and not link.endswith("/"):
        link += "/"
    resources = (
        whole.rpartition("/")[0]
        if (parts[-1:] or [""])[0].startswith(f"{form.base_name}.")
        else whole.removesuffix(suffix)
    )
    if use_folder:
        whole, resources = f"/{use_folder}{whole}", f"/{use_folder}{resources}"
    return TargetPaths(
        file=clean(whole).lstrip("/"),
        link=(escape_url(link) if url else escape_path(link)) or "/",
        resources=resources.strip("/"),
    )


def _add(parts: list[str], part: str) -> None:
    if part and part != "/":
        parts.append(part)


def _concat(parts: list[str], suffix: str) -> None:
    if not parts or not parts[-1]:
        parts[-1:] = [suffix]
    else:
        parts[-1] = parts[-1].removesuffix("/") + suffix


def _glue(parts: list[str]) -> str:
    out: list[str] = []
    slashed = False
    for part in parts:
        if not slashed and not part.startswith("/"):
            out.append("/")
        slashed = part.endswith("/")
        out.append(part)
    return "".join(out)
