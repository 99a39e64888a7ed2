"""HTTP requests, each answered by an Async HTTP event; a long download has some on its way, too.

Manual: Asynchronous_Functions/HTTP.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import HTTP
from gmlrun.engine.files import FileArea
from gmlrun.engine.saving import write_whole
from gmlrun.lean import cached_property
from gmlrun.net.http import HttpClient, Request, Response
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import DsMap, Handles, destroy
from gmlrun.values.model import Value
from gmlrun.values.text import string_of
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

chapter = Chapter("Asynchronous_Functions/HTTP")

FINISHED, FAILED, UNDER_WAY = 0.0, -1.0, 1.0

Result = Callable[[bytes], Value]
"""Puts a response's body where it belongs and returns the event's `result`."""


class Http(GamePart):
    """The HTTP requests of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.events = rt.service(AsyncEvents)
        permissions = rt.settings.permissions
        self.client = HttpClient(None if permissions is None else permissions.check_http)
        self.connect_timeout = 60000.0
        """Milliseconds."""
        self._ids = itertools.count()

    def start(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, result: Result | None = None
    ) -> float:
        """Begins a request; returns its id, which its event will carry."""
        number = float(next(self._ids))
        self.events.expected += 1
        arrival = Arrival(self, number, url, result or text_of)
        request = Request(method, url, headers, body, max(self.connect_timeout, 1.0) / 1000)
        self.client.submit(request, arrival.arrived, arrival.under_way)
        return number


class Arrival:
    """One request's way back into the game."""

    def __init__(self, http: Http, number: float, url: str, result: Result) -> None:
        self.http = http
        self.number = number
        self.url = url
        self.result = result
        self.headers: DsMap | None = None

    def arrived(self, response: Response) -> None:
        """Queues the event; called in another thread, so that nothing else of the game is touched."""
        self.http.events.post(HTTP, Later(lambda: self.values(response)), self.finish)
        self.http.rt.network.wake()

    def under_way(self, come: int, announced: int) -> None:
        """Queues the event of a download that continues; called in another thread."""
        told = {"contentLength": float(announced), "sizeDownloaded": float(come)}
        self.http.events.post(HTTP, {"id": self.number, "status": UNDER_WAY, "url": self.url, **told})
        self.http.rt.network.wake()

    def values(self, response: Response) -> dict[str, Value]:
        """The entries of the event's `async_load`."""
        rt = self.http.rt
        if response.error:
            rt.log(f"{self.url}: {response.error}")
        self.headers = rt.service(Handles).add(DsMap())
        for name, value in response.headers.items():
            self.headers.set(clean(name), clean(value))
        result = self.result(response.body) if response.status else ""
        succeeded = 200 <= response.status < 300 and result is not None
        return {
            "id": self.number,
            "status": FINISHED if succeeded else FAILED,
            "url": self.url,
            "contentLength": content_length(response),
            "sizeDownloaded": float(len(response.body)),
            "result": "" if result is None else result,
            "http_status": float(response.status),
            "response_headers": self.headers,
        }

    def finish(self) -> None:
        """Frees what belongs to the event."""
        self.http.events.expected -= 1
        if self.headers is not None:
            destroy(self.http.rt, self.headers)


class Later(Mapping[str, Value]):
    """The values of an event that are made when they are first asked for: in its turn, in the game's thread."""

    def __init__(self, make: Callable[[], dict[str, Value]]) -> None:
        self._make = make

    @cached_property
    def _values(self) -> dict[str, Value]:
        return self._make()

    def __getitem__(self, key: str) -> Value:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def content_length(response: Response) -> float:
    """The size that a server announced, -1 when it did not."""
    announced = next((v for name, v in response.headers.items() if name.lower() == "content-length"), "")
    return float(announced) if announced.isdecimal() else -1.0


def text_of(body: bytes) -> str:
    """A body as text, which ends at the first zero byte."""
    return body.partition(b"\0")[0].decode("utf-8", "replace")


def into_buffer(buffer: Buffer) -> Result:
    """The result that fills a buffer and is the number of bytes."""

    def put(body: bytes) -> float:
        buffer.resize(max(len(body), len(buffer.data)))
        buffer.put(0, body)
        return float(len(body))

    return put


def into_file(place: Path | None) -> Result:
    """The result that fills a file and is its path; None when it cannot be written."""

    def put(body: bytes) -> str | None:
        try:
            if place is not None:
                write_whole(place, body)
        except OSError:
            return None
        return None if place is None else place.as_posix()

    return put


def headers_of(handles: Handles, header_map: Value) -> dict[str, str]:
    """The headers in a ds_map; none when there is no such map."""
    found = handles.find(DsMap, header_map)
    return {} if found is None else {string_of(key): string_of(value) for key, value in found.data.values()}


@chapter
def http_get(http: Http, url: String) -> float:
    """Asks a server for the text at a URL.

    Gives an id; the Async HTTP event with that `id` has the text as its `result`.
    """
    return http.start("GET", url, {}, b"")


@chapter
def http_get_file(file_area: FileArea, http: Http, url: String, local_target: String) -> float:
    """Downloads what is at a URL into a file of the save area.

    Gives an id; the Async HTTP event with that `id` has the file's path as its `result`.
    """
    place = file_area.resolve_write(local_target)
    return http.start("GET", url, {}, b"", into_file(place))


@chapter
def http_post_string(http: Http, url: String, string: String) -> float:
    """Sends a text to a URL, as a form does.

    Gives an id; the Async HTTP event with that `id` has the server's answer as its `result`.
    """
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return http.start("POST", url, headers, string.encode("utf-8", "replace"))


@chapter
def http_request(handles: Handles, http: Http, url: String, method: String, header_map: Value, body: Value) -> float:
    """Sends a request of any method with headers (a ds_map) and a body (a string or a buffer).

    Of a buffer the bytes used are sent when its position is above 0; otherwise nothing is sent and the
    answer is put into it. Gives an id; the Async HTTP event with that `id` has the server's answer.
    """
    data, result = b"", None
    if not isinstance(body, Buffer):
        data = string_of(body).encode("utf-8", "replace") if isinstance(body, str) else b""
    elif body.position > 0:
        data = bytes(body.data[: body.used])
    else:
        result = into_buffer(body)
    return http.start(method.upper(), url, headers_of(handles, header_map), data, result)


@chapter
def http_get_connect_timeout(http: Http) -> float:
    """How many milliseconds a connection may take to be made."""
    return http.connect_timeout


@chapter
def http_set_connect_timeout(http: Http, connect_timeout_ms: Real) -> None:
    """Sets how many milliseconds a connection may take to be made."""
    http.connect_timeout = connect_timeout_ms


@chapter
def http_get_request_crossorigin() -> str:
    """How a browser would treat requests to other sites: empty, since the game runs in none."""
    return ""


@chapter
def http_set_request_crossorigin(origin_type: String) -> None:
    """Would tell a browser how to treat requests to other sites."""
