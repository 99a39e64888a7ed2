"""What systemd hears of a server, by a socket that stands in for its own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.service.conftest import SERVER, Join, Serve


class Manager:
    """The socket that systemd listens on."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.settimeout(30)

    def hears(self) -> dict[str, str]:
        """The lines of the next message."""
        return dict(line.split("=", 1) for line in self.socket.recv(4096).decode().splitlines())

    def hears_for_ever(self) -> None:
        """Raises TimeoutError when nothing comes any more."""
        while True:
            self.hears()


@pytest.fixture
def manager(tmp_path: Path, environment: dict[str, str]) -> Iterator[Manager]:
    made = Manager(tmp_path / "notify")
    environment["NOTIFY_SOCKET"] = str(tmp_path / "notify")
    yield made
    made.socket.close()


def test_a_server_is_ready_lives_drains_and_ends(
    manager: Manager, environment: dict[str, str], serve: Serve, join: Join
) -> None:
    environment["WATCHDOG_USEC"] = "200000"
    server = serve("--drain-timeout=20")
    assert manager.hears() == {"READY": "1", "STATUS": f"listening: tcp {server.port}"}
    assert [manager.hears() for _ in range(3)] == [{"WATCHDOG": "1"}] * 3
    client = join(server)
    server.process.terminate()
    while "EXTEND_TIMEOUT_USEC" not in (heard := manager.hears()):
        assert heard == {"WATCHDOG": "1"}
    assert heard == {"STOPPING": "1", "STATUS": "draining", "EXTEND_TIMEOUT_USEC": "30000000"}
    client.close()
    while "STOPPING" not in (heard := manager.hears()):
        assert heard == {"WATCHDOG": "1"}
    assert server.end()[2] == 0


def test_a_server_that_hangs_gives_no_sign_of_life(manager: Manager, environment: dict[str, str], serve: Serve) -> None:
    environment["WATCHDOG_USEC"] = "200000"
    server = serve(text=SERVER + 'event alarm0 { show_debug_message("stuck"); while (true) {} }\nalarm[0] = 20;\n')
    assert "READY" in manager.hears()
    assert server.says() == "stuck"
    manager.socket.settimeout(1.5)
    with pytest.raises(TimeoutError):
        manager.hears_for_ever()
    server.process.kill()


def test_a_server_without_its_port_is_not_ready_and_ends_with_1(manager: Manager, gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text(SERVER, encoding="utf-8")
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        done = gmlrun("main.gml", f"--map-port=6510={holder.getsockname()[1]}", "--bind=127.0.0.1")
    assert done.returncode == 1
    assert manager.hears() == {"STOPPING": "1"}


def test_another_processs_watchdog_is_none_of_ours(manager: Manager, environment: dict[str, str], serve: Serve) -> None:
    environment.update(WATCHDOG_USEC="100000", WATCHDOG_PID="1")
    serve()
    assert "READY" in manager.hears()
    manager.socket.settimeout(0.5)
    with pytest.raises(TimeoutError):
        manager.hears()
