"""Recordings of a game's network, kept and played again: a backend goes in, one that records comes out.

A recording is rows of JSON: calls of the backend with their results, and polls with their time and messages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TextIO

from gmlrun.net.backend import Backend, Counts, NetworkError, NetworkLimits, Options, SocketFacts
from gmlrun.net.messages import Connected, ConnectResult, Disconnected, Message, Received
from gmlrun.net.payload import Payload

KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (Connected, Received, Disconnected, ConnectResult)}
ACTIONS = {"listen", "reserve", "connect", "send", "send_to", "broadcast", "close", "http"}
SENDS = ("send", "send_to", "broadcast", "http")
"""The calls that are seen outside, and compared; the others only ask."""


class Tape:
    """Where rows are written; each is whole on disk before the next."""

    def __init__(self, file: TextIO, tell: Callable[[str], None]) -> None:
        self.file = file
        self.tell = tell
        self.is_over = False
        """Whether a row could not be written: the game goes on, and the recording ends before that."""

    def write(self, *row: Any) -> None:
        """Writes a row."""
        if self.is_over:
            return
        try:
            self.file.write(json.dumps(row, separators=(",", ":")) + "\n")
            self.file.flush()
        except OSError as error:
            self.is_over = True
            self.tell(f"warning: the recording cannot be written ({error.strerror}): it ends here")


def plain(value: Any) -> Any:
    """A value as JSON has it: bytes as hexadecimal text."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).hex()
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def message_of(row: Sequence[Any]) -> Message:
    """A message as it was written; raises ValueError, TypeError, KeyError or IndexError for what is none."""
    fields = list(row[1:])
    if row[0] == "Received":
        fields[1] = [bytes.fromhex(packet) for packet in fields[1]]
        if not fields[1]:
            raise ValueError("a read without packets")
    made: Message = KINDS[row[0]](*fields)
    return made


def forwarding(*parameters: str) -> Any:
    """A method of the contract that only records, or looks up, its call; it is called by position."""
    return Forwarded(parameters)


class Forwarded:
    """A descriptor that makes such a method, with the name that it is assigned to."""

    def __init__(self, parameters: Sequence[str]) -> None:
        self.parameters = parameters
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> Callable[..., Any]:
        def method(*arguments: Any) -> Any:
            missing = self.parameters[len(arguments) :]
            return instance._call(self.name, *arguments, *(DEFAULTS[name] for name in missing))

        return method


DEFAULTS: dict[str, Any] = {"raw": False, "is_text": False, "socket": None, "port": 0, "address": ""}


class Contract:
    """The calls of a backend that go through `_call`."""

    listen = forwarding("kind", "address", "port", "max_clients", "raw")
    port_of = forwarding("socket")
    addresses_of = forwarding("socket")
    connect = forwarding("kind", "url", "port", "raw", "socket")
    reserve = forwarding("kind", "port", "address")
    send = forwarding("socket", "payload", "raw", "is_text")
    send_to = forwarding("socket", "host", "port", "payload", "raw")
    broadcast = forwarding("socket", "port", "payload")
    is_open = forwarding("socket")
    close = forwarding("socket")
    stop_listening = forwarding()
    ports = forwarding()
    client_count = forwarding()


class RecordedBackend(Contract):
    """See Backend for the contract; all that comes of it is written down."""

    def __init__(self, backend: Backend, tape: Tape, tick: Callable[[], float]) -> None:
        self._backend = backend
        self._tape = tape
        self._tick = tick
        """Lets the game's clock go on, and gives its time."""
        self.after_poll: Callable[[], None] = lambda: None
        """Hands over what has come by other ways."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def _call(self, name: str, *arguments: Any) -> Any:
        try:
            result = getattr(self._backend, name)(*arguments)
        except NetworkError as error:
            self._tape.write("call", name, plain(arguments), {"error": str(error)})
            raise
        self._tape.write("call", name, plain(arguments), result)
        return result

    def poll(self, timeout: float | None) -> list[Message]:
        """Moves bytes both ways."""
        messages = self._backend.poll(timeout)
        self._tape.write("poll", self._tick(), [[type(one).__name__, *plain(one)] for one in messages])
        self.after_poll()
        return messages


class RecordedSegment:
    """The calls of a game between two polls."""

    def __init__(self, time: float, messages: list[Message]) -> None:
        self.time = time
        self.messages = messages
        """The messages of the poll at its beginning."""
        self.calls: list[tuple[str, Any, Any]] = []
        self.values: dict[str, list[Any]] = {}
        """Other rows, by their kind."""


def segments_of(rows: Iterable[Sequence[Any]], start: float) -> list[RecordedSegment]:
    """The rows of a recording between its polls; what stands before the first comes first."""
    found = [RecordedSegment(start, [])]
    for kind, *fields in rows:
        if kind == "poll":
            found.append(RecordedSegment(fields[0], [message_of(row) for row in fields[1]]))
        elif kind == "call":
            found[-1].calls.append((fields[0], fields[1], fields[2]))
        else:
            found[-1].values.setdefault(kind, []).append(fields[0])
    return found


class ReplayedBackend(Contract):
    """See Backend for the contract; what comes is from a recording. The first thing that is done otherwise is told.

    Where the game goes other ways it gets what it got when it last did the same.
    """

    def __init__(self, segments: list[RecordedSegment], on_end: Callable[[], None]) -> None:
        self.limits = NetworkLimits()
        self.payload = Payload()
        self.segments = segments
        self.at = 0
        self.on_end = on_end
        self.on_poll: Callable[[float], None] = lambda moment: None
        """Is told the time of each poll."""
        self.difference = ""
        self.sends = 0
        """Sends that were as recorded."""
        self._options: dict[int, Options] = {}
        self._answers: dict[str, Any] = {}

    @property
    def now(self) -> RecordedSegment:
        return self.segments[self.at]

    # --------------------------------------------------------------- comparing

    def _differs(self, words: str) -> None:
        if not self.difference:
            self.difference = f"{self.now.time - self.segments[0].time:.3f} s after the start: {words}"

    def _call(self, name: str, *arguments: Any) -> Any:
        given, calls = plain(arguments), self.now.calls
        for at, (other, wanted, result) in enumerate(calls):
            if other == name and wanted == given:
                self._pass_over(calls[:at])
                del calls[: at + 1]
                self.sends += name in SENDS
                return self._answered(name, given, result)
        return self._unknown(name, given)

    def _pass_over(self, calls: Sequence[tuple[str, Any, Any]]) -> None:
        """Tells of recorded calls that the game has not made."""
        for name, wanted, _ in calls:
            if name in ACTIONS:
                self._differs(f"the recording has {described(name, wanted)}, which the game does not do")

    def _unknown(self, name: str, given: list[Any]) -> Any:
        """A call that is not recorded here: it gets the result of one that is like it."""
        calls = self.now.calls
        for at, (other, wanted, result) in enumerate(calls):
            if other == name and name in ACTIONS:
                self._differs(f"the game does {described(name, given)}; the recording has {described(name, wanted)}")
                del calls[at]
                return self._answered(name, given, result)
        if name in ACTIONS:
            self._differs(f"the game does {described(name, given)}, which is not in the recording")
            later = (one for segment in self.segments for one in segment.calls if one[0] == name)
            found = next(later, None)
            if found is not None and name in ("listen", "reserve", "connect"):
                return self._answered(name, given, found[2])
        key = json.dumps([name, given])
        usual = USUAL[name](given)
        return self._answers.get(key, usual)

    def _answered(self, name: str, given: list[Any], result: Any) -> Any:
        if isinstance(result, dict):
            raise NetworkError(result["error"])
        self._answers[json.dumps([name, given])] = result
        return result

    def ask(self, request: Sequence[Any]) -> int:
        """The number of an HTTP request; -1 for one to which the recording has no answer."""
        return int(self._call("http", *request))

    def finish(self) -> None:
        """Tells of what is recorded at the end and was not done."""
        if self.at == len(self.segments) - 1:
            self._pass_over(self.now.calls)
        else:
            self._differs("the game ends; the recording goes on")

    # -------------------------------------------------------------- the contract

    def poll(self, timeout: float | None) -> list[Message]:
        """Return the messages of the next poll of the recording, at once."""
        if self.at + 1 == len(self.segments):
            self.on_end()
            return []
        self._pass_over(self.now.calls)
        self.at += 1
        self.on_poll(self.now.time)
        return self.now.messages

    def options(self, socket: int) -> Options:
        """The options that the program sets; they change nothing."""
        return self._options.setdefault(socket, Options())

    def configure(self, socket: int) -> None:
        """Changes nothing."""

    def hold(self, is_held: bool) -> None:
        """Changes nothing: the recording knows when what came."""

    def descriptor(self) -> int:
        """See Backend: a recording has none."""
        return -1

    def patience(self, timeout: float | None) -> float | None:
        """See Backend."""
        return timeout

    def counts(self) -> Counts:
        """Nothing is counted."""
        return Counts(0, 0)

    def facts(self) -> list[SocketFacts]:
        """Nothing is known."""
        return []

    def close_all(self, timeout: float) -> None:
        """Closes nothing."""

    def closing(self, timeout: float) -> Iterator[None]:
        """Closes nothing."""
        return iter(())

    def wake(self) -> None:
        """Nothing waits here."""


def described(name: str, arguments: Sequence[Any]) -> str:
    """A call in words: `send(0, 12 bytes 48 65 …)`."""
    return f"{name}({', '.join(map(shown, arguments))})"


def shown(value: Any) -> str:
    if isinstance(value, str) and len(value) % 2 == 0 and len(value) > 8 and not value.strip("0123456789abcdef"):
        return f"{len(value) // 2} bytes {value[:64]}{'…' if len(value) > 64 else ''}"
    return str(value)


USUAL: dict[str, Callable[[list[Any]], Any]] = {
    "listen": lambda given: 0,
    "reserve": lambda given: 0,
    "connect": lambda given: 0,
    "send": lambda given: len(given[1]) // 2,
    "send_to": lambda given: len(given[3]) // 2,
    "broadcast": lambda given: len(given[2]) // 2,
    "http": lambda given: -1,
    "close": lambda given: None,
    "port_of": lambda given: 0,
    "addresses_of": lambda given: [],
    "is_open": lambda given: True,
    "stop_listening": lambda given: None,
    "ports": lambda given: [],
    "client_count": lambda given: 0,
}
"""The result of a call that the recording does not have."""
