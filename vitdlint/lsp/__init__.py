"""The language server: what the linter knows about a site, in an editor. Loaded by `vitdlint lsp` alone."""
