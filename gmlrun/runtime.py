"""The Runtime: all state of one running game, and what it was given of the outside world.

Two games in one process never touch, because nothing of a game lives anywhere else. A part that
needs state of its own (the open ini file, the time sources) is a class taking the Runtime, and is
reached by `rt.service(ThatClass)`: made when first asked for, one for each Runtime.
"""

from __future__ import annotations

import os
import sys
import time

from gmlrun.errors import GmlError
from gmlrun.execution.namespaces import Namespaces
from gmlrun.language import EPSILON, variable_name
from gmlrun.lean import FunctionType, MappingProxyType, MethodType, NamedTuple, TypeVar, cast
from gmlrun.values.model import BuiltinFunction, ScriptIndex, Struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any, BinaryIO

    from _typeshed import StrPath

    from gmlrun.sandbox.limits import Limits
    from gmlrun.sandbox.permissions import Permissions

S = TypeVar("S")


class Clock:
    """The two times a game can see, and chance; a test gives a clock of its own."""

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment; never goes back."""
        return time.monotonic()

    def chance(self) -> int:
        """A number from 0 up to 2**32 that cannot be predicted."""
        return int.from_bytes(os.urandom(4), "little")


class NoNetwork:
    """The network of a program that has not used it yet; later it is the `Sockets`. The loop sleeps in it."""

    any_open = False
    """Whether something can still arrive."""
    is_interrupted = False
    """Whether the game is to end, and its last events have not begun."""

    def poll(self, timeout: float | None) -> None:
        """Waits up to `timeout` seconds; short, as nothing wakes it."""
        time.sleep(NAP if timeout is None else min(timeout, NAP))

    def wake(self) -> None:
        """Ends a `poll` that waits."""

    def descriptor(self) -> int:
        """The descriptor that another event loop can watch; -1 as there is none."""
        return -1

    def patience(self, timeout: float | None) -> float | None:
        """How long to wait at most for what is to be waited for up to `timeout` seconds."""
        return timeout

    def interrupt(self) -> None:
        """Ends whatever the network waits for, as the game ends."""

    def close_all(self, timeout: float) -> None:
        """Closes every socket, after sending what is queued for up to `timeout` seconds."""

    def closing(self, timeout: float) -> Iterator[None]:
        """Like `close_all`; yields as often as it wants somebody to `poll`."""
        return iter(())


NAP = 0.05
"""Seconds between two looks when what is waited for may come without a wake-up."""


class Settings(NamedTuple):
    """The settings of a game; the command line's options end here."""

    arguments: Sequence[str] = ()
    program_dir: StrPath = "."
    program_name: str = "game"
    save_dir: StrPath | None = None
    data_dir: StrPath | None = None
    """The folder that the program reads its own files from; None for the program's own."""
    max_unpack: int | None = 64 * 1024 * 1024
    """Bytes that compressed data may unpack to; None for no limit."""
    bind: str = ""
    """The address of servers and UDP sockets; empty for all addresses of IPv6 and IPv4."""
    map_port: Mapping[int, int] = MappingProxyType({})
    map_host: Mapping[str, str] = MappingProxyType({})
    """Hosts (in lower case) that the program names, and those that it connects to instead."""
    dialogs: str = "default"
    headless: str = "warn"
    frame_async: bool = False
    fps: float | None = None
    max_sockets: int | None = None
    send_queue_limit: int = 16 * 1024 * 1024
    tls_certificate: StrPath | None = None
    tls_key: StrPath | None = None
    trace_net: bool = False
    """Whether each event and packet of the network is logged."""
    front: Callable[[Any], Any] | None = None
    """Makes another net.Backend of the one with real sockets, which puts something in front of the servers."""
    shares_ports: bool = False
    """Whether other processes have the same ports, as workers do."""
    counts_traffic: bool = False
    """Whether what all sockets carry is counted, for those who watch the game."""
    diagnose: bool = False
    """Whether the program is watched for the classic mistakes of servers."""
    leaks: bool = False
    """Whether data structures and buffers that grow forever are looked for."""
    capture: BinaryIO | None = None
    """Where a capture (pcapng) of the network's traffic is written."""
    on_error: str = "exit"
    """After an unhandled error: `exit` or `continue`."""
    internal_tracebacks: bool = False
    """Whether the Python traceback of a fault of gmlrun is logged whole, or from the builtin on."""
    exit_at_frame: int | None = None
    idle_timeout: float | None = None
    """Seconds without a packet after which a client is disconnected; None for no limit."""
    per_address: int | None = None
    """How many clients of one address a server takes; None for no limit."""
    ws_origins: Sequence[str] = ()
    """The web pages whose scripts may connect to WebSocket servers; empty for all."""
    event_timeout: float | None = None
    """Seconds that an event may run; None for no limit."""
    config: str = "Default"
    """The project's configuration whose macros hold."""
    answers: Mapping[str, Any] = MappingProxyType({})
    """Answers to the program about the machine, other than the true ones: `os_type`, `GM_runtime_version`, …"""
    room: str = ""
    """Where a project starts; empty for its first room."""
    spawn: str = ""
    input: Sequence[Any] = ()
    """The keys and clicks from outside (`InputAction`), in their order."""
    draw_events: bool = False
    """Whether Draw events run, although nothing is drawn."""
    execute: str = ""
    limits: Limits | None = None
    """The limits of the game, beside `event_timeout`; None for no limits."""
    permissions: Permissions | None = None
    """The permissions of the program; None for all that GameMaker has."""
    optimise: bool = True
    """Whether code is compiled with inline forms, or each operation calls its helper."""


def write_stdout(line: str) -> None:
    """One line of `show_debug_message`, flushed, so that a pipe sees it at once."""
    write_line(sys.stdout, line, "standard output")


def write_stderr(line: str) -> None:
    """One line of gmlrun's own."""
    write_line(sys.stderr, f"gmlrun: {line}", "standard error")


def write_line(stream: Any, line: str, name: str) -> None:
    """Writes a line; where that is not possible (a full disk, a reader that has gone) it is dropped, and said once."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        if stream is not None:
            stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
            stream.flush()
    except (OSError, ValueError) as error:
        if not getattr(stream, "gmlrun_told", False):
            stream.gmlrun_told = True
            reason = getattr(error, "strerror", None) or error
            other = sys.stderr if stream is not sys.stderr else None
            write_line(other, f"gmlrun: warning: {name} cannot be written ({reason}): lines are dropped", "")


class GlobalStruct(Struct):
    """`global`: the variables of the whole game, and its script functions where no variable has their name."""

    __gml_name__ = "global"

    def __init__(self, functions: Mapping[str, FunctionType]) -> None:
        super().__init__()
        vars(self)["__functions__"] = functions

    def __getattr__(self, name: str) -> Any:
        found = vars(self).get("__functions__", {}).get(variable_name(name))
        if found is None:
            raise AttributeError(name, name=name, obj=self)
        return found


class GamePart:
    """A part of one game that has a state of its own, such as its sockets or its timers.

    A subclass is made with the Runtime, when it is first asked for: by `rt.service(ThatClass)`, or by a builtin whose
    first parameters are annotated with it.
    """

    __slots__ = ()

    def __init__(self, rt: Runtime) -> None:
        pass


class Runtime:
    """All state of one running game.

    `output` takes each line of `show_debug_message`, `log` each line of gmlrun's own (warnings,
    `listening …`); both without a line end. `seed` None means GameMaker's fixed initial seed.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        clock: Clock | None = None,
        output: Callable[[str], None] = write_stdout,
        log: Callable[[str], None] = write_stderr,
        seed: int = 0,
        backend: Any = None,
    ) -> None:
        self.settings = settings or Settings()
        self.clock = clock or Clock()
        self.output = output
        self.log = log
        self.seed = seed
        self.backend = backend
        """The net.Backend that sockets use; None until the first use makes one."""
        self.make_backend: Callable[[], Any] | None = None
        """Makes it at the first use, where it is not to be one with real sockets."""
        self.network: Any = NoNetwork()
        """The `Sockets`, as soon as they are used."""
        self.hears_signals = False
        """Whether the signals of the process are for this game alone, so that each of them ends a wait."""
        self.listening: bool | None = None
        """Whether a server could be opened; None where none was tried."""
        self.on_listening: Callable[[], None] = lambda: None
        """Is told of each port that the program has opened."""
        self.started = self.clock.monotonic()
        self.epsilon = EPSILON
        self.has_plain_handles = False
        """Whether handles are numbers in JSON, as before 2023."""
        self.has_loose_json = False
        """Whether what stands behind the value of a JSON text is passed over, as before 2024.13."""
        self.arrays_have_rows = False
        self.counts_first_row = False
        """Whether an array without rows is its only row, as before 2.3."""
        self.errors_go_on = False
        """Whether `show_error` without abort is a message only."""
        self.functions: dict[str, FunctionType] = {}
        self.globals = GlobalStruct(self.functions)
        """Script functions by their GML name."""
        self.natives: dict[str, Callable[..., Any]] = {}
        """Stand-ins for the native functions of extensions, called as a script function is."""
        self.script_indices: dict[int, FunctionType] = {}
        """Script functions by asset index, 100000 and up."""
        self.assets: dict[str, Any] = {}
        """AssetRef (or script function) of every named asset."""
        self.namespaces = Namespaces()
        """The Python globals of each linked unit whose code can still run."""
        self._services: dict[type, Any] = {}
        self.stand_ins: dict[Any, Callable[[Runtime], Any]] = {}
        """Classes of which this game gets an object where another one is asked for."""
        self._warned: set[str] = set()

    def service(self, cls: Callable[[Runtime], S]) -> S:
        """The one object of this class that belongs to this game."""
        found = self._services.get(cls)  # type: ignore[call-overload]
        if found is None:
            made = self.stand_ins.get(cls, cls)
            found = self._services[cls] = made(self)  # type: ignore[index]
        return cast(S, found)

    def has_service(self, cls: Callable[[Runtime], Any]) -> bool:
        """Whether the game has made its object of a class by now."""
        return cls in self._services

    def services(self) -> list[Any]:
        """The parts of the game that there are by now."""
        return list(self._services.values())

    def warn_once(self, key: str, message: str) -> bool:
        """Logs a warning the first time that `key` is given; returns whether this was the first time."""
        if key in self._warned:
            return False
        self._warned.add(key)
        self.log(f"warning: {message}")
        return True

    def callable(self, value: Any) -> Callable[..., Any]:
        """A function value as something to call: accepts methods, functions and script indices.

        Raises GmlError for anything else.
        """
        kind = type(value)
        if kind is FunctionType or kind is MethodType:
            info = getattr(value, "gml", None)
            code = None if info is not None and not info.is_constructor else getattr(value, "constructs", None)
            if code is None:
                return cast("Callable[..., Any]", value)
            return MethodType(code, value.__self__) if kind is MethodType else cast("Callable[..., Any]", code)
        if kind is BuiltinFunction:
            return cast("Callable[..., Any]", value)
        if kind in (float, int, ScriptIndex):
            found = self.script_indices.get(value)
            if found is not None:
                return self.callable(found)
        raise GmlError("Unable to call function: the value is not a function or method")

    def scope_of(self, function: Callable[..., Any], self_: Any, other: Any) -> Any:
        """The first argument for `function(scope, self_, …)`, to call it again and again as `call` does."""
        return self_ if type(function) is MethodType else other

    def call(self, value: Any, self_: Any, other: Any, *args: Any) -> Any:
        """Calls a function value as a builtin's callback: a bound method keeps its self and sees
        the caller as `other`; an unbound one runs with the caller's self and other."""
        function = self.callable(value)
        return function(self.scope_of(function, self_, other), self_, *args)
