"""`--net`: conditions of a line go in, what puts it in front of a program's servers comes out."""

from __future__ import annotations

from collections.abc import Callable

from gmlrun.workbench.fronting import FrontedBackend
from gmlrun.workbench.line import ProxyConditions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.net.backend import Backend


def fronted(conditions: dict[str, float], seed: int) -> Callable[[Backend], Backend]:
    """Return a function that puts a bad line in front of a program's servers."""
    return lambda backend: FrontedBackend(backend, ProxyConditions(**conditions), seed)
