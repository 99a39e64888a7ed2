"""Backends: over real sockets, in memory, and over a simulated network."""
