"""Work in a process beside this one has the result that it has here, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.run import write

from vitdlint.core import beside
from vitdlint.core.beside import WORTH_IT, begin, process_for
from vitdlint.linter.check_site import lint

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only there"),
    pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="needs a second core"),
]


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    yield
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def where() -> int:
    return os.getpid()


def test_large_work_is_done_elsewhere_and_little_work_here() -> None:
    assert begin(where, WORTH_IT)() != os.getpid()
    assert begin(where, WORTH_IT - 1)() == os.getpid()


def test_a_result_larger_than_a_pipe_comes_back_whole() -> None:
    assert begin(lambda: ["x" * 1_000_000, None], WORTH_IT)() == ["x" * 1_000_000, None]


def fails() -> int:
    raise MemoryError


def ends() -> int:
    os._exit(0)


def is_killed() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def gives_what_no_pickle_takes() -> Callable[[], None]:
    return lambda: None


@pytest.mark.parametrize("fault", [fails, ends, is_killed, gives_what_no_pickle_takes])
def test_what_fails_there_is_done_here(fault: Callable[[], object]) -> None:
    here = os.getpid()
    assert begin(lambda: "here" if os.getpid() == here else fault(), WORTH_IT)() == "here"


def test_half_a_result_is_none() -> None:
    def dies() -> bytes:
        threading.Timer(0.3, is_killed).start()
        return b"x" * 10_000_000

    process = process_for(dies)
    assert process is not None
    time.sleep(1)
    assert process.has_answered
    assert process.result() == b""


def test_an_error_of_the_work_itself_is_raised_here() -> None:
    with pytest.raises(MemoryError):
        begin(fails, WORTH_IT)()


def test_an_interrupt_is_left_to_the_parent() -> None:
    def slow() -> bytes:
        time.sleep(0.5)
        return b"done"

    process = process_for(slow)
    assert process is not None
    time.sleep(0.2)
    os.kill(process.number, signal.SIGINT)
    assert process.result() == b"done"


def test_beside_a_thread_it_is_done_here() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert begin(where, WORTH_IT)() == os.getpid()
    finally:
        ended.set()
        thread.join()


def test_a_report_is_the_same_with_processes_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "---\ntitle: Similar Page Number\ntags: [Tag {0}, tag-{1}]\naliases: [/same/, /a b/]\n---\n\n[x](/none-{0}/) [y](/p{1}/)\n"
    write(tmp_path, {"hugo.toml": "", **{f"content/p{n}.md": page.format(n % 7, n % 5) for n in range(30)}})
    write(tmp_path, {"vitdlint.toml": 'plugins = ["own.py"]\nselect = ["all"]\n'})
    write(
        tmp_path,
        {
            "own.py": '''"""Raises."""
from vitdlint import Good, Rule, Site

def check(site, options):
    """Raise."""
    raise ValueError("on purpose")
    yield

RULES = [Rule("XX001", "own-rule", on=Site, check=check, examples=(Good("x"),))]
'''
        },
    )
    without = lint(tmp_path, jobs=1, cached=False)
    assert without.crashed
    assert {"term-variants", "alias-collision", "dead-link"} <= {d.name for d in without.diagnostics}
    monkeypatch.setattr(beside, "WORTH_IT", 1)
    processes, fork = [], os.fork
    monkeypatch.setattr(os, "fork", lambda: processes.append(0) or fork())  # type: ignore[func-returns-value]
    assert lint(tmp_path, jobs=1, cached=False) == without
    assert processes
