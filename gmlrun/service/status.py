"""`--status`: HTTP requests go in, how the server is comes out; in threads of their own, and nothing can be changed.

A scraper that is slow, or never reads, costs a thread and a time limit, and the game nothing.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gmlrun.errors import UsageError
from gmlrun.game import Game
from gmlrun.net.threads import REFUSED, begin_thread
from gmlrun.service.access import CHALLENGE, knows
from gmlrun.service.draining import Drain
from gmlrun.service.facts import name_of, uptime_of
from gmlrun.service.meters import Meters
from gmlrun.service.pulse import LIMIT, Pulse
from gmlrun.service.snapshot import Snapshots, carried_by

REFUSED_PAUSE = 0.1
"""Seconds until somebody is let in again, after the system has refused a descriptor."""
PATIENCE = 5.0
"""Seconds that a client may take to ask, and to take in what it is told."""
MOST = 32
"""How many requests are answered at once; others have to come again."""
EVENTS = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"
PLAIN = "text/plain; charset=utf-8"
NEEDS = "/metrics needs prometheus_client: pip install 'gmlrun[status]'"


class Watched:
    """A game and all that is known of how it runs."""

    def __init__(self, game: Game, drain: Drain, pulse: Pulse) -> None:
        self.game = game
        self.drain = drain
        self.pulse = pulse
        self.meters = Meters(game)
        self.camera = Snapshots(game)

    def readiness(self) -> str:
        """The reason to send no client here; empty when clients are welcome."""
        if self.drain.is_draining:
            return "draining"
        return "" if self.camera.snapshot().ports else "not listening"

    def facts(self) -> dict[str, object]:
        """The facts that the page shows."""
        shot, carried, meters = self.camera.snapshot(), carried_by(self.game), self.meters
        return {
            "name": name_of(self.game),
            "process": os.getpid(),
            "uptime": uptime_of(self.game),
            "draining": self.drain.is_draining,
            "ports": shot.ports,
            "clients": shot.clients,
            "instances": shot.instances,
            "healthy": self.camera.age < LIMIT,
            "ready": self.readiness() or "ready",
            "time": time.time(),
            "kinds": shot.kinds,
            "sockets": [list(facts) for facts in shot.sockets],
            "carried": {name: getattr(carried, name) for name in carried.__slots__},
            "queued": shot.queued,
            "refused": shot.refused,
            "frames": shot.frames,
            "overruns": meters.overruns,
            "errors": meters.errors,
            "memory": memory(),
            "objects": shot.objects,
            "events": [
                [name, label, times.count, times.total, times.longest]
                for name, label, times in meters.event_rows()[:EVENTS]
            ],
            "log": [list(line) for line in list(meters.lines)],
        }


def memory() -> int:
    """Bytes of memory that the process has; 0 where the system does not tell."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:
            return next((int(line.split()[1]) * 1024 for line in file if line.startswith("VmRSS")), 0)
    except OSError:
        return 0


class Status:
    """The HTTP server of one game. Raises UsageError when the port cannot be had."""

    def __init__(self, watched: Watched, address: str, port: int, token: str | None = None) -> None:
        self.watched = watched
        try:
            self.server = Listener(watched, address, port, token)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(f"--status: cannot listen on {address}:{port}: {reason}") from None
        self.thread: threading.Thread | None = None

    def open(self) -> None:
        """Starts answering."""
        self.thread = begin_thread(self.server.serve_forever)
        if self.thread is None:
            self.watched.game.rt.log(f"warning: nothing answers at --status: {REFUSED}")
            return
        host, port = self.server.server_address[:2]
        shown = f"[{host!s}]" if ":" in str(host) else str(host)
        self.watched.game.rt.log(f"status http://{shown}:{port}/")
        if find_spec("prometheus_client") is None:
            self.watched.game.rt.log(f"warning: {NEEDS}")

    def close(self) -> None:
        """Stops answering."""
        if self.thread is not None and self.thread.is_alive():
            self.server.shutdown()
        self.server.server_close()


class Listener(ThreadingHTTPServer):
    """Accepts requests, each of which has a thread, as long as there are not too many."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, watched: Watched, address: str, port: int, token: str | None) -> None:
        self.token = token
        """The token that a request must have; None where none is asked for."""
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.watched = watched
        self.is_private = address in LOOPBACK
        self.slots = threading.Semaphore(MOST)
        self.metrics: Any = None
        self.page = Path(__file__).with_name("page.html").read_bytes()
        super().__init__((address, port), StatusRequest)

    def process_request(self, request: Any, client_address: object) -> None:
        if self.slots.acquire(blocking=False):
            if begin_thread(self.process_request_thread, request, client_address) is not None:
                return
            self.slots.release()
        self.shutdown_request(request)

    def get_request(self) -> tuple[Any, Any]:
        """Somebody who comes; where the system refuses the descriptor they wait, and this does not ask all the time."""
        try:
            return super().get_request()
        except OSError:
            time.sleep(REFUSED_PAUSE)
            raise

    def process_request_thread(self, request: Any, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.slots.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error of anybody."""

    def server_bind(self) -> None:
        """Binds as ThreadingHTTPServer does, without looking up the host's name, which may take long."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])


class StatusRequest(BaseHTTPRequestHandler):
    """One request."""

    server: Listener
    timeout = PATIENCE
    server_version = "gmlrun"
    sys_version = ""

    def do_GET(self) -> None:
        """Answers by the path."""
        if self.server.is_private and not self._is_meant():
            self._send(403, PLAIN, b"this page is for this machine alone\n")
            return
        path = self.path.partition("?")[0]
        action = PATHS.get(path)
        if path not in OPEN_PATHS and not self._is_known():
            self._send(401, PLAIN, b"this needs the token of --status-token\n", {"WWW-Authenticate": CHALLENGE})
        elif action is None:
            self._send(404, PLAIN, f"there is only {', '.join(PATHS)}\n".encode())
        else:
            action(self)

    do_HEAD = do_GET

    def _is_meant(self) -> bool:
        """Whether a browser that asks has been told to go here, and not to a name that somebody made lead here."""
        host = self.headers.get("Host", "localhost")
        return host.rpartition(":")[0].strip("[]") in LOOPBACK or host.strip("[]") in LOOPBACK

    def _is_known(self) -> bool:
        """Whether the request has the token, if one is asked for."""
        token = self.server.token
        return token is None or knows(token, self.headers.get("Authorization", ""))

    def health(self) -> None:
        """`/healthz`."""
        is_well = self.server.watched.pulse.is_beating()
        self._send(200 if is_well else 503, PLAIN, b"ok\n" if is_well else b"an event does not come to an end\n")

    def readiness(self) -> None:
        """`/readyz`."""
        reason = self.server.watched.readiness()
        self._send(503 if reason else 200, PLAIN, f"{reason or 'ready'}\n".encode())

    def metrics(self) -> None:
        """`/metrics`."""
        if self.server.metrics is None:
            try:
                from gmlrun.service.metrics import Metrics
            except ImportError:
                self._send(501, PLAIN, f"{NEEDS}\n".encode())
                return
            self.server.metrics = Metrics(self.server.watched)
        text, kind = self.server.metrics.text(self.headers.get("Accept", ""))
        self._send(200, kind, text)

    def facts(self) -> None:
        """`/status.json`."""
        self._send(200, "application/json", json.dumps(self.server.watched.facts()).encode())

    def page(self) -> None:
        """`/`."""
        self._send(200, "text/html; charset=utf-8", self.server.page)

    def _send(self, code: int, kind: str, body: bytes, more: Mapping[str, str] = {}) -> None:
        self.send_response(code)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged."""


OPEN_PATHS = ("/healthz", "/readyz")
"""Paths that need no token: probes have none, and learn nothing but that the server is well."""
PATHS = {
    "/": StatusRequest.page,
    "/healthz": StatusRequest.health,
    "/readyz": StatusRequest.readiness,
    "/metrics": StatusRequest.metrics,
    "/status.json": StatusRequest.facts,
}
