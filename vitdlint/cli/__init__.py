"""One file a command: a function that takes what the command line says and returns the exit code."""
