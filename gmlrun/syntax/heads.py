"""Heads of events and objects that are not written as gmlrun reads them: a line goes in, a hint comes out."""

from __future__ import annotations

import re

EVENT = re.compile(r"(?:event|on)\b([^={};]*)", re.IGNORECASE)
OBJECT = re.compile(r"obj(?:ect)?\s+(\w+)([^={};]*)", re.IGNORECASE)
BARE_EVENT = re.compile(r"(create|destroy|cleanup|alarm\d+|step(?:_begin|_end)?|async_\w+)\s*(?:\(\s*\))?\s*\{")
PARENT = re.compile(r"(\w+)\W*$")


def head_hint(line: str) -> str:
    """How the head of an event or of an object is written; empty for a line that is the head of neither."""
    event = EVENT.match(line) or BARE_EVENT.match(line)
    if event is not None and ("{" in line or event[1].strip()):
        return f"an event is written event {event_name(event[1])} {{ … }}"
    head = OBJECT.match(line)
    if head is None:
        return ""
    parent = PARENT.search(head[2])
    inherits = f" : {parent[1]}" if parent is not None else ""
    return f"an object is written object {head[1]}{inherits} {{ event create {{ … }} }}"


def event_name(text: str) -> str:
    """The name of an event as gmlrun writes it: `alarm0` for `alarm[0]`, `async_networking` for `async networking`."""
    name = "_".join(re.findall(r"\w+", text)).lower()
    return re.sub(r"_(?=\d+$)", "", name) or "create"
