"""Measured times and places in words: seconds, addresses and rows go in, cells and tables come out."""

from __future__ import annotations

import ipaddress
import math
import socket
from collections.abc import Sequence

from gmlrun.errors import UsageError


def place(host: str, port: int) -> str:
    """A host and port as they are usually written; a URL as it is."""
    if "://" in host:
        return host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def part(times: Sequence[float], share: float) -> float:
    """The time that a share of all did not exceed; the list is sorted."""
    return times[max(0, min(len(times) - 1, math.ceil(share * len(times)) - 1))]


def duration(seconds: float) -> str:
    """A time as people read it."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return (
        f"{seconds * 1000:.2f} ms"
        if seconds < 0.1
        else f"{seconds * 1000:.0f} ms"
        if seconds < 1
        else f"{seconds:.2f} s"
    )


def spread(times: Sequence[float]) -> list[str]:
    """Half of all, nearly all, and the longest; dashes where there are none."""
    if not times:
        return ["-", "-", "-"]
    ordered = sorted(times)
    return [duration(part(ordered, 0.5)), duration(part(ordered, 0.99)), duration(ordered[-1])]


def percent(count: int, total: int) -> str:
    """A share in per cent."""
    return f"{100.0 * count / total:.2f} %" if total else "-"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows below each other, the first column to the left, all others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            f"{cell:{'<' if at == 0 else '>'}{width}}" for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def is_own(host: str) -> bool:
    """Whether a name means this machine by its loopback."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return all(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]).is_loopback for entry in found)


def need_consent(host: str, has_consent: bool, tool: str) -> None:
    """Raises UsageError for another machine that nobody has said may be measured."""
    if not has_consent and not is_own(host):
        raise UsageError(
            f"{host} is not this machine: give --yes if it is yours, and gmlrun net {tool} is welcome there"
        )
