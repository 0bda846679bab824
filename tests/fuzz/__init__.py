"""Random inputs against laws that hold for every input; see `__main__.py`."""
