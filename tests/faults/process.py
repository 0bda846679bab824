"""The command line in a forked process, which may die at any moment, and the site that it works on."""

from __future__ import annotations

import faulthandler
import gc
import mmap
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from support.run import NOW, write

from vitdlint.cli import app
from vitdlint.cli.links import links
from vitdlint.cli.options import LinksOptions

PAGES = 12
CHANGES = frozenset(
    ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "sqlite3.connect")
)
"""Audit events at which a process may be killed: what it does to files."""


class Done(NamedTuple):
    """How a process ended."""

    code: int
    """Its exit code; negative for a signal."""
    out: str
    err: str

    def plain(self) -> str:
        """What is wrong with how it ended, however it had to end; nothing if it is right."""
        if self.code not in (0, 1, 2):
            return f"exit code {self.code}: {self.err[-2000:]}"
        if "Traceback" in self.err:
            return f"a traceback: {self.err[-2000:]}"
        if self.code == 2 and not self.err.strip():
            return "exit code 2 without a word"
        return ""


def run(
    folder: Path,
    *argv: str,
    before: Callable[[], object] = lambda: None,
    after_start: Callable[[int], object] = lambda _pid: None,
) -> Done:
    """One command line in a forked process. `before` runs in it, `after_start` beside it with its number."""
    (out, child_out), (err, child_err) = os.pipe(), os.pipe()  # not files, which a full disk would cut
    pid = os.fork()
    if not pid:
        _become(folder, argv, child_out, child_err, before)
    os.close(child_out)
    os.close(child_err)
    after_start(pid)
    texts = []
    for end in (out, err):
        with open(end, encoding="utf-8", errors="replace") as stream:
            texts.append(stream.read())
    return Done(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), *texts)


def _become(folder: Path, argv: tuple[str, ...], out: int, err: int, before: Callable[[], object]) -> None:
    code = 3
    try:
        os.chdir(folder)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout, sys.stderr = (open(fd, "w", encoding="utf-8", closefd=False) for fd in (1, 2))  # noqa: SIM115  # for the rest of the process
        faulthandler.dump_traceback_later(120, exit=True, file=sys.stderr)
        os.environ |= {"XDG_CACHE_HOME": str(folder / ".cache"), "NO_COLOR": "1"}
        before()
        code = local_links() if argv == ("links",) else app.run(argv)
        sys.stdout.flush()
        gc.collect()  # as the end of a program does: what is open is closed
    except BaseException:  # noqa: BLE001  # a child must never go on as its parent
        import traceback

        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(code)


def local_links() -> int:
    """The command `links`, allowed to ask this machine. The address of the server is in the pages."""

    async def resolve(_host: str) -> list[str]:
        return ["127.0.0.1"]

    asked = LinksOptions()._replace(clock=NOW, no_cache=True, jobs=1, exit_zero=True)
    return links(asked, resolve=resolve, allow=lambda address: address == "127.0.0.1")


def dies_at(number: int, calls: int, changes: mmap.mmap | None = None) -> Callable[[], None]:
    """For `before`: the process ends so many calls after its n-th change of a file, without another instruction.

    `changes` is memory shared with the parent, and counts them.
    """

    def start() -> None:
        count, left = 0, calls

        def hook(name: str, args: Any) -> None:
            nonlocal count
            if name not in CHANGES or (name == "open" and not _writes(args)):
                return
            count += 1
            if changes:
                changes[:4] = count.to_bytes(4)
            if count == number:
                sys.setprofile(called)

        def called(*_: object) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)

    return start


def _writes(args: tuple[Any, ...]) -> bool:
    return bool(args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def dies_after(seconds: float) -> Callable[[int], None]:
    """For `after_start`: kill -9 from outside, at any moment."""

    def kill(pid: int) -> None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)

    return kill


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        time.sleep(0.002)
        self.send_response(404 if self.path.endswith("7") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815  # as http.server names it

    def log_message(self, *_: object) -> None:
        pass


def serve() -> tuple[int, int]:
    """A web server in a process of its own: its port, and its number, to end it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who asks may be killed
    pid = os.fork()
    if not pid:
        server.serve_forever()
    server.server_close()
    return server.server_address[1], pid


def site(root: Path, port: int = 9) -> Path:
    """A site with something to fix, to move, to ask and to record on every page."""
    files = {
        "hugo.toml": "[markup.goldmark.renderer]\nunsafe = true\n",
        "vitdlint.toml": 'baseline = "baseline.json"\n[links]\ninterval = 0.0\nsecond-try = 0.01\ndeadline = 2.0\n'
        f'[links.endpoints]\ncontrol = "http://vitd.test:{port}/"\n',
        "baseline.json": '{"version": 1, "findings": {}}\n',
        ".gitignore": "public\n",
        ".gitattributes": "*.md text\n",
    }
    for i in range(PAGES):
        files[f"content/posts/p{i}.md"] = (
            f'---\ntitle: "Page {i} "\naliases: [/old-{i}]\n---\n\n[a](/posts/p1/#x) [b](/old-{(i + 1) % PAGES}) [c](/nowhere/{i})\n\n'
            f"[d](http://vitd.test:{port}/{i}) https://vitd.test/?utm_source=a\u200b [e](p1.md)\n"
        )
    return write(root, files)


def state(root: Path) -> Mapping[str, bytes]:
    """Every file of the site, but for the cache, and what `write_whole` removes when it writes that file again."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.parts and ".new-" not in path.name
    }
