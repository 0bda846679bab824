"""How a run reuses the last one."""
