"""Protocols of streams and datagrams, without sockets."""
