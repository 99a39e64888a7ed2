"""Words of strangers in what people read: a text goes in; out comes one that can do nothing to a terminal."""

from __future__ import annotations


def printable(text: str, instead: str = ".") -> str:
    """A text with another sign for each character that is not shown as itself."""
    return "".join(char if char.isprintable() else instead for char in text)


def peer_text(address: str, port: int) -> str:
    """An address and port as they are usually written."""
    host = printable(address)
    return f"[{host}]:{port}" if ":" in host and "/" not in host else f"{host}:{port}"
