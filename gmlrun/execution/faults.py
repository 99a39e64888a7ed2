"""Faults of gmlrun itself: a Python exception of a builtin goes in, a GML error that says so comes out.

So GML's `try` catches it, and `--on-error continue` goes on after it, as after any other error; the Python
traceback goes to the log. Where GMLRUN_FAULTS is `raise`, as in gmlrun's own tests, the exception is raised instead.
"""

from __future__ import annotations

import os
import sys

from gmlrun.errors import GmlThrow, InternalFault
from gmlrun.execution.boundary import exception_struct, is_gml, is_internal
from gmlrun.lean import cached_property
from gmlrun.runtime import GamePart
from gmlrun.sandbox.watchdog import Watchdog, out_of_memory
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

    from gmlrun.runtime import Runtime

LONGEST = 300
"""Characters of a Python message that a program sees."""


class Faults(GamePart):
    """The faults of one game: each is told of once."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.told: set[tuple[str, str, int]] = set()

    @cached_property
    def are_raised(self) -> bool:
        """Whether a fault stays what it is, as gmlrun's own tests want it."""
        return os.environ.get("GMLRUN_FAULTS") == "raise"

    def caught(self, error: Exception) -> Value:
        """The value of a GML `catch` variable: the thrown value, or a struct made of a run-time error.

        A program at the end of its memory or its stack may not go on where that has a limit.
        """
        if isinstance(error, (MemoryError, RecursionError)):
            self._refuse_to_go_on(error)
        settled = self.settled(error)
        return settled.value if isinstance(settled, GmlThrow) else exception_struct(settled)

    def _refuse_to_go_on(self, error: Exception) -> None:
        """Ends the event after a MemoryError in a game with a limit of memory, or where its time is over.

        On a full stack the watchdog cannot look by itself, and the error may be its own.
        """
        watchdog = self.rt.service(Watchdog)
        if isinstance(error, MemoryError) and watchdog.memory is not None:
            raise out_of_memory(watchdog.memory) from None
        if watchdog.interval is not None:
            ending = watchdog.look(sys._getframe())
            if ending is not None:
                raise ending from None

    def settled(self, error: BaseException) -> BaseException:
        """An error as the program sees it: a fault of gmlrun is an InternalFault, any other is itself."""
        if not is_internal(error):
            return error
        if self.are_raised:
            raise error
        first = first_inside(error.__traceback__)
        name = "gmlrun" if first is None else first.tb_frame.f_code.co_name
        self._tell(name, error, error.__traceback__ if self.rt.settings.internal_tracebacks else first)
        words = f"{type(error).__name__}: {error}"[:LONGEST].encode("utf-8", "replace").decode()
        made = InternalFault(f"internal fault in {name}: {words}; please report it")
        made.__cause__ = error
        return made.with_traceback(error.__traceback__)

    def _tell(self, name: str, error: BaseException, traceback: TracebackType | None) -> None:
        """Writes the Python traceback to the log, the first time that this fault is met."""
        import traceback as python

        last = traceback
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        key = (name, type(error).__name__, last.tb_lineno if last is not None else -1)
        if key in self.told:
            return
        self.told.add(key)
        shown = "".join(python.format_exception(type(error), error, traceback)).encode("utf-8", "backslashreplace")
        self.rt.log(f"internal fault in {name}:\n{shown.decode().rstrip()}")


def first_inside(traceback: TracebackType | None) -> TracebackType | None:
    """Where gmlrun's own code begins: behind the innermost GML frame, or the innermost frame where there is none."""
    found, last = None, None
    while traceback is not None:
        found = traceback.tb_next if is_gml(traceback.tb_frame.f_code) else found
        last, traceback = traceback, traceback.tb_next
    return found or last
