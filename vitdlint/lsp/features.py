"""What an editor asks about a place: the protocol's words for what the other files of this room know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from lsprotocol import types

from ..core.number_of import number_of
from . import about, complete, hover, outline, references
from .diagnostics import offset, span
from .documents import Document
from .proposal import Proposal
from .server import Server
from .text import Text
from .view import Spot, View, view_of

_KINDS = {
    "page": types.CompletionItemKind.Reference,
    "file": types.CompletionItemKind.File,
    "anchor": types.CompletionItemKind.Constant,
    "term": types.CompletionItemKind.EnumMember,
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.Value,
    "shortcode": types.CompletionItemKind.Function,
    "parameter": types.CompletionItemKind.Variable,
    "label": types.CompletionItemKind.Reference,
    "rule": types.CompletionItemKind.Keyword,
}


def seen(server: Server, uri: str) -> tuple[Document, View] | None:
    """An open page as it is typed now, on its site; None until that is known."""
    document = server.document(uri)
    view = view_of(document.site.state, document.path, document.text.text) if document is not None else None
    return (document, view) if document is not None and view is not None else None


def _locations(server: Server, document: Document, view: View, spots: Iterable[Spot]) -> list[types.Location]:
    """Where the spots are, each in the text that it was found in."""
    texts = {**view.state.texts, view.path: view.page.text}
    read = server.documents.reader(document.root, texts, view.state.text_of, server.encoding)
    uri = partial(server.documents.uri, document.root)
    return [types.Location(uri(spot.path), span(read(spot.path), spot.start, spot.end)) for spot in spots]


def register(server: Server) -> None:
    """Answer what is asked about places."""
    _completion(server)
    _places(server)
    _symbols(server)


def _completion(server: Server) -> None:
    options = types.CompletionOptions(trigger_characters=list(complete.TRIGGERS), resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    def completion(params: types.CompletionParams) -> types.CompletionList:
        found = seen(server, params.text_document.uri)
        if found is None:
            return types.CompletionList(is_incomplete=True, items=[])
        document, view = found
        proposals = complete.complete(view, offset(document.text, params.position))
        if proposals is None:
            return types.CompletionList(is_incomplete=False, items=[])
        where = span(document.text, proposals.start, proposals.end)
        typed = document.text.text[proposals.start : offset(document.text, params.position)]
        can = "text_document.completion.completion_item"
        tags = server.can(f"{can}.tag_support") is not None
        snippets = bool(server.can(f"{can}.snippet_support"))
        beside = bool(server.can(f"{can}.label_details_support"))
        items = [
            _item(proposal, where, typed, f"{number:04}", document.uri, tags=tags, beside=beside)
            for number, proposal in enumerate(proposals.found)
        ]
        for item, proposal in zip(items, proposals.found, strict=True):
            if snippets and proposal.back:
                item.insert_text_format = types.InsertTextFormat.Snippet
                item.text_edit = types.TextEdit(where, _snippet(proposal))
        return types.CompletionList(is_incomplete=True, items=items)

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(item: types.CompletionItem) -> types.CompletionItem:
        data = item.data if isinstance(item.data, dict) else {}
        document = server.document(str(data.get("uri")))
        state = document.site.state if document is not None else None
        output = state.site.addresses.outputs.get(str(data.get("path"))) if state is not None else None
        if state is not None and output is not None:
            text = about.page(state, output)
            formats = server.can("text_document.completion.completion_item.documentation_format")
            item.documentation = _markup(text, formats) if formats else about.without_markup(text)
        return item


def _markup(text: str, formats: Sequence[types.MarkupKind] | None) -> types.MarkupContent:
    """Markdown as an editor shows it that has named formats; one that has not shows plain text."""
    if types.MarkupKind.Markdown in (formats or ()):
        return types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.MarkupContent(types.MarkupKind.PlainText, about.without_markup(text))


def _snippet(proposal: Proposal) -> str:
    """The text of a proposal with the mark of where writing goes on."""
    at = len(proposal.text) - proposal.back
    before, behind = (
        re.sub(r"[\\$}]", r"\\\g<0>", part) for part in (proposal.text[:at], proposal.text[at:])
    )
    return f"{before}$0{behind}"


def _item(
    proposal: Proposal, where: types.Range, typed: str, order: str, uri: str, *, tags: bool, beside: bool
) -> types.CompletionItem:
    return types.CompletionItem(
        proposal.label,
        label_details=types.CompletionItemLabelDetails(description=proposal.detail) if beside else None,
        kind=_KINDS[proposal.kind],
        detail=proposal.detail or None,
        tags=[types.CompletionItemTag.Deprecated] if proposal.outdated and tags else None,
        deprecated=True if proposal.outdated and not tags else None,
        sort_text=order,
        filter_text=typed or proposal.text,  # what fits is decided here, by title too
        text_edit=types.TextEdit(where, proposal.text),
        data={"uri": uri, "path": proposal.path} if proposal.path else None,
    )


def _places(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        found = seen(server, params.text_document.uri)
        said = hover.hover(found[1], offset(found[0].text, params.position)) if found is not None else None
        if found is None or said is None:
            return None
        content = _markup(said.text, server.can("text_document.hover.content_format"))
        return types.Hover(content, span(found[0].text, said.start, said.end))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def defined(params: types.DefinitionParams) -> types.Location | None:
        found = seen(server, params.text_document.uri)
        if found is None:
            return None
        document, view = found
        spot = references.definition(view, offset(document.text, params.position))
        return _locations(server, document, view, [spot])[0] if spot is not None else None

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def referred(params: types.ReferenceParams) -> list[types.Location]:
        found = seen(server, params.text_document.uri)
        if found is None:
            return []
        document, view = found
        spots = references.references(view, offset(document.text, params.position))
        return _locations(server, document, view, spots)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, types.DocumentLinkOptions())
    def linked(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        found = seen(server, params.text_document.uri)
        if found is None:
            return []
        document, view = found
        tooltips = server.can("text_document.document_link.tooltip_support")
        return [
            types.DocumentLink(
                span(document.text, spot.start, spot.end),
                target=server.documents.uri(document.root, path),
                tooltip=path if tooltips else None,
            )
            for spot, path in outline.links(view)
        ]

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions())
    def lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        found = seen(server, params.text_document.uri)
        if found is None:
            return []
        links, pages = outline.incoming(found[1])
        title = f"{number_of(links, 'link')} from {number_of(pages, 'page')}"
        title = title if links else "no links from other pages"
        start = types.Position(0, 0)
        return [types.CodeLens(types.Range(start, start), types.Command(title, ""))]


def _symbols(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        found = seen(server, params.text_document.uri)
        if found is None:
            return []
        document, view = found

        def symbol(part: outline.Part) -> types.DocumentSymbol:
            return types.DocumentSymbol(
                part.name,
                types.SymbolKind.String,
                span(document.text, part.start, part.end),
                span(document.text, part.text_start, part.text_end),
                children=[symbol(inner) for inner in part.parts],
            )

        return [symbol(part) for part in outline.outline(view)]

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folds(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        found = seen(server, params.text_document.uri)
        if found is None:
            return []
        text = found[0].text
        lines = (
            (text.position(start).line, text.position(end).line) for start, end in outline.folds(found[1])
        )
        return [types.FoldingRange(start, end) for start, end in lines if start < end]

    @server.feature(types.WORKSPACE_SYMBOL)
    def everywhere(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        found = []
        for root, site in server.sites.items():
            state = site.state
            if state is None:
                continue
            read = server.documents.reader(root, state.texts, state.text_of, server.encoding)
            for symbol in outline.symbols(state, params.query):
                uri = server.documents.uri(root, symbol.spot.path)
                text = read(symbol.spot.path) if symbol.spot.start else Text("")
                where = types.Location(uri, span(text, symbol.spot.start, symbol.spot.end))
                kind = types.SymbolKind.String if symbol.spot.start else types.SymbolKind.File
                found.append(types.WorkspaceSymbol(where, symbol.name, kind, container_name=symbol.url))
        return found
