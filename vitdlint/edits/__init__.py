"""Edits of files: fixes, suppressions, moved pages; each written completely or not at all."""
