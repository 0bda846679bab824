"""Linter and validator for the content of Hugo sites."""

__version__ = "0.1.0"
