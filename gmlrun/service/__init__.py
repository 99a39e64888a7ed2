"""A server that is looked into, drained and watched while it runs: a game and options go in, a service comes out.

Nothing here is imported before an option, or the first port that the program opens, asks for it.
"""
