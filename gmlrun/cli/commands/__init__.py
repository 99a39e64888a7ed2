"""The commands, a module each: `run` takes the options and the words behind `--`, and returns the exit code.

`cli/entry.py` imports the module of the one command that runs, so that each imports what it needs at its top.
"""
