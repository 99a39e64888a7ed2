"""The HTTP client: each request is answered, whatever happens to it."""

from __future__ import annotations

import queue

import pytest

from gmlrun.net import http


def test_a_fault_of_any_kind_is_a_response(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(pool: object, request: http.Request, progress: object) -> http.Response:
        raise RuntimeError("out of order")

    monkeypatch.setattr(http, "fetch", broken)
    answers: queue.Queue[http.Response] = queue.Queue()
    client = http.HttpClient()
    for _ in range(3):
        client.submit(http.Request("GET", "http://127.0.0.1:1/"), answers.put)
    assert [answers.get(timeout=10).error for _ in range(3)] == ["RuntimeError: out of order"] * 3
