"""Networking without GML: protocol objects turn bytes into messages, a backend moves the bytes."""
