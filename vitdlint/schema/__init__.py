"""JSON Schema for front matter: load, judge, and say what is wrong in words."""

from .load import SchemaError, load, shipped
from .schema import Schema, Violation

__all__ = ["Schema", "SchemaError", "Violation", "load", "shipped"]
