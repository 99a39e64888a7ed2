"""File descriptors, of which each socket takes one: how many there may be, raised as far as the system allows."""

from __future__ import annotations

import contextlib

SPARE = 32
"""Descriptors for everything else: standard streams, files, the selector."""
FEW = 512
"""What is taken for granted where the system does not tell."""


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


def shortage(sockets: int) -> str:
    """Raises the limit and says whether that many sockets are too many; empty when they are not."""
    allowed = raise_descriptor_limit() - SPARE
    if sockets <= allowed:
        return ""
    return f"{sockets} sockets may be wanted, but the system allows {allowed}: raise the hard limit of open files"
