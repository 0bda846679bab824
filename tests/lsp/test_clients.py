"""Neovim, Emacs and VS Code as pytest-lsp knows them: each gets what it has said that it can take, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.run import NOW, VITDLINT, write

pytest.importorskip("pygls")
pytest_lsp = pytest.importorskip("pytest_lsp")
types = pytest.importorskip("lsprotocol.types")

LanguageClient = pytest_lsp.LanguageClient
# What is never answered would be waited for without an end.
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]

EARTH, MOON, SUN = (f"content/posts/{name}.md" for name in ("earth", "moon", "sun"))
PAGES = {
    "hugo.toml": "[markup.goldmark.renderer]\nunsafe = true\n",
    SUN: "---\ntitle: The Sun\nslug: star\naliases: [/old/]\n---\n\nText of the sun.\n",
    MOON: "---\ntitle: Moon\n---\n\n\U0001f319 [old](/old/) [none](/none/) <a href='www.example.org/a'>x</a> [earth](/posts/earth/)\n",
    "vitdlint.toml": 'docs-url = "https://example.org/manual/"\n',
    EARTH: "---\ntitle: Earth\n---\n\nText.\n",
    "content/a.md": "---\ntitle: A\nslug: twin\n---\n\nText.\n",
    "content/b.md": "---\ntitle: B\nslug: twin\n---\n\nText.\n",
}
EDITORS = ("neovim@v0.7", "neovim@v0.11", "emacs", "visual-studio-code")


@pytest.fixture(scope="module", autouse=True)
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("clients")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield write(folder / "site", PAGES)


@pytest_lsp.fixture(
    scope="module",
    params=EDITORS,
    config=pytest_lsp.ClientServerConfig(server_command=[*VITDLINT, "lsp"]),
)
async def editor(request: Any, lsp_client: LanguageClient, root: Path) -> AsyncIterator[None]:
    params = types.InitializeParams(
        pytest_lsp.client_capabilities(request.param),
        root_uri=root.as_uri(),
        workspace_folders=[types.WorkspaceFolder(root.as_uri(), "site")],
        initialization_options={"clock": NOW},
    )
    lsp_client.answer = await lsp_client.initialize_session(params)
    lsp_client.uri = lambda path: (root / path).as_uri()
    for path in (MOON, SUN):
        item = types.TextDocumentItem(lsp_client.uri(path), "markdown", 1, PAGES[path])
        lsp_client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await lsp_client.protocol.send_request_async("vitdlint/settled", {})
    yield
    await lsp_client.shutdown_session()


def encoding(editor: Any) -> str:
    return str(editor.answer.capabilities.position_encoding)


def units(editor: Any, text: str) -> int:
    """The width of a text as the editor counts."""
    name = encoding(editor)
    return (
        len(text.encode(f"{name}-le" if name != "utf-8" else name))
        // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[name]
    )


def at(editor: Any, path: str, mark: str) -> types.Position:
    """The position where a text begins in a page."""
    before = PAGES[path][: PAGES[path].index(mark)]
    return types.Position(before.count("\n"), units(editor, before.rpartition("\n")[2]))


def place(editor: Any, path: str, mark: str) -> dict[str, Any]:
    return {
        "text_document": types.TextDocumentIdentifier(editor.uri(path)),
        "position": at(editor, path, mark),
    }


def applied(editor: Any, edit: types.WorkspaceEdit) -> dict[str, str]:
    """The pages that an edit changes, after it; an editor without `documentChanges` takes `changes` alone."""
    said = editor.capabilities.workspace.workspace_edit
    if said is not None and said.document_changes:
        assert edit.changes is None
        changes = {each.text_document.uri: each.edits for each in edit.document_changes}
    else:
        assert edit.document_changes is None
        changes = edit.changes
    return {
        path: edited(editor, path, changes[editor.uri(path)]) for path in PAGES if editor.uri(path) in changes
    }


def edited(editor: Any, path: str, edits: list[types.TextEdit]) -> str:
    lines = PAGES[path].split("\n")

    def offset(position: types.Position) -> int:
        line = lines[position.line]
        width = next(n for n in range(len(line) + 1) if units(editor, line[:n]) == position.character)
        return sum(len(each) + 1 for each in lines[: position.line]) + width

    text = PAGES[path]
    for edit in sorted(edits, key=lambda each: offset(each.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


async def found(editor: Any, path: str) -> list[types.Diagnostic]:
    """The findings of an open page, as the editor gets them."""
    if editor.capabilities.text_document.diagnostic is None:
        return list(editor.diagnostics[editor.uri(path)])
    assert not editor.diagnostics.get(editor.uri(path))  # not sent as well
    asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(editor.uri(path)))
    return list((await editor.text_document_diagnostic_async(asked)).items)


async def actions(editor: Any, mark: str) -> dict[str, types.CodeAction]:
    start = at(editor, MOON, mark)
    asked = types.CodeActionParams(
        types.TextDocumentIdentifier(editor.uri(MOON)),
        types.Range(start, start),
        types.CodeActionContext(await found(editor, MOON)),
    )
    return {action.title: action for action in await editor.text_document_code_action_async(asked)}


async def test_findings_are_where_the_editor_counts_them(editor: Any) -> None:
    got = [(each.code, each.range.start) for each in await found(editor, MOON)]
    assert got == [
        ("link-to-alias", at(editor, MOON, "/old/")),
        ("dead-link", at(editor, MOON, "/none/")),
        ("missing-scheme", at(editor, MOON, "www.")),
    ]


async def test_links_and_related_places_go_to_editors_that_show_them(editor: Any) -> None:
    said = editor.capabilities.text_document.publish_diagnostics
    twins = [
        each
        for path in ("content/a.md", "content/b.md")
        for each in editor.diagnostics.get(editor.uri(path), ())
    ]
    assert [each.code for each in twins] == ["url-collision"]
    assert (twins[0].related_information is not None) == bool(said.related_information)
    assert (twins[0].code_description is not None) == bool(said.code_description_support)


async def test_a_target_is_completed_and_explained_in_a_format_that_the_editor_shows(editor: Any) -> None:
    listed = await editor.text_document_completion_async(
        types.CompletionParams(**place(editor, MOON, "old/)"))
    )
    found = next(item for item in listed.items if item.label == "The Sun")
    assert edited(editor, MOON, [found.text_edit]) == PAGES[MOON].replace("/old/", "/posts/star/")
    item = editor.capabilities.text_document.completion.completion_item
    formats = item.documentation_format or []
    about = (await editor.completion_item_resolve_async(found)).documentation
    assert about.kind in formats if formats else isinstance(about, str)
    assert "Text of the sun." in (about.value if formats else about)
    assert ("**The Sun**" in (about.value if formats else about)) == (types.MarkupKind.Markdown in formats)
    alias = next(each for each in listed.items if "alias" in (each.detail or ""))
    assert (alias.tags is not None, alias.deprecated) == ((True, None) if item.tag_support else (False, True))


async def test_hover_says_what_a_link_leads_to(editor: Any) -> None:
    hover = await editor.text_document_hover_async(types.HoverParams(**place(editor, MOON, "old/)")))
    assert hover.contents.kind in editor.capabilities.text_document.hover.content_format
    assert "The Sun" in hover.contents.value
    assert hover.range.start == at(editor, MOON, "/old/")


async def test_document_links_have_what_the_editor_shows(editor: Any) -> None:
    asked = types.DocumentLinkParams(types.TextDocumentIdentifier(editor.uri(MOON)))
    links = await editor.text_document_document_link_async(asked)
    assert [link.target for link in links] == [editor.uri(SUN), editor.uri(EARTH)]


async def test_a_slug_is_renamed_with_the_links_to_it(editor: Any) -> None:
    where = place(editor, SUN, "star")
    edit = await editor.text_document_rename_async(types.RenameParams(**where, new_name="light"))
    after = applied(editor, edit)
    assert set(after) == {SUN}  # the link leads to an alias
    assert "slug: light\n" in after[SUN]
    assert "/posts/star/" in after[SUN]


async def test_a_file_is_renamed_with_what_leads_to_it(editor: Any) -> None:
    operations = getattr(editor.answer.capabilities.workspace, "file_operations", None)
    said = editor.capabilities.workspace.file_operations
    offered = operations is not None and operations.will_rename is not None
    assert offered == bool(said is not None and said.will_rename)
    rename = types.FileRename(editor.uri(EARTH), editor.uri("content/posts/world.md"))
    edit = await editor.workspace_will_rename_files_async(types.RenameFilesParams([rename]))
    after = applied(editor, edit)
    assert set(after) == {EARTH, MOON}
    assert "[earth](/posts/world/)" in after[MOON]
    assert "/posts/earth/" in after[EARTH]  # its alias


async def test_a_fix_is_an_edit_now_or_once_it_is_chosen(editor: Any) -> None:
    offered = await actions(editor, "old/)")
    fix = next(action for action in offered.values() if action.is_preferred)
    assert applied(editor, fix.edit) == {MOON: PAGES[MOON].replace("/old/", "/posts/star/")}
    later = offered["Fix all that is safe in this file"]
    resolves = getattr(editor.capabilities.text_document.code_action, "resolve_support", None)
    assert (later.edit is None) == (resolves is not None and "edit" in resolves.properties)
    done = later if later.edit is not None else await editor.code_action_resolve_async(later)
    assert applied(editor, done.edit)[MOON].startswith(PAGES[MOON][:20])
    assert "https://www.example.org/a" in applied(editor, done.edit)[MOON]
