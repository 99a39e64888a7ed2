"""The program's own handler of errors that nothing caught: an error goes in, an exit code comes out.

Manual: Debugging/exception_unhandled_handler.
"""

from __future__ import annotations

from gmlrun.errors import GmlError, GmlThrow
from gmlrun.execution import boundary
from gmlrun.runtime import GamePart
from gmlrun.values.conversions import to_int
from gmlrun.values.model import Struct, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.runtime import Runtime


class UnhandledHandler(GamePart):
    """The handler that `exception_unhandled_handler` has set; `function` is None when there is none."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.function: Value = None

    def run(self, error: BaseException) -> int | None:
        """Lets the handler take an error; returns the exit code, or None when there is no handler."""
        handler = self.function
        if handler is None:
            return None
        self.function = None
        answer = self.rt.call(handler, self.rt.globals, self.rt.globals, exception_of(error))
        try:
            return to_int(answer) & 0xFF
        except GmlError:
            return 0


def exception_of(error: BaseException) -> Value:
    """The argument of the handler: a struct that was thrown as it is, any other error as an exception struct."""
    if isinstance(error, GmlThrow) and isinstance(error.value, Struct):
        return error.value
    return boundary.exception_struct(error)
