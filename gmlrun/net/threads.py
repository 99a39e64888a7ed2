"""Threads beside a loop: a function goes in; a thread that runs it comes out, or none where the machine gives no more.

A container has a limit of processes and threads, which others may have used up. Nothing ends because of that.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

REFUSED = "the machine gives no more threads (see ulimit -u, or the pids limit of the container)"


def begin_thread(run: Callable[..., Any], *arguments: Any, name: str | None = None) -> threading.Thread | None:
    """A thread that has begun to run a function, and does not hold up the end of the process; None when it cannot."""
    made = threading.Thread(target=run, args=arguments, name=name, daemon=True)
    try:
        made.start()
    except (RuntimeError, MemoryError):
        return None
    return made
