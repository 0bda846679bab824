"""Inputs of pathological shape, and how the work that they cause grows with their size: linear, or nearly so."""
