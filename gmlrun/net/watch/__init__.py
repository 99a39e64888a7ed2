"""Backends and sockets that also tell of what they carry: traces, captures, recordings, counts."""
