"""`--net`: conditions of a line go in, what puts it in front of a program's servers comes out."""

from __future__ import annotations

from collections.abc import Callable

from gmlrun.net.backend import NetworkError
from gmlrun.workbench.fronting import FrontedBackend
from gmlrun.workbench.line import ProxyConditions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gmlrun.net.backend import Backend


def fronted(conditions: dict[str, float], seed: int) -> Callable[[Backend], Backend]:
    """Return a function that puts a bad line in front of a program's servers, or logs why there is none."""

    def front(backend: Any) -> Backend:
        try:
            return FrontedBackend(backend, ProxyConditions(**conditions), seed)
        except NetworkError as error:
            backend.log(f"warning: --net changes nothing, as the line is as good as it is: {error}")
            made: Backend = backend
            return made

    return front
