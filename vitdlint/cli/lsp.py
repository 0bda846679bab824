"""`vitdlint lsp`: the language server for editors."""

from __future__ import annotations

import gc

from ..core.errors import UsageError
from ..core.model import Exit
from .options import LspOptions


def lsp(options: LspOptions) -> int:
    """Serve until the editor ends; the exit code."""
    gc.disable()  # looked for when nobody waits, see lsp/resident.py
    try:
        from ..lsp.serve import serve  # a second, for this command alone
    except ImportError as error:
        if not (error.name or "").startswith(("pygls", "lsprotocol")):
            raise
        raise UsageError("the language server needs the extra: pip install 'vitdlint[lsp]'") from error
    serve(options.port)
    return Exit.CLEAN
