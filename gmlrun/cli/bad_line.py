"""`--net`: conditions of a line go in, what puts it in front of a program's servers comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def fronted(conditions: dict[str, float], seed: int) -> Callable[[Any], Any]:
    """Return a function that puts a bad line in front of a program's servers."""
    from gmlrun.workbench.fronting import FrontedBackend
    from gmlrun.workbench.line import ProxyConditions

    return lambda backend: FrontedBackend(backend, ProxyConditions(**conditions), seed)
