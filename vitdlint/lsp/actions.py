"""Code actions: what an editor offers about the findings at a place."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from ..core.docs_url import docs_url, rule_url
from ..core.model import Diagnostic
from . import fixes
from .baseline import with_finding
from .changes import without_versions, workspace_edit
from .documents import Document
from .engine import State
from .server import Server, below

FIX_ALL = "source.fixAll.vitdlint"
MANUAL = "vitdlint.manual"
FEW = 8
"""Findings for each of which it is tried whether a comment can suppress it: each takes a parse of the page."""
_NOTHING = "nothing can be changed: the page has been edited since, or no comment can be put there"


def register(server: Server) -> None:
    """Offer fixes, suppressions and manuals."""
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL]
    options = types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = server.document(params.text_document.uri)
        state = await checked(server, document)
        if document is None or state is None:
            return []
        offered = list(_offered(server, document, state, params))
        only = params.context.only
        if only is not None:
            offered = [a for a in offered if any(_is_of(str(a.kind or ""), str(kind)) for kind in only)]
        if "edit" not in (server.can("text_document.code_action.resolve_support.properties") or ()):
            for action in offered:
                await _complete(server, action)
            offered = [a for a in offered if a.command is not None or _does_something(a)]
        return offered

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        await _complete(server, action)
        if not _does_something(action):
            raise JsonRpcException(_NOTHING, code=types.LSPErrorCodes.RequestFailed)
        return action

    @server.command(MANUAL)
    async def manual(url: str) -> None:
        await server.window_show_document_async(types.ShowDocumentParams(url, external=True))


async def checked(server: Server, document: Document | None) -> State | None:
    """The state that knows the text of an open page; None if there is none."""
    if document is None:
        return None
    state = await asyncio.wrap_future(document.site.current())
    now = server.document(document.uri)
    if state is None or now is None or state.texts.get(document.path, now.text.text) != now.text.text:
        return None
    return state


def _offered(
    server: Server, document: Document, state: State, params: types.CodeActionParams
) -> list[types.CodeAction]:
    start, end = (
        document.text.offset((p.line, p.character))  # type: ignore[arg-type]  # the same fields
        for p in (params.range.start, params.range.end)
    )
    here = fixes.at(state, document.path, start, end)
    offered: list[types.CodeAction] = []
    offered += [_fix(server, document, state, found, params) for found in here if found.fix is not None]
    rules = {found.name for found in fixes.fixable(here)}
    everywhere = fixes.fixable(state.found.get(document.path, ()))
    for rule in sorted(rules):
        if sum(found.name == rule for found in everywhere) > 1:
            offered.append(_later(f"Fix all {rule} in this file", document, {"do": "fix", "rule": rule}))
    if everywhere:
        offered.append(
            _later("Fix all that is safe in this file", document, {"do": "fix", "rule": None}, kind=FIX_ALL)
        )
    for found in here:
        data = {"rule": found.name, "start": found.place.start}
        if len(here) > FEW or fixes.suppressed(state, found):
            offered.append(_later(f"Suppress {found.name} here", document, {"do": "suppress", **data}))
        if state.recorded.takes(document.root, found):
            title = f"Add this {found.name} to the baseline"
            offered.append(_later(title, document, {"do": "baseline", **data}))
    docs = docs_url(state.session.project.config.keys.docs_url)
    for found in _first_of_each(here):
        url = rule_url(docs, found.code, found.name)
        if url is not None:
            title = f"Open the manual of {found.name}"
            command = types.Command(title, MANUAL, arguments=[url])
            offered.append(types.CodeAction(title, kind=types.CodeActionKind.QuickFix, command=command))
    return offered


def _fix(
    server: Server, document: Document, state: State, found: Diagnostic, params: types.CodeActionParams
) -> types.CodeAction:
    """The fix of one finding."""
    title, safe = (found.fix.title, found.fix.safe) if found.fix is not None else ("", False)
    return types.CodeAction(
        title if safe else f"{title} (unsafe: check the result)",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[d for d in params.context.diagnostics if d.code == found.name],
        is_preferred=safe,
        edit=edit_of(server, document.root, state, fixes.one(state, found)),
    )


def _does_something(action: types.CodeAction) -> bool:
    return action.edit is not None and bool(action.edit.changes or action.edit.document_changes)


def _first_of_each(found: list[Diagnostic]) -> list[Diagnostic]:
    return list({each.name: each for each in reversed(found)}.values())[::-1]


def _later(
    title: str, document: Document, data: Mapping[str, Any], kind: str = types.CodeActionKind.QuickFix
) -> types.CodeAction:
    """An action whose change is made when it is chosen."""
    return types.CodeAction(title, kind=kind, data={"uri": document.uri, **data})


async def _complete(server: Server, action: types.CodeAction) -> None:
    """Put the change into an action that has none yet."""
    data = action.data
    if not isinstance(data, dict) or action.edit is not None:
        return
    document = server.document(str(data.get("uri")))
    state = await checked(server, document)
    if document is None or state is None:
        return
    path, rule = document.path, data.get("rule")
    if data.get("do") == "fix":
        texts = await asyncio.wrap_future(document.site.ask(lambda _: fixes.all_in(state, path, rule)))
    else:
        found = next(
            (d for d in state.found.get(path, ()) if d.name == rule and d.place.start == data.get("start")),
            None,
        )
        texts = {}
        if found is not None and data.get("do") == "baseline":
            texts = _baselined(server, document, state, found)
        elif found is not None:
            texts = fixes.suppressed(state, found)
    action.edit = edit_of(server, document.root, state, texts)


def _baselined(server: Server, document: Document, state: State, found: Diagnostic) -> Mapping[str, str]:
    """The baseline with one more finding; what is not saved of it counts."""
    file, root = state.recorded.file, document.root
    path = below(root, file) if file is not None else None
    if file is None or path is None:
        return {}
    opened = server.documents.at(root, path)
    before = opened.text.text if opened is not None else state.text_of(path)
    after = with_finding(before or "", file, found, state.text_of)
    return {} if after is None else {path: after}


def edit_of(server: Server, root: Path, state: State, texts: Mapping[str, str]) -> types.WorkspaceEdit:
    """The change that makes new texts of a site's files, as the editor takes it; none if one has been edited since."""
    opened = ((path, server.documents.at(root, path)) for path in texts)
    if any(each and each.text.text != state.texts.get(path, each.text.text) for path, each in opened):
        texts = {}
    edit = workspace_edit(server.documents, root, state, texts, server.encoding)
    return edit if server.can("workspace.workspace_edit.document_changes") else without_versions(edit)


def _is_of(kind: str, wanted: str) -> bool:
    return kind == wanted or kind.startswith(f"{wanted}.")
