"""Renames as the protocol has them: of what is under the cursor, and of files that the editor is about to rename."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from . import rename
from .actions import checked, edit_of
from .diagnostics import offset, span
from .engine import Engine, State
from .features import seen
from .resident import Resident
from .server import Server, below
from .uris import path_of
from .workspace import site_of


def register(server: Server) -> None:
    """Rename pages, headings and terms."""
    filters = [types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file")]

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.Range | None:
        found = seen(server, params.text_document.uri)
        if found is None:
            return None
        document, view = found
        subject = rename.subject(view, offset(document.text, params.position))
        return span(document.text, subject.spot.start, subject.spot.end) if subject is not None else None

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename_here(params: types.RenameParams) -> types.WorkspaceEdit:
        state = await checked(server, server.document(params.text_document.uri))
        found = seen(server, params.text_document.uri)
        if found is None or state is None:
            raise _refused("the page is not part of a site, or not checked yet")
        document, view = found
        at, name = offset(document.text, params.position), params.new_name
        subject = rename.subject(view, at)
        if subject is None:
            raise _refused("only a slug or a term in front matter and a heading can be renamed")

        def plan(_: Engine) -> rename.Renamed:
            if subject.kind == "heading":
                return rename.heading(view, at, name)
            if subject.term is not None:
                return rename.term(state, subject.term, name)
            return rename.slug(state, document.path, name)

        try:
            renamed = await asyncio.wrap_future(document.site.ask(plan))
        except rename.RenameError as error:
            raise _refused(str(error)) from error
        if unsaved := _unsaved(server, document.root, state, renamed.texts):
            raise _refused(f"save {unsaved} first: it changes too")
        return edit_of(server, document.root, state, renamed.texts)

    @server.feature(types.WORKSPACE_WILL_RENAME_FILES, types.FileOperationRegistrationOptions(filters))
    async def will_rename(params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        if len(params.files) != 1:
            return None  # a move of several pages is a change of structure
        old, new = path_of(params.files[0].old_uri), path_of(params.files[0].new_uri)
        root = site_of(old) if old is not None else None
        site = server.sites.get(root) if root is not None else None
        if old is None or new is None or root is None or site is None:
            return None
        return await _moved(server, site, root, old, new)


async def _moved(
    server: Server, site: Resident, root: Path, old: Path, new: Path
) -> types.WorkspaceEdit | None:
    """The edits that go with the rename of a file; None where it is no page of the site."""
    source, target = below(root, old), below(root, new)
    state = await asyncio.wrap_future(site.current())
    if state is None or source is None or target is None:
        return None
    inside = any(path == source or path.startswith(f"{source}/") for path in state.site.addresses.outputs)
    if not inside:
        return None
    try:
        texts = (await asyncio.wrap_future(site.ask(lambda _: rename.file(state, source, target)))).texts
        unsaved = _unsaved(server, root, state, texts)
        problem = f"{unsaved} changes too, and is not saved" if unsaved else ""
    except rename.RenameError as error:
        problem = str(error)
    if problem:
        message = f"vitdlint: no link was changed: {problem}"
        server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))
        return None
    return edit_of(server, root, state, texts)


def _unsaved(server: Server, root: Path, state: State, texts: Iterable[str]) -> str:
    """One of these files of which the editor has another text than was checked, such as a configuration; '' if none."""
    opened = ((path, server.documents.at(root, path)) for path in texts)
    return next((path for path, each in opened if each and each.text.text != state.text_of(path)), "")


def _refused(message: str) -> JsonRpcException:
    return JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed)
