"""What Hugo's URLs depend on of a page's file."""

from __future__ import annotations

from typing import Protocol

from ..frontmatter.block import FrontMatter


class ParsedPage(Protocol):
    """A content file that has been parsed."""

    @property
    def front(self) -> FrontMatter:
        """Its front matter."""

    @property
    def blank(self) -> bool:
        """Its body is nothing but white space and comments."""
