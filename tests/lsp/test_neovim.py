"""A real editor: Neovim opens a page, shows findings, hovers, completes and applies a fix."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support.run import NOW, VITDLINT, write

pytest.importorskip("pygls")

DRIVE = """
local root, page, command, out = vim.env.SITE, vim.env.PAGE, vim.json and vim.json.decode(vim.env.COMMAND) or vim.fn.json_decode(vim.env.COMMAND), {}
vim.cmd('edit ' .. page)
local client = vim.lsp.start_client({ cmd = command, root_dir = root, init_options = { clock = vim.env.CLOCK } })
vim.lsp.buf_attach_client(0, client)
local function wait(what) return vim.wait(60000, what, 50) end
wait(function() return #vim.diagnostic.get(0) > 0 end)
out.found = vim.tbl_map(function(d) return { d.code or (d.user_data and d.user_data.lsp.code), d.lnum, d.col } end, vim.diagnostic.get(0))
local function ask(method, params)
  local answer = vim.lsp.buf_request_sync(0, method, params, 60000)
  for _, each in pairs(answer or {}) do return each.result end
end
local file = { uri = vim.uri_from_bufnr(0) }
out.hover = ask('textDocument/hover', { textDocument = file, position = { line = 4, character = 8 } })
out.completion = ask('textDocument/completion', { textDocument = file, position = { line = 4, character = 7 } })
local range = { start = { line = 4, character = 8 }, ['end'] = { line = 4, character = 8 } }
local actions = ask('textDocument/codeAction', { textDocument = file, range = range, context = { diagnostics = {} } })
for _, action in ipairs(actions) do
  if action.isPreferred then vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16') end
end
out.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')
wait(function() return #vim.diagnostic.get(0) < #out.found end)
out.after = #vim.diagnostic.get(0)
local file = io.open(vim.env.OUT, 'w')
file:write(vim.fn.json_encode(out))
file:close()
vim.lsp.stop_client(client)
"""


@pytest.mark.skipif(not shutil.which("nvim"), reason="Neovim is not installed")
def test_neovim_shows_findings_hovers_completes_and_fixes(tmp_path: Path) -> None:
    page = "content/posts/moon.md"
    root = write(
        tmp_path / "site",
        {
            "hugo.toml": "",
            "content/posts/sun.md": "---\ntitle: The Sun\naliases: [/old/]\n---\n\nText of the sun.\n",
            page: "---\ntitle: Moon\n---\n\n[old](/old/) \U0001f319 [none](/none/)\n",
        },
    )
    script = write(tmp_path, {"drive.lua": DRIVE}) / "drive.lua"
    env = {
        **os.environ,
        "SITE": str(root),
        "PAGE": str(root / page),
        "COMMAND": json.dumps([*VITDLINT, "lsp"]),
        "CLOCK": NOW,
        "OUT": str(tmp_path / "out.json"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    done = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-n", "-c", f"luafile {script}", "-c", "qa!"],
        env=env,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (tmp_path / "out.json").exists(), done.stderr
    out = json.loads((tmp_path / "out.json").read_text())
    assert [each[1:] for each in out["found"]] == [[4, 6], [4, 25]]  # in bytes, as Neovim counts
    assert "The Sun" in out["hover"]["contents"]["value"]
    assert any(item["label"] == "The Sun" for item in out["completion"]["items"])
    assert "[old](/posts/sun/)" in out["text"]
    assert out["after"] == 1
