"""One page: its front matter, its body, what it links to."""
