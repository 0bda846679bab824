"""Changes of files as the protocol has them: nothing is written here, the editor applies them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lsprotocol import types

from .diagnostics import span
from .documents import Documents
from .engine import State
from .text import Text, differences


def workspace_edit(
    documents: Documents, root: Path, state: State, texts: Mapping[str, str], encoding: str
) -> types.WorkspaceEdit:
    """The change that makes new texts of files."""
    changes: list[types.TextDocumentEdit] = []
    for path, after in sorted(texts.items()):
        document = documents.at(root, path)
        before = document.text if document is not None else Text(state.text_of(path) or "", encoding)
        edits = [
            types.TextEdit(span(before, each.start, each.end), each.text)
            for each in differences(before.text, after)
        ]
        if not edits:
            continue
        identifier = types.OptionalVersionedTextDocumentIdentifier(
            documents.uri(root, path), document.version if document is not None else None
        )
        changes.append(types.TextDocumentEdit(identifier, edits))
    return types.WorkspaceEdit(document_changes=changes)


def without_versions(edit: types.WorkspaceEdit) -> types.WorkspaceEdit:
    """The same for an editor that knows no versions."""
    changes: dict[str, list[types.TextEdit]] = {}
    for change in edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
            changes.setdefault(change.text_document.uri, []).extend(edits)
    return types.WorkspaceEdit(changes=changes)
