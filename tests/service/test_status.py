"""`--status`: health, readiness, metrics and the page, as probes, scrapers and browsers ask for them."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import re
import resource
import signal
import socket
import struct
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from gmlrun.cli.option_values import address
from gmlrun.game import Game
from gmlrun.runtime import Settings
from gmlrun.service.meters import BOUNDS, EXACT_TURNS, LONG, EventTimes, Meters
from tests.conftest import Run
from tests.service.conftest import SERVER, Join, Serve, Server, packet, wait_until

ECHO = SERVER.replace(
    "count += 1;", 'count += 1; network_send_packet(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);'
)


def url_of(server: Server) -> str:
    """Where the status is; the first line of the log says it."""
    found = re.search(r"status (http://\S+)", "".join(server.said))
    assert found is not None
    return found[1]


def get(server: Server, path: str, **headers: str) -> tuple[int, str]:
    """The code and text of an answer."""
    request = urllib.request.Request(url_of(server) + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def metrics(server: Server) -> dict[tuple[str, str], float]:
    """Each number by its name and the values of its labels."""
    text = get(server, "metrics")[1]
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[sample.name, " ".join(value for _, value in sorted(sample.labels.items()))] = sample.value
    return found


def test_a_server_is_healthy_and_ready_until_it_drains(serve: Serve, join: Join) -> None:
    server = serve("--status=0", "--drain-timeout=30")
    assert get(server, "healthz") == (200, "ok\n")
    assert get(server, "readyz") == (200, "ready\n")
    client = join(server)
    server.process.send_signal(signal.SIGTERM)
    assert server.says() == "gmlrun_draining 30"
    assert get(server, "readyz") == (503, "draining\n")
    assert get(server, "healthz")[0] == 200
    client.close()
    assert server.end()[2] == 0


def test_a_program_that_does_not_listen_is_not_ready(serve: Serve) -> None:
    server = serve(
        "--status=0",
        text=SERVER.replace("event async_system {", "event async_system { ")
        + "network_destroy(server);\nalarm[0] = 99999;\nevent alarm0 {}\n",
    )
    assert get(server, "readyz") == (503, "not listening\n")


def test_an_event_that_does_not_end_is_not_healthy(serve: Serve) -> None:
    server = serve(
        "--status=0", text=SERVER + 'event alarm0 { show_debug_message("stuck"); while (true) {} }\nalarm[0] = 5;\n'
    )
    assert server.says() == "stuck"
    assert get(server, "healthz") == (503, "an event does not come to an end\n")
    assert get(server, "")[0] == 200
    assert json.loads(get(server, "status.json")[1])["healthy"] is False
    server.process.kill()


def test_metrics_count_what_the_network_carries(serve: Serve, join: Join) -> None:
    server = serve("--status=0", text=ECHO)
    client = join(server)
    client.sendall(packet(b"one") + packet(b"two") + packet(b"three"))
    got = b""
    while len(got) < 3 * 12 + 11:
        got += client.recv(100)
    found = metrics(server)
    assert found["gmlrun_connections", "tcp"] == 1
    assert found["gmlrun_clients_total", ""] == 1
    assert found["gmlrun_packets_total", "in"] == found["gmlrun_packets_total", "out"] == 3
    assert found["gmlrun_bytes_total", "in"] == 16 + 3 * 12 + 11
    assert found["gmlrun_bytes_total", "out"] == 18 + 12 + 3 * 12 + 11
    assert found["gmlrun_event_seconds_count", "Async Event: Networking lobby"] == 4
    assert found["gmlrun_event_seconds_bucket", "Async Event: Networking +Inf lobby"] == 4
    assert found["gmlrun_instances", "lobby"] == 1
    assert found["process_resident_memory_bytes", ""] > 1e6
    assert ("python_gc_collections_total", "0") in found


def test_metrics_of_a_slow_reader_errors_and_udp(serve: Serve, join: Join) -> None:
    text = (
        ECHO
        + """
    udp = network_create_socket_ext(network_socket_udp, 0);
    big = buffer_create(8000000, buffer_fixed, 1);
    event async_system {}
    function fill(id_) { repeat (12) network_send_packet(id_, big, 8000000); }
    event alarm0 { fill(global.last); throw "on purpose"; }
    """.replace("event async_system {}\n", "")
    )
    text = text.replace("count += 1;", 'count += 1; global.last = async_load[? "id"]; alarm[0] = 1;')
    server = serve("--status=0", "--on-error=continue", text=text)
    client = join(server)
    client.sendall(packet(b"go"))
    server.says()
    wait_until(lambda: metrics(server)["gmlrun_errors_total", ""] == 1)
    wait_until(lambda: metrics(server)["gmlrun_refused_sends_total", ""] >= 1)  # the page's numbers may be a little old
    found = metrics(server)
    assert found["gmlrun_queue_bytes", ""] == found["gmlrun_longest_queue_bytes", ""] > 1_000_000
    facts = json.loads(get(server, "status.json")[1])
    assert any("on purpose" in text for _, stream, text in facts["log"] if stream == "error")


def test_metrics_of_udp(serve: Serve) -> None:
    server = serve(
        "--status=0",
        text="""
        server = network_create_server_raw(network_socket_udp, 6510, 8);
        event async_network {
            network_send_udp_raw(server, async_load[? "ip"], async_load[? "port"], async_load[? "buffer"], 4);
        }
    """,
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(20)
        peer.sendto(b"abcd", ("127.0.0.1", server.port))
        assert peer.recv(10) == b"abcd"
    found = metrics(server)
    assert [found[name, way] for name in ("gmlrun_packets_total", "gmlrun_bytes_total") for way in ("in", "out")] == [
        1,
        1,
        4,
        4,
    ]


def test_frames_that_are_late_are_counted(serve: Serve) -> None:
    slow = "event step { if (count < 3) { count += 1; var t = get_timer(); while (get_timer() - t < 50000) {} } }"
    server = serve("--status=0", text=SERVER + slow)
    wait_until(lambda: metrics(server)["gmlrun_frame_overruns_total", ""] >= 3)
    assert metrics(server)["gmlrun_event_seconds_sum", "Step Event0 lobby"] > 0.14
    wait_until(lambda: metrics(server)["gmlrun_frames_total", ""] >= 3)  # of a snapshot, which may be a second old


def test_nothing_but_reading_is_possible(serve: Serve) -> None:
    server = serve("--status=0")
    for method in ("POST", "PUT", "DELETE"):
        connection = http.client.HTTPConnection(url_of(server).split("/")[2], timeout=20)
        connection.request(method, "/status.json", body=b"x")
        assert connection.getresponse().status == 501
        connection.close()
    assert get(server, "nothing")[0] == 404
    assert get(server, "../etc/passwd")[0] == 404


def test_a_token_is_asked_for_and_a_wrong_one_is_refused(serve: Serve, tmp_path: Any) -> None:
    (tmp_path / "token").write_text("correct horse\nnot this\n", encoding="utf-8")
    server = serve("--status=0", f"--status-token={tmp_path / 'token'}")
    for authorization in (
        "Bearer correct horse",
        "bearer correct horse",
        "Basic " + base64.b64encode(b"anybody:correct horse").decode(),
    ):
        for path in ("", "metrics", "status.json"):
            assert get(server, path, Authorization=authorization)[0] == 200
    for authorization in (
        "",
        "Bearer",
        "Bearer wrong",
        "Bearer correct horse2",
        "Bearer not this",
        "Basic correct horse",
        "Basic " + base64.b64encode(b"correct horse:wrong").decode(),
        "Digest correct horse",
        "Bearer \u00e9",
    ):
        for path in ("", "metrics", "status.json", "nothing"):
            code, text = get(server, path, Authorization=authorization)
            assert (code, text) == (401, "this needs the token of --status-token\n")
    assert get(server, "healthz") == (200, "ok\n")
    assert get(server, "readyz") == (200, "ready\n")


@pytest.mark.parametrize(
    ("content", "words", "message"),
    [
        (None, ("--status=0",), "cannot read token: No such file"),
        (b"", ("--status=0",), "must have at least 8 characters"),
        (b"\nsecond line\n", ("--status=0",), "must have at least 8 characters"),
        (b"\xff\xfe", ("--status=0",), "cannot read token"),
        (b"correct horse", (), "--status-token needs --status"),
    ],
)
def test_mistakes_with_the_token_are_told(
    gmlrun: Run, tmp_path: Any, content: bytes | None, words: tuple[str, ...], message: str
) -> None:
    (tmp_path / "lobby.gml").write_text(SERVER, encoding="utf-8")
    if content is not None:
        (tmp_path / "token").write_bytes(content)
    done = gmlrun("lobby.gml", "--map-port=6510=0", "--status-token=token", *words)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr


def test_a_name_that_somebody_made_lead_here_is_refused(serve: Serve) -> None:
    server = serve("--status=0")
    assert get(server, "status.json", Host="evil.example:80")[0] == 403
    assert get(server, "status.json", Host="localhost:9100")[0] == 200


def test_a_busy_port_is_a_mistake_that_is_told(gmlrun: Run, serve: Serve, tmp_path: Any) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        (tmp_path / "other.gml").write_text(SERVER, encoding="utf-8")
        done = gmlrun("other.gml", f"--status={holder.getsockname()[1]}", "--map-port=6510=0")
    assert done.returncode == 2
    assert "--status: cannot listen on 127.0.0.1:" in done.stderr
    assert "Address already in use" in done.stderr


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9100", ("127.0.0.1", 9100)),
        ("0.0.0.0:9100", ("0.0.0.0", 9100)),
        ("[::1]:0", ("::1", 0)),
        ("", None),
        (":9100", None),
        ("::1:9100", None),
        ("host:", None),
        ("70000", None),
        ("http://x:1/", None),
    ],
)
def test_addresses(text: str, found: tuple[str, int] | None) -> None:
    if found is None:
        with pytest.raises(ValueError, match="expected a port"):
            address(text)
    else:
        assert address(text) == found


def test_clients_that_do_not_ask_or_do_not_read_stop_neither_the_page_nor_the_game(serve: Serve, join: Join) -> None:
    server = serve("--status=0", text=ECHO)
    host, port = url_of(server).split("/")[2].split(":")
    rude = [socket.create_connection((host, int(port))) for _ in range(20)]
    for number, one in enumerate(rude):
        if number % 2:
            one.sendall(b"GET /status.json HTTP/1.1\r\nHost: localhost\r\n" + (b"\r\n" if number % 4 == 1 else b""))
    client = join(server)
    client.sendall(packet(b"hello"))
    assert client.recv(100) == packet(b"hello")
    assert get(server, "healthz") == (200, "ok\n")
    for one in rude:
        one.close()


def test_ten_thousand_clients_on_the_page(tmp_path: Any) -> None:
    """The page lists some, counts all, and says so."""
    from gmlrun.net.connections import Connection
    from gmlrun.service.snapshot import ROWS, snapshot_of

    (tmp_path / "many.gml").write_text(SERVER, encoding="utf-8")
    settings = Settings(bind="127.0.0.1", map_port={6510: 0}, counts_traffic=True)
    game = Game.load([tmp_path / "many.gml"], settings, log=lambda line: None)
    game.start()
    board = game.rt.backend.board
    server = board.sockets[0]
    for _ in range(10_000):
        made = Connection(board.numbers.take(), "tcp", False, server.make_protocol(), server)
        made.opened, made.address, made.port = True, "192.0.2.1", 4000
        board.sockets[made.number] = made
        server.clients.add(made.number)
    board.sockets[7_000].queued = 500
    shot = snapshot_of(game)
    for number in [*server.clients]:
        del board.sockets[number]
    server.clients.clear()
    game.rt.network.close_all(0.0)
    assert (shot.kinds, shot.clients, len(shot.sockets)) == ({"tcp": 10_000}, 10_000, ROWS)
    assert [facts.number for facts in shot.sockets[:2]] == [0, 7_000]


def test_the_page_with_as_many_live_clients_as_the_system_allows(serve: Serve) -> None:
    """What is shown has a bound, all are counted, and whoever asks again and again holds up no packet."""
    from gmlrun.service.snapshot import ROWS

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    count = min(10_000, hard - 1_000)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    server = serve("--status=0", text=RAW_ECHO)
    stack = contextlib.ExitStack()
    with stack:
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        clients = [connected(stack, server.port) for _ in range(count)]
        wait_until(lambda: json.loads(get(server, "status.json")[1])["clients"] == count)
        for client in clients[:: count // 50]:
            client.sendall(b"echo")
            text = get(server, "status.json")[1]
            assert client.recv(100) == b"echo"
        found = json.loads(text)
        assert (found["kinds"], len(found["sockets"])) == ({"tcp": count}, ROWS)
        assert max(len(get(server, path)[1]) for path in ("", "metrics", "status.json")) < 32_768
        assert get(server, "healthz") == (200, "ok\n")


RAW_ECHO = """
network_create_server_raw(network_socket_tcp, 6510, 20000);
event async_network {
    if (async_load[? "type"] == network_type_data)
        network_send_raw(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);
}
"""


def connected(stack: contextlib.ExitStack, port: int) -> socket.socket:
    """A connection that ends at once when it is closed, and so leaves its port to others."""
    made = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
    made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return made


# -------------------------------------------------------------------- counting


class Ticks:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_times_of_events_are_counted_in_classes() -> None:
    times = EventTimes()
    for seconds in (0.00005, 0.0001, 0.0002, 0.3, 99.0):
        times.take(seconds)
    assert (times.quick, times.count, times.longest) == (2, 5, 99.0)
    assert [BOUNDS[at + 1] if at + 1 < len(BOUNDS) else None for at, n in enumerate(times.slower) if n] == [
        0.00025,
        0.5,
        None,
    ]


def test_one_slow_event_among_many_is_put_down_to_one() -> None:
    times = EventTimes()
    assert not times.take_many(1000, 0.001)
    assert times.take_many(1000, 0.001 + 2 * LONG)
    assert times.count == 2000
    assert times.longest == pytest.approx(2 * LONG)
    assert sum(times.slower) == 1


def test_after_a_slow_turn_events_are_timed_one_by_one(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
        event async_system { if (async_load[? "seconds"] > 0) { tick(async_load[? "seconds"]); } }
        function tick(seconds) { global.spend(seconds); }
    """
    (tmp_path / "slow.gml").write_text(text, encoding="utf-8")
    clock = Ticks()
    monkeypatch.setattr("time.perf_counter", clock)
    game = Game.load([tmp_path / "slow.gml"], log=lambda line: None)
    meters = Meters(game)
    loop = game.prepare_loop()
    game.start()

    def spend(other: Any, self_: Any, seconds: float) -> None:
        clock.now += seconds

    game.rt.globals.spend = spend
    game.rt.globals.spend = spend
    rows: Callable[[], dict[str, EventTimes]] = lambda: {label: times for _, label, times in meters.event_rows()}
    for seconds in (0.0, 0.0, 3 * LONG):
        loop.events.post(75, {"seconds": seconds})
    loop.events.deliver()
    loop.events.post(75, {"seconds": 0.2})
    loop.events.post(75, {"seconds": 0.0})
    loop.events.deliver()
    system = rows()["Async Event: System"]
    assert system.longest == pytest.approx(0.2)
    assert EXACT_TURNS > 1


def test_instances_of_one_object_are_timed_together_and_by_object(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """
        object obj_a { event step { global.spend(0.001); } }
        object obj_b { event step { global.spend(0.004); } }
        repeat (3) instance_create_depth(0, 0, 0, obj_a);
        repeat (2) instance_create_depth(0, 0, 0, obj_b);
    """
    (tmp_path / "steps.gml").write_text(text, encoding="utf-8")
    clock = Ticks()
    monkeypatch.setattr("time.perf_counter", clock)
    game = Game.load([tmp_path / "steps.gml"], log=lambda line: None)
    meters = Meters(game)
    loop = game.prepare_loop()
    game.start()
    game.rt.globals.spend = lambda other, self_, seconds: setattr(clock, "now", clock.now + seconds)
    loop.frame()
    found = {(name, label): times for name, label, times in meters.event_rows()}
    a, b = found["obj_a", "Step Event0"], found["obj_b", "Step Event0"]
    assert (a.count, b.count) == (3, 2)
    assert (a.total, b.total) == (pytest.approx(0.003), pytest.approx(0.008))
    assert (a.longest, b.longest) == (pytest.approx(0.001), pytest.approx(0.004))


# ------------------------------------------------------------------------ page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def test_the_page_in_a_browser(serve: Serve, join: Join, need_tool: Callable[[str], str]) -> None:
    from playwright.sync_api import sync_playwright

    server = serve("--status=0", text=ECHO)
    client = join(server)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=need_tool("chromium"), args=FLAGS, timeout=40_000)
        page = browser.new_page()
        faults: list[str] = []
        asked: set[str] = set()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: asked.add(request.url))
        page.goto(url_of(server))
        page.locator("#name", has_text="lobby").wait_for()
        page.locator("#state", has_text="ready").wait_for()
        for _ in range(3):
            client.sendall(packet(b"<b>bold</b>"))
            client.recv(100)
        page.locator("#log", has_text="old 3").wait_for()
        page.locator("#events", has_text="Async Event: Networking").wait_for()
        page.locator("#objects", has_text="lobby").wait_for()
        page.locator("#sockets", has_text="connected").wait_for()
        wait_until(lambda: "," in (page.locator("#line-in").get_attribute("points") or ""))
        server.process.kill()
        page.locator("#state", has_text="does not answer").wait_for()
        browser.close()
    assert faults == []
    assert {url.removeprefix(url_of(server)) for url in asked} <= {"", "status.json", "favicon.ico"}


@pytest.mark.parametrize(
    "accept", ["application/openmetrics-text; version=1.0.0 fold", "application/openmetrics-text;version=x", ";", ""]
)
def test_metrics_for_a_scraper_that_accepts_nonsense(serve: Serve, accept: str) -> None:
    code, text = get(serve("--status=0"), "metrics", Accept=accept)
    assert (code, "gmlrun" in text) == (200, True)
