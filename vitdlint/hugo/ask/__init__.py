"""What the user's own `hugo` reports about a site: run it, read what it built, keep the answers in a file, and use them."""
