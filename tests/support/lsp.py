"""A client of the language server: it writes and reads the protocol's bytes itself."""

from __future__ import annotations

import itertools
import json
import os
import queue
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

from support.run import NOW, VITDLINT


class Client:
    """One server in a process of its own."""

    def __init__(
        self,
        root: Path,
        *,
        options: dict[str, Any] | None = None,
        start: bool = True,
        port: int | None = None,
        **capabilities: Any,
    ) -> None:
        self.root = root
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        """What was published last, by path below the root."""
        self.messages: list[dict[str, Any]] = []
        """All other notifications, and requests of the server."""
        self._numbers = itertools.count(1)
        self._news: queue.Queue[dict[str, Any]] = queue.Queue()
        self._process = subprocess.Popen(
            [*VITDLINT, "lsp", *([] if port is None else [f"--port={port}"])],
            cwd=root,
            env={**os.environ, "XDG_CACHE_HOME": str(root.parent / f"{root.name}.cache")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout
        if port is not None:
            with connected(port, self._process) as connection:
                self._in, self._out = connection.makefile("wb"), connection.makefile("rb")
        self._errors: list[bytes] = []
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._drain)]
        for thread in self._threads:
            thread.start()
        self.capabilities: dict[str, Any] = {}
        if start:
            self.initialize(options, **capabilities)

    def initialize(self, options: dict[str, Any] | None = None, **capabilities: Any) -> None:
        answer = self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": self.root.as_uri(),
                "workspaceFolders": [{"uri": self.root.as_uri(), "name": self.root.name}],
                "capabilities": capabilities,
                "initializationOptions": {"clock": NOW, **(options or {})},
            },
        )
        self.capabilities = answer["capabilities"]
        self.notify("initialized", {})

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def errors(self) -> str:
        return b"".join(self._errors).decode("utf-8", "replace")

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self._in.write(data)
        self._in.flush()

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def notify(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> dict[str, Any]:
        """The whole answer, an error too."""
        number = next(self._numbers)
        self.send({"id": number, "method": method, "params": params})
        return self.until(
            lambda message: message if message.get("id") == number and "method" not in message else None
        )

    def ask(self, method: str, params: Any) -> Any:
        answer = self.request(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def open(self, path: str, text: str | None = None, version: int = 1) -> None:
        if text is None:
            text = (self.root / path).read_bytes().decode()
        document = {"uri": self.uri(path), "languageId": "markdown", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, path: str, text: str, version: int) -> None:
        document = {"uri": self.uri(path), "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def close(self, path: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(path)}})

    def save(self, path: str, text: str) -> None:
        (self.root / path).write_bytes(text.encode())
        self.notify("textDocument/didSave", {"textDocument": {"uri": self.uri(path)}})

    def at(self, method: str, path: str, line: int, character: int, **more: Any) -> Any:
        """Ask about a position."""
        where = {"textDocument": {"uri": self.uri(path)}, "position": {"line": line, "character": character}}
        return self.ask(f"textDocument/{method}", {**where, **more})

    def settled(self) -> None:
        """Wait until the server has checked all that it was sent."""
        self.ask("vitdlint/settled", {})

    def names(self, path: str) -> list[str]:
        """The rules of what is published about a file."""
        return [d["code"] for d in self.diagnostics.get(path, [])]

    def until(self, wanted: Callable[[dict[str, Any]], Any], timeout: float = 60) -> Any:
        """Read messages until one is wanted."""
        end = time.monotonic() + timeout
        while True:
            try:
                message = self._news.get(timeout=max(end - time.monotonic(), 0.01))
            except queue.Empty:
                raise AssertionError(f"no answer; stderr: {self.errors}") from None
            self._take(message)
            if (found := wanted(message)) is not None:
                return found

    def published(self, path: str, version: int | None = None) -> list[dict[str, Any]]:
        """Wait for the findings of a file, of that version of its text."""
        uri = self.uri(path)

        def wanted(message: dict[str, Any]) -> Any:
            params = message.get("params") or {}
            if message.get("method") != "textDocument/publishDiagnostics" or params["uri"] != uri:
                return None
            return params["diagnostics"] if version is None or params.get("version") == version else None

        found: list[dict[str, Any]] = self.until(wanted)
        return found

    def end(self) -> int:
        """Shut down as an editor does; the exit code."""
        if self._process.poll() is None:
            self.ask("shutdown", None)
            self.notify("exit", None)
        return self._process.wait(20)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self.kill()
        for thread in self._threads:
            thread.join(10)
        pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        for stream in (self._in, self._out, *pipes):
            with suppress(BrokenPipeError):
                if stream is not None:
                    stream.close()

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            params = message["params"]
            path = params["uri"].removeprefix(self.root.as_uri() + "/")
            self.diagnostics[path] = params["diagnostics"]
        elif method is not None:
            self.messages.append(message)
            if "id" in message:
                self.send({"id": message["id"], "result": None})

    def _read(self) -> None:
        out = self._out
        while header := out.readline():
            if header.lower().startswith(b"content-length:"):
                size = int(header.split(b":")[1])
                while out.readline().strip():
                    pass
                self._news.put(json.loads(out.read(size)))

    def _drain(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._errors.append(line)


def connected(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    """A connection to a server that has just been started."""
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except OSError:
            assert process.poll() is None, "the server has ended"
            time.sleep(0.1)
    raise AssertionError("the server does not listen")
