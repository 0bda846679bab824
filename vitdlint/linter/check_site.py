"""Check a site as it is on disk: the last report again if nothing has changed since, else only what has."""

from __future__ import annotations

from functools import partial

from ..core.model import Outcome
from ..files.find_site import Located
from .incremental.last_run import COARSE, digest, recalled
from .incremental.store import Cache, default_file
from .run_settings import RunSettings


def check_site(located: Located, settings: RunSettings) -> Outcome:
    """The outcome for the whole site; without its `site` if it was recalled. Raises ConfigError."""
    if not settings.cached or settings.external:
        from .session import open_session  # loads every rule

        return open_session(located, settings).check()
    cache = Cache(default_file(str(located.root)))
    key = settings.key(located)
    last, state = recalled(cache.recall(key), settings.now), None
    if last is not None:
        state = located.disk.state(last.folders, last.paths, settings.started - COARSE)
        if last.changed(state, partial(digest, located.disk)) == ():
            if state != last.state:
                cache.keep({key: last._replace(state=state).pickled()})
            return last.outcome
    from .rerun import SiteState, resume
    from .session import open_session

    state_now = SiteState(key, located.tree, located.disk, settings.started)
    return resume(open_session(located, settings, cache), state_now, last, state)
