"""Tests of the HTTP chapter against a server of Python's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gmlrun.game import Game
from gmlrun.net.http import CHUNK
from gmlrun.runtime import Settings

LONG = CHUNK * 2 + 5
"""Bytes."""


class Handler(BaseHTTPRequestHandler):
    """Answers with what it was asked; /missing is not there, /moved is elsewhere."""

    def answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size).decode()
        status = {"/missing": 404, "/moved": 302}.get(self.path, 200)
        text = f"{self.command} {self.path} {self.headers.get('X-Name', '-')} {body}".encode()
        text = bytes(LONG) if self.path == "/long" else text
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/new")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


REPORT = """
event async_http {
    show_debug_message("{0} {1} {2} {3}", async_load[? "id"], async_load[? "status"], async_load[? "http_status"],
        async_load[? "result"]);
    headers = async_load[? "response_headers"];
}
"""


def run(code: str, tmp_path: Path) -> list[str]:
    """What a program prints."""
    (tmp_path / "program.gml").write_text(code + REPORT)
    printed: list[str] = []
    reports: list[object] = []
    settings = Settings(program_dir=tmp_path, save_dir=tmp_path / "save")
    game = Game.load([tmp_path / "program.gml"], settings, output=printed.append, log=print, on_report=reports.append)
    assert game.run() == 0, reports
    return printed


def test_get(url: str, tmp_path: Path) -> None:
    assert run(f'http_get("{url}/a");', tmp_path) == ["0 0 200 GET /a - "]


def test_post(url: str, tmp_path: Path) -> None:
    assert run(f'http_post_string("{url}/p", "x=ä");', tmp_path) == ["0 0 200 POST /p - x=ä"]


def test_a_status_that_is_no_success(url: str, tmp_path: Path) -> None:
    assert run(f'http_get("{url}/missing");', tmp_path) == ["0 -1 404 GET /missing - "]


def test_redirects_are_followed(url: str, tmp_path: Path) -> None:
    assert run(f'http_get("{url}/moved");', tmp_path) == ["0 0 200 GET /new - "]


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "no url", "gopher://x/", "http://[", "http://a b/"])
def test_a_failure_is_an_event(target: str, tmp_path: Path) -> None:
    printed = run(f'http_set_connect_timeout(2000); http_get("{target}");', tmp_path)
    assert printed == ["0 -1 0 "]


def test_request_with_headers_and_body(url: str, tmp_path: Path) -> None:
    code = r'var m = json_decode("{\"X-Name\": \"gml\"}");' + f'http_request("{url}/r", "put", m, "body");'
    assert run(code, tmp_path) == ["0 0 200 PUT /r gml body"]


def test_request_into_a_buffer(url: str, tmp_path: Path) -> None:
    code = f'b = buffer_create(1, buffer_grow, 1); http_request("{url}/b", "GET", -1, b);'
    code += "event cleanup { show_debug_message(buffer_read(b, buffer_text)); }"
    assert run(code, tmp_path) == ["0 0 200 9", "GET /b - "]


def test_request_with_a_buffer_as_body(url: str, tmp_path: Path) -> None:
    code = 'var b = buffer_create(1, buffer_grow, 1); buffer_write(b, buffer_text, "bytes");'
    code += f'http_request("{url}/b", "POST", -1, b);'
    assert run(code, tmp_path) == ["0 0 200 POST /b - bytes"]


def test_get_file(url: str, tmp_path: Path) -> None:
    printed = run(f'http_get_file("{url}/f", "deep/f.txt"); http_get_file("{url}/f", "../f.txt");', tmp_path)
    assert sorted(printed) == [f"0 0 200 {tmp_path}/save/deep/f.txt", "1 -1 200 "]
    assert (tmp_path / "save/deep/f.txt").read_text() == "GET /f - "
    assert not (tmp_path / "f.txt").exists()


def test_ids_count_up(url: str, tmp_path: Path) -> None:
    code = f'repeat (20) http_get("{url}/n");'
    numbers = [int(line.split()[0]) for line in run(code, tmp_path)]
    assert sorted(numbers) == list(range(20))


def test_a_long_download_tells_how_far_it_is(url: str, tmp_path: Path) -> None:
    code = f'http_get_file("{url}/long", "long.bin");'
    code += """
    event async_http {
        show_debug_message([async_load[? "id"], async_load[? "status"], async_load[? "contentLength"],
            async_load[? "sizeDownloaded"], async_load[? "http_status"], is_undefined(async_load[? "result"])]);
    }"""
    (tmp_path / "program.gml").write_text(code)
    printed: list[str] = []
    settings = Settings(program_dir=tmp_path, save_dir=tmp_path / "save")
    assert Game.load([tmp_path / "program.gml"], settings, output=printed.append).run() == 0
    assert printed == [
        f"[ 0,1,{LONG},{CHUNK},undefined,1 ]",
        f"[ 0,1,{LONG},{2 * CHUNK},undefined,1 ]",
        f"[ 0,0,{LONG},{LONG},200,0 ]",
    ]
    assert (tmp_path / "save/long.bin").stat().st_size == LONG
