"""Bodies: what Markdown and raw HTML consist of, as goldmark sees them, with exact places."""
