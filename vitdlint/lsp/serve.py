"""Start the server: which message does what."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

from lsprotocol import types

from . import actions, features, renames
from .server import Server


def serve(port: int | None) -> None:
    """Serve one editor, on standard input and output, or on a local port."""
    server = server_of()
    if port is not None:
        server.start_tcp("127.0.0.1", port)
        return
    # The protocol alone is on standard output: what a plug-in prints goes to the log.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    server.start_io(sys.stdin.buffer, out)


def server_of() -> Server:
    """A server with everything that it answers."""
    server = Server()
    _life(server)
    _texts(server)
    features.register(server)
    actions.register(server)
    renames.register(server)
    return server


def _life(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)
        if server.pulls:
            _pull(server)

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        await server.start()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(_params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.open_folders()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        if any(_makes_a_site(change.uri) for change in params.changes):
            server.open_folders()
        for site in server.sites.values():
            site.look()

    @server.feature("vitdlint/settled")
    async def settled(_params: Any) -> None:
        """For programs: answers when all that was said before is checked."""
        for site in list(server.sites.values()):
            await asyncio.wrap_future(site.current())

    @server.feature(types.SHUTDOWN)
    def shutdown(_params: None) -> None:
        for site in server.sites.values():
            site.end()


def _makes_a_site(uri: str) -> bool:
    """Whether a file can be the configuration of a site."""
    return uri.rpartition("/")[2].startswith(("hugo.", "config.")) or "/config/_default" in uri


def _texts(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        server.put(document.uri, document.version, document.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        if not params.content_changes:
            return
        document = server.workspace.get_text_document(params.text_document.uri)
        server.put(params.text_document.uri, params.text_document.version, document.source)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        document = server.document(params.text_document.uri)
        sites = server.sites.values() if document is None else [document.site]
        for site in sites:
            site.look()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)


def _pull(server: Server) -> None:
    options = types.DiagnosticOptions(
        identifier="vitdlint", inter_file_dependencies=True, workspace_diagnostics=True
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def pulled(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        document = server.document(params.text_document.uri)
        found = await server.diagnostics_of(document) if document is not None else []
        return types.RelatedFullDocumentDiagnosticReport(found)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def pulled_all(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        server.pull_all()
        before = {each.uri: each.value for each in params.previous_result_ids}
        reports: list[types.WorkspaceDocumentDiagnosticReport] = []
        for root, site in list(server.sites.items()):
            state = await asyncio.wrap_future(site.current())
            if state is not None:
                reports += server.reports(root, state, before)
        reports += server.reports_of_left()
        return types.WorkspaceDiagnosticReport(reports)
