"""Do the safe fixes keep what readers have? Build with Hugo, fix, build again, compare: see `prove.py`."""
