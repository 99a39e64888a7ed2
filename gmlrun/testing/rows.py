"""The rows of a recording as they come from its file: values of JSON go in, ValueError tells of those that are no rows.

What a recording says has the shapes that recordings have before anything of it runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gmlrun.net.shapes import either, fits

OPTIONAL_NUMBER = either(None, float)
SETTINGS: Mapping[str, object] = {
    "arguments": [str],
    "room": str,
    "spawn": str,
    "execute": str,
    "config": str,
    "optimise": bool,
    "dialogs": str,
    "headless": str,
    "frame_async": bool,
    "fps": OPTIONAL_NUMBER,
    "on_error": str,
    "exit_at_frame": either(None, int),
    "draw_events": bool,
    "bind": str,
    "map_host": {str: str},
    "answers": {str: either(str, bool, float, None)},
    "send_queue_limit": int,
    "max_unpack": either(None, int),
    "idle_timeout": OPTIONAL_NUMBER,
}
"""The settings that a recording keeps, each with its shape."""
WORDS = {
    "dialogs": ("default", "stdin", "fail"),
    "headless": ("error", "warn", "ignore"),
    "on_error": ("exit", "continue"),
}
"""The settings that are one of a few words."""
HEADER = {
    "program": [str],
    "settings": {str: object},
    "input": [(str, str, either(None, int), either(None, int))],
    "map_port": [(int, int)],
    "seed": int,
    "now": float,
    "start": float,
}
ZONE = re.compile(r"[\w<>+:,./-]*", re.ASCII)
MESSAGE = either(
    ("Connected", int, int, str, int),
    ("Received", int, [str], int, str, int),
    ("Received", int, [str], int, str, int, either(None, bool)),
    ("Disconnected", int, int, str, int, str),
    ("ConnectResult", int, bool, str, int),
    ("ConnectResult", int, bool, str, int, str),
)
ROWS: Mapping[str, object] = {
    "poll": (str, float, [MESSAGE]),
    "call": (str, str, list, object),
    "time": (str, float),
    "chance": (str, int),
    "environment": (str, str),
    "dialog": (str, either(str, (str,))),
    "http": (str, either((int, int, int), (int, int, {str: str}, str, str))),
    "file": (str, (str, str)),
}
RESULTS: Mapping[str, object] = {
    "addresses_of": [str],
    "ports": [(str, int)],
    "is_open": bool,
    "close": None,
    "stop_listening": None,
}
"""The shapes of the results of calls that give no number."""
CALLS = {"listen", "reserve", "connect", "send", "send_to", "broadcast", "port_of", "client_count", "http", *RESULTS}


def check_header(fields: Any) -> None:
    """Raises ValueError for what is no header of a recording."""
    if not fits(fields, HEADER) or not fields["program"]:
        raise ValueError("header")
    if not isinstance(fields.get("zone", ""), str) or not ZONE.fullmatch(fields.get("zone", "")):
        raise ValueError("zone")
    for name, value in fields["settings"].items():
        if name in SETTINGS and not fits(value, SETTINGS[name]):
            raise ValueError(name)
        if value not in WORDS.get(name, (value,)):
            raise ValueError(name)


def check_row(row: Any) -> None:
    """Raises ValueError for what is no row of a recording."""
    kind = row[0] if isinstance(row, list) and row else None
    if not isinstance(kind, str) or not fits(row, ROWS.get(kind, ())):
        raise ValueError(kind)
    if kind == "call":
        check_call(row[1], row[3])


def check_call(name: str, result: Any) -> None:
    """Raises ValueError for a call that no backend has, or a result that it cannot have."""
    shape = either(RESULTS.get(name, int), {"error": str})
    if name not in CALLS or not fits(result, shape):
        raise ValueError(name)
