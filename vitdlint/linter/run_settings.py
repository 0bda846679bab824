"""What a run is asked for: everything that decides it besides the files of the site."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from ..files.find_site import Located
from .incremental.store import program_id

if TYPE_CHECKING:  # a run that is recalled needs no rule
    from ..hugo.answers import Answers
    from .page_work import Pages


class RunSettings(NamedTuple):
    """How a site is checked. The last four do not change what is reported."""

    now: datetime
    """The current time: what it is to Hugo, and to everything that expires."""
    environment: str = "production"
    """Hugo's."""
    plugins: bool = True
    reference: bool = False
    """Use the reference parser and validator only."""
    external: bool = False
    """Check external links too, by the answers that `vitdlint links` has stored."""
    jobs: int | None = None
    """Worker processes; None for one a core."""
    hugo_said: Answers | None = None
    """What Hugo said when it was asked just now; None for what the file of the configuration says, if any."""
    cached: bool = True
    """Use the results that earlier runs have stored, and store those of this one."""
    started: int = 0
    """When the run began, in ns, before it looked at any file: one that is younger is not known by its times."""
    show: Callable[[Pages], AbstractContextManager[Pages]] = nullcontext
    """Wraps the work on pages in a display of its progress."""

    def key(self, located: Located, state: str = "") -> bytes:
        """What the report about a state of the site is stored under: all but the files that decides it."""
        said = None if self.hugo_said is None else tuple(self.hugo_said.lines())
        asked = (located.given, self.environment, not self.plugins, self.reference, said)
        what = repr((program_id(), located.config, located.notes, asked, state))
        return hashlib.blake2b(what.encode(), digest_size=16).digest()
