"""Break what is around the program, and look at what it makes of it.

    make faults [KILLS=100] [SEED=1] [WRITER='--fix'] [ONLY='part of a name']

Kills every command that writes at random moments, KILLS times in all; then tries every condition of `conditions.py` once. Ends
with 1 if content was lost, something was left behind, or an exit code or message is not what the README promises.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from .conditions import CONDITIONS, SkipError
from .kills import WRITERS, Lost, killed, unkilled
from .process import serve


def kill(count: int, seed: str, writers: list[str], show: Callable[[str], None]) -> int:
    """So many kills of these writers in turn; how many lost something."""
    port, server = serve()
    failures = 0
    try:
        for name in writers:
            whole = unkilled(WRITERS[name], port)
            hit = Counter[bool]()
            for number in range(count // len(writers)):
                try:
                    hit[bool(killed(WRITERS[name], whole, Random(f"{seed} {name} {number}"), port))] += 1
                except Lost as lost:
                    failures += 1
                    show(
                        f"{name} killed {lost}\nrepeat it with: make faults SEED={seed} WRITER={name} KILLS={number + 1} ONLY=-"
                    )
            show(
                f"{name}: killed {hit[True]} times, {hit[False]} times at its end; {failures} failures so far"
            )
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
    return failures


def meet(only: str, show: Callable[[str], None]) -> int:
    """Every condition once; how many were not met well. Says what this machine does not permit."""
    failures = 0
    for name, condition in CONDITIONS.items():
        if only not in name:
            continue
        try:
            condition()
        except SkipError as reason:
            show(f"{name}: skipped, {reason}")
        except (AssertionError, Lost) as error:
            failures += 1
            show(f"{name}: {error}\nrepeat it with: make faults KILLS=0 ONLY='{name}'")
        else:
            show(f"{name}: right")
    return failures


def main() -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="faults", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", default=time.strftime("%Y%m%d%H%M%S"))
    parser.add_argument("--writer", choices=WRITERS)
    parser.add_argument("--only", default="", help="conditions whose name has this")
    asked = parser.parse_args()

    def show(text: str) -> None:
        print(text, flush=True)

    show(f"seed {asked.seed}")
    writers = [asked.writer] if asked.writer else list(WRITERS)
    failures = kill(asked.kills, asked.seed, writers, show) if asked.kills else 0
    failures += meet(asked.only, show)
    show(f"{failures} failures")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
