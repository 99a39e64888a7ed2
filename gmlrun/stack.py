"""How deep calls may go: the size of the thread's C stack goes in, a number of Python frames comes out.

A call from Python's own C code back into GML (of a callback, a toString, a constructor) takes C stack, which
ends in a crash. So all calls are counted by Python, and the limit is one that the stack surely holds.
"""

from __future__ import annotations

import sys

CALL_DEPTH = 10000
"""Frames: how deeply functions may call each other where the stack allows it."""
FRAME = 512
"""Bytes of C stack for each frame, in the way back into GML that takes most of it."""
RESERVE = 256 * 1024
"""Bytes that what stands below the first call takes, and what runs on top of the last one."""
USUAL_STACK = 8 * 1024 * 1024
LEAST_DEPTH = 200


def stack_size() -> int:
    """The bytes of a thread's C stack, as far as the system tells."""
    try:
        import resource
    except ImportError:  # Windows
        return USUAL_STACK
    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return USUAL_STACK if soft == resource.RLIM_INFINITY else soft


def call_depth(share: float = 1.0) -> int:
    """How many Python frames may stand on the stack, or on a share of it."""
    room = max(0, stack_size() - RESERVE) * share
    return max(LEAST_DEPTH, min(CALL_DEPTH, int(room / FRAME)))


def allow_depth() -> None:
    """Sets Python's limit for running GML: not below what it is, unless the stack is too small for that."""
    depth = call_depth()
    sys.setrecursionlimit(depth if depth < CALL_DEPTH else max(sys.getrecursionlimit(), depth))
