"""The control socket: a Unix socket that only its user can open; lines of JSON go in, lines of JSON come out.

It is read where the game sleeps, as the game's own sockets are; what it asks for runs between two events.
"""

from __future__ import annotations

import os
import selectors
import socket
import stat
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gmlrun.engine.loop import Loop
from gmlrun.engine.sockets import Sockets
from gmlrun.errors import UsageError
from gmlrun.game import Game
from gmlrun.net.shapes import fits
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.service import folder
from gmlrun.service.draining import Drain
from gmlrun.service.facts import facts_of, inmost_backend

if TYPE_CHECKING:
    from gmlrun.service.attached import Attachments

LONGEST_LINE = 1 << 20
MOST_WAITING = 4 << 20
"""Bytes that may wait for somebody who does not read; then the connection ends."""
READ_SIZE = 65536
PAUSE = 0.5
"""Seconds without accepting after the system has refused a descriptor."""
BACKLOG = 8
ONLY_MINE = 0o177
"""The umask that leaves a socket to its user."""


class Control:
    """The control socket of one game. `path` None stands for one in the runtime folder."""

    def __init__(self, game: Game, drain: Drain, path: str | None = None) -> None:
        self.game = game
        self.drain = drain
        self.path = path
        self.link = ""
        """The symbolic link in the runtime folder to a path of the user's own; empty where there is none."""
        self.listener: socket.socket | None = None
        self.visitors: set[Visitor] = set()
        self.attachments: Attachments | None = None
        """The prompt inside the game, once somebody has opened it."""

    # ---------------------------------------------------------------- opening

    def prepare(self) -> None:
        """Opens a socket that the user has named at once, any other when the program listens; raises UsageError."""
        if self.path is None:
            self.game.rt.on_listening = self.open
            return
        self.listener = self._bind()
        self.game.rt.service(Sockets)
        self._watch()

    def open(self) -> None:
        """Begins to listen, once; the game continues without a control socket where none can be made."""
        if self.listener is not None:
            return
        try:
            self.listener = self._bind()
            self._watch()
        except UsageError as error:
            self.game.rt.log(f"warning: {error}; the server goes on without one (see --control)")

    def _watch(self) -> None:
        """Makes the game read the control socket with its own sockets. Raises UsageError."""
        inner = inmost_backend(self.game)
        assert isinstance(inner, SelectorBackend)
        self.selector = inner
        try:
            self.selector.watch(self.listener, self)
        except OSError as error:
            self.close()
            raise UsageError(f"the control socket cannot be watched: {error.strerror}") from None

    def _watch_again(self) -> None:
        """Accepts connections again after a pause; waits once more where the system still refuses."""
        if self.listener is not None:
            try:
                self.selector.watch(self.listener, self)
            except OSError:
                self.game.rt.service(Loop).remind(PAUSE, self._watch_again)

    def _bind(self) -> socket.socket:
        """A listening socket at its place; raises UsageError."""
        if self.path is None:
            return bind(os.path.join(folder.own_folder(), f"{os.getpid()}{folder.ENDING}"))
        made = bind(self.path)
        try:
            self.link = os.path.join(folder.own_folder(), f"{os.getpid()}{folder.ENDING}")
            folder.forget(self.link)
            os.symlink(os.path.abspath(self.path), self.link)
        except (OSError, UsageError):
            self.link = ""  # gmlrun ps does not see it; its path still leads to it
        return made

    def serve(self, mask: int) -> None:
        """Accepts a connection."""
        assert self.listener is not None
        try:
            transport, _ = self.listener.accept()
        except (BlockingIOError, ConnectionError):
            return
        except OSError:  # the system has no descriptor: they wait, and the loop need not look again and again
            self.selector.unwatch(self.listener)
            self.game.rt.service(Loop).remind(PAUSE, self._watch_again)
            return
        if not is_allowed(transport):
            transport.close()
            return
        transport.setblocking(False)
        try:
            self.visitors.add(Visitor(self, transport))
        except OSError:
            transport.close()

    def close(self) -> None:
        """Removes the socket and says goodbye to everybody; what was said last is still sent, as far as it fits."""
        if self.listener is None:
            return
        for visitor in list(self.visitors):
            visitor.leave()
        self.listener.close()
        path = self.listener_path
        self.listener = None
        for each in filter(None, (path, self.link)):
            folder.forget(each)

    @property
    def listener_path(self) -> str:
        """Where the socket is."""
        return self.path or folder.socket_of(os.getpid())

    # -------------------------------------------------------------- answering

    def attach(self, visitor: Visitor, request: dict[str, object]) -> None:
        """Opens the prompt for somebody; what it needs is imported now."""
        if self.attachments is None:
            from gmlrun.service.attached import Attachments

            self.attachments = Attachments(self.game)
        self.attachments.welcome(visitor, request)

    def tell(self, visitor: Visitor, request: dict[str, object]) -> None:
        """Answers with the facts of the server."""
        visitor.send(facts_of(self.game, self.drain.is_draining))

    def stop(self, visitor: Visitor, request: dict[str, object]) -> None:
        """Drains the server, in the time that is asked for or that it was started with."""
        timeout: Any = request.get("timeout")
        default = self.drain.timeout or DRAIN_TIMEOUT
        seconds = min(float(timeout), LONGEST_DRAIN) if fits(timeout, float) else default
        visitor.send({**facts_of(self.game, True), "timeout": seconds})
        self.drain.request(seconds)


LONGEST_DRAIN = 1e6
"""Seconds that somebody may ask for."""
DRAIN_TIMEOUT = 30.0
"""Seconds that `gmlrun stop` gives a server that says nothing of it."""

REQUESTS: dict[str, Callable[[Control, Visitor, dict[str, object]], None]] = {
    "facts": Control.tell,
    "stop": Control.stop,
    "attach": Control.attach,
}


class Visitor:
    """One connection to the control socket."""

    def __init__(self, control: Control, transport: socket.socket) -> None:
        self.control = control
        self.transport = transport
        self.incoming = self.outgoing = b""
        self.take: Callable[[dict[str, object]], None] = self._request
        """Takes each line that comes."""
        self.on_leave: Callable[[], None] = lambda: None
        self.has_left = False
        control.selector.watch(transport, self)

    def serve(self, mask: int) -> None:
        """Reads what has arrived, and sends what waits."""
        if mask & selectors.EVENT_WRITE:
            self._flush()
        if mask & selectors.EVENT_READ and not self.has_left:
            self._read()

    def _read(self) -> None:
        try:
            data = self.transport.recv(READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        *lines, self.incoming = (self.incoming + data).split(b"\n")
        if not data or len(self.incoming) > LONGEST_LINE:
            self.leave()
        for line in lines:
            self.control.game.call_soon(lambda line=line: self._take(line))  # type: ignore[misc]

    def _take(self, line: bytes) -> None:
        """Does what a line asks for; who sends anything else has to go."""
        import json

        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            request = None
        if self.has_left:
            return
        if isinstance(request, dict):
            self.take(request)
        else:
            self.leave()

    def _request(self, request: dict[str, object]) -> None:
        action = REQUESTS.get(str(request.get("do")))
        if action is None:
            self.send({"error": "this version of gmlrun does not know what is asked for"})
        else:
            action(self.control, self, request)

    def send(self, answer: dict[str, object]) -> None:
        """Sends a line, at once or as soon as it fits."""
        import json

        if not self.has_left:
            self.outgoing += json.dumps(answer).encode() + b"\n"
            self._flush()

    def _flush(self) -> None:
        had_rest = bool(self.outgoing)
        try:
            sent = self.transport.send(self.outgoing) if self.outgoing else 0
        except BlockingIOError:
            sent = 0
        except OSError:
            self.outgoing = b""
            self.leave()
            return
        self.outgoing = self.outgoing[sent:]
        if len(self.outgoing) > MOST_WAITING:
            self.leave()
        elif had_rest:
            self.control.selector.watch(self.transport, self, wants_room=bool(self.outgoing))

    def leave(self) -> None:
        """Ends the connection."""
        if self.has_left:
            return
        self.has_left = True
        self.control.visitors.discard(self)
        self.control.selector.unwatch(self.transport)
        self.transport.close()
        self.on_leave()


def bind(path: str) -> socket.socket:
    """A Unix socket that only its user can open; one that a dead server has left is replaced. Raises UsageError."""
    if not path:
        raise UsageError("--control needs a path")
    if len(os.fsencode(path)) > folder.LONGEST:
        raise UsageError(f"the path {path} is too long for a control socket ({folder.LONGEST} bytes at most)")
    try:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    except OSError as error:
        raise UsageError(f"cannot make the control socket {path}: {error.strerror}") from None
    mask = os.umask(ONLY_MINE)
    try:
        if os.path.lexists(path):
            make_room(path)
        unfinished = f"{path}.{os.getpid()}"
        folder.forget(unfinished)
        made.bind(unfinished)
        made.listen(BACKLOG)
        os.rename(unfinished, path)  # so that nobody finds a socket that does not listen yet
    except OSError as error:
        made.close()
        raise UsageError(f"cannot make the control socket {path}: {reason_of(error, path)}") from None
    except UsageError:
        made.close()
        raise
    finally:
        os.umask(mask)
    made.setblocking(False)
    return made


def reason_of(error: OSError, path: str) -> str:
    """The reason why no socket can be made at a path, and what to do."""
    place = os.path.dirname(path.rstrip("/")) or "."
    if isinstance(error, FileNotFoundError) and not os.path.isdir(place):
        return f"there is no folder {place}; make it first"
    return f"{error.strerror or error}; name a place in a folder that this user can write to"


def make_room(path: str) -> None:
    """Removes a socket on which nobody listens; raises UsageError for anything else at the path."""
    found = os.lstat(path)
    if not stat.S_ISSOCK(found.st_mode):
        kind = KINDS.get(stat.S_IFMT(found.st_mode), "no socket")
        raise UsageError(f"the control socket cannot be {path}: that is there already, and is {kind}; name another")
    if os.geteuid() not in (0, found.st_uid):
        owner = folder.owner_of(path)
        raise UsageError(f"the control socket {path} belongs to another user ({owner}): name another file")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(path)
        except (ConnectionRefusedError, FileNotFoundError):
            os.unlink(path)
            return
        except OSError:
            pass
    raise UsageError(f"another server has the control socket {path}: end that, or name another file")


KINDS = {stat.S_IFDIR: "a folder", stat.S_IFREG: "a file", stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a pipe"}


def is_allowed(transport: socket.socket) -> bool:
    """Whether the peer is the user of this process or root, as far as the system tells."""
    wanted = getattr(socket, "SO_PEERCRED", None)
    if wanted is None:
        return True
    _, user, _ = struct.unpack("3i", transport.getsockopt(socket.SOL_SOCKET, wanted, struct.calcsize("3i")))
    return user in (0, os.getuid())
