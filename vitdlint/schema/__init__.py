"""JSON Schema for front matter: load, check, and say what is wrong in words."""

from .load import SchemaError, load, shipped
from .schema import Schema
from .violation import CLOSED, UNKNOWN_KEY, Violation

__all__ = ["CLOSED", "UNKNOWN_KEY", "Schema", "SchemaError", "Violation", "load", "shipped"]
