"""Values and small functions that every room uses; nothing here knows of Hugo or of a page."""
