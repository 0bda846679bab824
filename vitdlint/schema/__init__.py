"""JSON Schema for front matter: load, check, and say what is wrong in words."""

from .load import SchemaError, load, shipped
from .schema import Schema
from .show import CALL
from .violation import CLOSED, UNKNOWN_KEY, Violation

__all__ = ["CALL", "CLOSED", "UNKNOWN_KEY", "Schema", "SchemaError", "Violation", "load", "shipped"]
