"""Asking external URLs over the network: the only part of vitdlint that does."""
