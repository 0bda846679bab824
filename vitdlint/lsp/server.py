"""The protocol: what the editor says becomes texts for the sites, and what they find becomes messages to it."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from .. import __version__
from ..core.docs_url import docs_url
from ..core.model import Diagnostic
from .diagnostics import Wanted, shown
from .documents import Document, Documents
from .engine import Engine, State
from .progress import Progress
from .protocol import Protocol
from .resident import Found, Resident
from .text import Text, without_halves
from .uris import path_of
from .workspace import site_of, sites_in

CLOSED = -1
"""The version of what was sent about a file that has been closed since."""


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self) -> None:
        super().__init__(
            "vitdlint",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=Protocol,
        )
        self.documents = Documents()
        self.sites: dict[Path, Resident] = {}
        self._outside: set[Path] = set()
        """Those that the workspace had before: they are there for files that are open."""
        self._ended: dict[Path, Resident] = {}
        """The last one of each root that has been left."""
        self.encoding = "utf-16"
        self.pulls = False
        """Whether the editor asks for the findings of open files by itself."""
        self._pulls_all = False
        """Whether it has asked for those of all files."""
        self._pulled: dict[tuple[Path, str], tuple[tuple[Diagnostic, ...], str]] = {}
        """What it was answered last for each file, under which name."""
        self._polls = True
        self._options: dict[str, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sent: dict[tuple[Path, str], tuple[tuple[Diagnostic, ...], int | None]] = {}
        self._answers = itertools.count(1)
        self._first: dict[tuple[Path, str], Found] = {}
        """What was found on open pages alone, until their site is checked."""
        self._awaited: set[tuple[tuple[Path, str], asyncio.Future[None]]] = set()
        """Set when that comes."""
        self._problems: dict[Path, str] = {}

    def begin(self, params: types.InitializeParams) -> None:
        """Take what the editor says about itself."""
        self._loop = asyncio.get_running_loop()
        agreed = self.workspace.position_encoding
        self.encoding = str(getattr(agreed, "value", agreed) or "utf-16")
        if isinstance(params.initialization_options, dict):
            self._options = params.initialization_options
        self._polls = not self.can("workspace.did_change_watched_files.dynamic_registration")
        self.pulls = self.can("text_document.diagnostic") is not None

    def can(self, ability: str) -> Any:
        """What the editor has said about an ability, named by its path; None if it has said nothing."""
        return get_capability(self.client_capabilities, ability)

    async def start(self) -> None:
        """Open the sites of the workspace, and ask for news of files."""
        self.open_folders()
        if not self._polls:
            watcher = types.FileSystemWatcher("**/*")
            options = types.DidChangeWatchedFilesRegistrationOptions([watcher])
            registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            with suppress(Exception):  # then the disk is looked at when a file is saved
                await self.client_register_capability_async(types.RegistrationParams([registration]))
        for site in self.sites.values():
            site.look()  # of what has changed until now there was no news

    def open_folders(self) -> None:
        """Open the sites in the folders of the workspace. Those in none of them end with their last open file."""
        paths = [path_of(folder.uri) for folder in self.workspace.folders.values()]
        wanted = {root for path in paths if path is not None for root in sites_in(path)}
        for root in wanted:
            self.site(root)
        self._outside = self.sites.keys() - wanted
        self._end_sites()

    def _end_sites(self) -> None:
        for root in [root for root in self._outside if not self.documents.any_of(root)]:
            self._outside.remove(root)
            self._ended[root] = self.sites.pop(root)
            self._ended[root].end(leaves=True)

    def site(self, root: Path) -> Resident:
        """The site of that root, opened if it is not yet."""
        site = self.sites.get(root)
        if site is None:
            progress = Progress(self, self.to_editor, root.name)
            engine = Engine(
                root,
                trusted=self._options.get("trusted") is True,
                environment=str(self._options.get("environment") or "production"),
                clock=str(self._options["clock"]) if self._options.get("clock") else None,
                show=progress.show,
            )
            site = self.sites[root] = Resident(
                engine,
                lambda found: self._publish(root, found),
                polls=self._polls,
                after=self._ended.pop(root, None),
            )
            site.look()
            site.start()
        return site

    def put(self, uri: str, version: int | None, text: str) -> None:
        """An open file has that text."""
        known = self.documents.get(uri)
        if known is not None:
            root, path, site = known.root, known.path, known.site
        else:
            file = path_of(uri)
            found = site_of(file) if file is not None else None
            below_it = below(found, file) if file is not None and found is not None else None
            if found is None or below_it is None:
                return
            root, path, site = found, below_it, self.site(found)
            if self.pulls:
                self._take_back(root, path)  # it asks for them from now on
        text = without_halves(text)
        self.documents.put(Document(uri, root, path, version, Text(text, self.encoding), site))
        site.hold(path, text)

    def close(self, uri: str) -> None:
        """A file is open no more."""
        document = self.documents.pop(uri)
        if document is not None:
            place = document.root, document.path
            if place in self._sent:
                self._sent[place] = (self._sent[place][0], CLOSED)  # is sent again, also if nothing is left
            other = self.documents.at(*place)
            document.site.hold(document.path, other.text.text if other is not None else None)
            self._end_sites()

    def document(self, uri: str) -> Document | None:
        """The open file of that URI; one that is not open is none."""
        return self.documents.get(uri)

    def to_editor(self, send: Callable[[], object]) -> None:
        """Send a message from another thread."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(send)

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002  # pygls names it
        """What is wrong with a message goes to the editor's log; a request has its answer already."""
        if isinstance(error, JsonRpcException) and error.code == types.LSPErrorCodes.RequestFailed:
            return  # it says why nothing can be done
        with suppress(Exception):
            if isinstance(
                error, ValueError | RecursionError
            ):  # no JSON, so nobody knows which request it was
                wrong = types.ResponseError(types.ErrorCodes.ParseError, f"this is not JSON: {error}")
                self.protocol._send_response(None, error=wrong)  # type: ignore[arg-type]  # noqa: SLF001  # as JSON-RPC wants it
            self.window_log_message(
                types.LogMessageParams(types.MessageType.Error, f"{type(error).__name__}: {error}")
            )

    async def diagnostics_of(self, document: Document) -> list[types.Diagnostic]:
        """The findings of one open file; of the page alone while the site is checked, if the editor then asks again."""
        whole, place = asyncio.wrap_future(document.site.current()), (document.root, document.path)
        while self.can("workspace.diagnostics.refresh_support") and not whole.done():
            first = self._first.get(place)
            if first is not None and first.texts.get(document.path) == document.text.text:
                whole.cancel()
                return self._shown(document.root, first)(first.diagnostics.get(document.path, ()))
            news = asyncio.get_running_loop().create_future()
            self._awaited.add((place, news))
            try:
                await asyncio.wait({whole, news}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._awaited.remove((place, news))
        state = await whole
        if state is None:
            return []
        found = Found(state, state.texts, state.found, whole=True)
        return self._shown(document.root, found)(state.found.get(document.path, ()))

    def pull_all(self) -> None:
        """The editor asks for the findings of all files from now on: nothing is sent unasked."""
        if not self._pulls_all:
            self._pulls_all = True
            for root, path in list(self._sent):
                self._take_back(root, path)

    def reports(
        self, root: Path, state: State, before: Mapping[str, str]
    ) -> Iterator[types.WorkspaceDocumentDiagnosticReport]:
        """The findings of each file of a site; `before` has the names of the answers that the editor has, by URI."""
        convert = self._shown(root, Found(state, state.texts, state.found, whole=True))
        gone = {path for where, path in self._pulled if where == root} - state.found.keys()
        for path in sorted(state.found.keys() | gone):
            found, uri = state.found.get(path, ()), self.documents.uri(root, path)
            known, name = self._pulled.get((root, path), (None, ""))
            if known is not found:
                name = f"{next(self._answers)}"
                self._pulled[root, path] = (found, name)
            if path in gone and path not in state.site.pages:
                del self._pulled[root, path]
            document = self.documents.at(root, path)
            version = document.version if document is not None else None
            if before.get(uri) == name:
                yield types.WorkspaceUnchangedDocumentDiagnosticReport(uri, name, version)
            else:
                yield types.WorkspaceFullDocumentDiagnosticReport(
                    uri, convert(found), version, result_id=name
                )

    def reports_of_left(self) -> Iterator[types.WorkspaceDocumentDiagnosticReport]:
        """That there is nothing more to report on the files of sites that the workspace has no more."""
        for root, path in [place for place in self._pulled if place[0] not in self.sites]:
            del self._pulled[root, path]
            yield types.WorkspaceFullDocumentDiagnosticReport(self.documents.uri(root, path), [])

    def _take_back(self, root: Path, path: str) -> None:
        """Remove what was sent about a file."""
        if self._sent.pop((root, path), None) is not None:
            uri = self.documents.uri(root, path)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _send(self, root: Path, path: str, params: types.PublishDiagnosticsParams) -> None:
        """Send the findings of a file, unless the editor has begun to ask for them meanwhile."""
        asks = self._pulls_all or (self.pulls and self.documents.at(root, path) is not None)
        if not asks:
            self.text_document_publish_diagnostics(params)

    def _shown(self, root: Path, found: Found) -> Callable[[tuple[Diagnostic, ...]], list[types.Diagnostic]]:
        state = found.state
        read = self.documents.reader(
            root,
            found.texts,
            state.text_of if state is not None else lambda _: None,
            self.encoding,
        )
        docs = docs_url(state.session.project.config.keys.docs_url if state is not None else "")
        said = "text_document.publish_diagnostics"
        wanted = Wanted(
            docs if self.can(f"{said}.code_description_support") else "",
            related=bool(self.can(f"{said}.related_information")),
            tags=self.can(f"{said}.tag_support") is not None,
        )
        return lambda found: shown(found, read, lambda path: self.documents.uri(root, path), wanted)

    def _publish(self, root: Path, found: Found) -> None:
        """Called from a site's thread."""
        if found.problem:
            if self._problems.get(root) != found.problem:
                self._problems[root] = found.problem
                message = types.ShowMessageParams(types.MessageType.Error, f"vitdlint: {found.problem}")
                self.to_editor(lambda: self.window_show_message(message))
            return
        self._problems.pop(root, None)
        if found.whole:
            for place in [place for place in list(self._first) if place[0] == root]:
                self._first.pop(place, None)
        else:
            self._first |= {(root, path): found for path in found.diagnostics}
            self.to_editor(partial(self._come, root, found.diagnostics))
        convert = self._shown(root, found)
        paths = set(found.diagnostics)
        if found.whole:
            paths |= {path for where, path in list(self._sent) if where == root}
            paths |= found.texts.keys()
        refresh = False
        for path in sorted(paths):
            document, diagnostics = self.documents.at(root, path), found.diagnostics.get(path, ())
            if document is not None and found.texts.get(path, document.text.text) != document.text.text:
                continue  # it has another text by now, which is checked next
            if self._pulls_all or (document is not None and self.pulls):
                refresh = refresh or (found.whole and self._sent.get((root, path), ((), 0))[0] != diagnostics)
                self._sent[root, path] = (diagnostics, None)
                if not diagnostics and document is None:
                    del self._sent[root, path]
                continue
            version = document.version if document is not None else None
            if self._sent.get((root, path), ((), None)) == (diagnostics, version):
                continue
            self._sent[root, path] = (diagnostics, version)
            if not diagnostics and document is None:
                del self._sent[root, path]
            params = types.PublishDiagnosticsParams(
                self.documents.uri(root, path), convert(diagnostics), version
            )
            self.to_editor(partial(self._send, root, path, params))
        if refresh:
            self.to_editor(self._refresh)

    def _come(self, root: Path, paths: Iterable[str]) -> None:
        """Pages were looked at alone: whoever waits for one goes on."""
        places = {(root, path) for path in paths}
        for place, news in self._awaited:
            if place in places and not news.done():
                news.set_result(None)

    def _refresh(self) -> None:
        if self.can("workspace.diagnostics.refresh_support"):
            self.workspace_diagnostic_refresh(None)


def below(root: Path, file: Path) -> str | None:
    """The path of a file below its site's root.

    Hugo follows a link that is the content folder itself; of others, what they lead to is meant.
    """
    for above in file.parents if ".." not in file.parts else ():
        if os.path.realpath(above) == str(root):
            path = file.relative_to(above)
            if not any((above / folder).is_symlink() for folder in path.parents[:-2]):
                return path.as_posix()
            break
    try:
        return (file.parent.resolve() / file.name).relative_to(root).as_posix()
    except (OSError, ValueError):
        return None
