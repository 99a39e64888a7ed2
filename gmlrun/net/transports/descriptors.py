"""File descriptors, of which each socket takes one: how many there may be, raised as far as the system allows."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

SPARE = 32
"""Descriptors for everything else: standard streams, files, the selector."""
RESERVE = 16
"""Descriptors that clients leave to files, modules and connections that the program begins."""
FEW = 512
"""The number that is assumed where the system does not tell."""


def raise_descriptor_limit() -> int:
    """Lets the process open as many files as the system allows; returns how many that is."""
    try:
        import resource
    except ImportError:
        return FEW
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = 1 << 20
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, hard), hard))
        soft = max(soft, hard)
    return soft


def last_for_clients() -> int:
    """The highest descriptor that a client may have."""
    return raise_descriptor_limit() - RESERVE - 1


def next_descriptor(file: socket.socket) -> int:
    """The number of the descriptor that is opened next; raises OSError without one. `file` is any that is open."""
    found = os.dup(file.fileno())
    os.close(found)
    return found


def shortage(sockets: int) -> str:
    """Raises the limit and says whether that many sockets are too many; empty when they are not."""
    allowed = raise_descriptor_limit() - SPARE
    if sockets <= allowed:
        return ""
    return f"{sockets} sockets may be wanted, but the system allows {allowed}: raise the hard limit of open files"
