"""HTTP off the loop: a request goes in, its response comes out, fetched by a few threads.

No fault of the network or of a server raises: it is a response with an `error`.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from gmlrun.net.threads import REFUSED, begin_thread

if TYPE_CHECKING:
    import urllib3

WORKERS = 8
"""How many requests of one game are under way at once; the others wait."""
MAX_BODY = 256 * 1024 * 1024
"""Bytes: a longer response is an error."""
MAX_REDIRECTS = 10
DEFAULT_PORTS = {"http": 80, "https": 443}
CHUNK = 256 * 1024
"""Bytes after which a download tells how far it is."""
READ_TIMEOUT = 60.0
"""Seconds without a byte until a response is given up."""


@dataclass(frozen=True)
class Request:
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    connect_timeout: float = 60.0
    """Seconds."""


@dataclass(frozen=True)
class Response:
    """The response to a request; `status` is 0 when no server answered, and then `error` says why."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    error: str = ""


Done = Callable[[Response], None]
Check = Callable[[str, int], None]
"""Raises for a host and port that may not be asked."""
Progress = Callable[[int, int], None]
"""Is told how many bytes have come, and how many were announced (-1 when none were)."""


class HttpClient:
    """The requests of one game; threads exist only while there are any.

    `check` is asked about every host and port before it is connected to, those of redirects too, and raises what the
    caller of `submit` gets.
    """

    def __init__(self, check: Check | None = None) -> None:
        self._check = check
        self._lock = threading.Lock()
        self._jobs: deque[tuple[Request, Done, Progress]] = deque()
        self._workers = 0

    def submit(self, request: Request, done: Done, progress: Progress = lambda come, announced: None) -> None:
        """Begins a request; `done` is called with its response, in another thread, and `progress` before it."""
        if self._check is not None:
            check_url(request.url, self._check)
        with self._lock:
            self._jobs.append((request, done, progress))
            if self._workers < WORKERS and begin_thread(self._work, name="gmlrun-http") is not None:
                self._workers += 1
            is_hopeless = self._workers == 0
            if is_hopeless:
                self._jobs.pop()
        if is_hopeless:
            done(Response(0, error=REFUSED))

    def _work(self) -> None:
        """Does the requests that wait, until there are none."""
        while True:
            with self._lock:
                if not self._jobs:
                    self._workers -= 1
                    return
                request, done, progress = self._jobs.popleft()
            done(self._response(request, progress))

    def _response(self, request: Request, progress: Progress) -> Response:
        """Return the response to a request, whatever goes wrong: a program waits for it."""
        try:
            return fetch(self._pool, request, progress)
        except Exception as error:
            return Response(0, error=f"{type(error).__name__}: {error}")

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        import urllib3

        retries = urllib3.Retry(connect=0, read=0, redirect=MAX_REDIRECTS, status=0, other=0)
        return (urllib3.PoolManager if self._check is None else checking(self._check))(maxsize=WORKERS, retries=retries)


def check_url(url: str, check: Check) -> None:
    """Asks about the server of a URL; one that is no URL fails later."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        found = parse_url(url)
    except LocationParseError:
        return
    check(found.host or "", found.port or DEFAULT_PORTS.get(found.scheme or "", 80))


def checking(check: Check) -> type[urllib3.PoolManager]:
    """The connections of a client that asks first, whichever way it came to a host."""
    import urllib3

    class HttpPool(urllib3.PoolManager):
        def connection_from_host(
            self, host: str | None, port: int | None = None, scheme: str | None = "http", pool_kwargs: Any = None
        ) -> urllib3.HTTPConnectionPool:
            check(host or "", port or DEFAULT_PORTS.get(scheme or "", 80))
            return super().connection_from_host(host, port, scheme, pool_kwargs)

    return HttpPool


def fetch(pool: urllib3.PoolManager, request: Request, progress: Progress) -> Response:
    """Does one request, following redirects."""
    import urllib3

    timeout = urllib3.Timeout(connect=request.connect_timeout, read=READ_TIMEOUT)
    headers = {"User-Agent": "gmlrun", **request.headers}
    try:
        answer = pool.request(
            request.method,
            request.url,
            headers=headers,
            body=request.body or None,
            timeout=timeout,
            preload_content=False,
        )
        try:
            body = body_of(answer, progress)
        finally:
            answer.close()
    except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
        return Response(0, error=str(error))
    if len(body) > MAX_BODY:
        return Response(0, error=f"the response is longer than {MAX_BODY} bytes")
    return Response(answer.status, dict(answer.headers.items()), bytes(body))


def body_of(answer: urllib3.BaseHTTPResponse, progress: Progress) -> bytearray:
    """The body of a response, or as much of it as shows that it is too long."""
    announced = answer.headers.get("Content-Length", "")
    body = bytearray()
    while len(body) <= MAX_BODY and (piece := answer.read(CHUNK)):
        if body:
            progress(len(body), int(announced) if announced.isdecimal() else -1)
        body += piece
    return body
