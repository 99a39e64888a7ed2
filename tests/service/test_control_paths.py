"""Each state of the path of a control socket: what can be had is had, anything else is one clear line."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gmlrun.errors import UsageError
from gmlrun.service import control, link
from tests.conftest import Run
from tests.service.conftest import SERVER, Serve

Make = Callable[[Path], object]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A path that every system takes for a socket."""
    monkeypatch.chdir(tmp_path)
    return Path("my.sock")


def stale(path: Path) -> None:
    """What a server that was killed has left."""
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))


def test_a_free_place_and_a_stale_socket_are_taken(path: Path) -> None:
    for _ in range(2):
        with control.bind(str(path)) as made:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            with socket.socket(socket.AF_UNIX) as visitor:
                visitor.connect(str(path))
            assert made.fileno() > 0
    assert os.listdir() == ["my.sock"]


OCCUPIED: dict[str, tuple[Make, str]] = {
    "file": (lambda path: path.write_text("precious"), "my.sock: that is there already, and is a file; name another"),
    "folder": (Path.mkdir, "is there already, and is a folder; name another"),
    "link": (lambda path: path.symlink_to("/nowhere/at/all"), "is a symbolic link; name another"),
    "pipe": (os.mkfifo, "is a pipe; name another"),
}


@pytest.mark.parametrize("kind", OCCUPIED)
def test_what_is_there_stays_there(path: Path, kind: str) -> None:
    make, message = OCCUPIED[kind]
    make(path)
    before = path.lstat()
    with pytest.raises(UsageError) as caught:
        control.bind(str(path))
    assert str(caught.value).startswith("the control socket cannot be my.sock")
    assert message in str(caught.value)
    assert path.lstat().st_ino == before.st_ino


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "--control needs a path"),
        ("x" * 120, "xxx is too long for a control socket (90 bytes at most)"),
        ("missing/my.sock", "there is no folder missing; make it first"),
        ("my.sock/", "cannot make the control socket my.sock/: "),
        ("/proc/my.sock", "; name a place in a folder that this user can write to"),
    ],
)
def test_a_place_that_cannot_be(path: Path, name: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        control.bind(name)
    assert message in str(caught.value)
    assert os.listdir() == []


def test_a_folder_that_cannot_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "rename", refuse)  # a folder's rights mean nothing to root
    with pytest.raises(UsageError) as caught:
        control.bind(str(path))
    assert str(caught.value).startswith("cannot make the control socket my.sock: Permission denied; name a place in")


def refuse(*names: object) -> None:
    """What the system says to who may not."""
    raise PermissionError(13, "Permission denied")


def test_a_socket_of_another_user_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale(path)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(UsageError, match=r"my\.sock belongs to another user \(\w+\): name another file"):
        control.bind(str(path))
    assert path.is_socket()


@pytest.fixture
def busy(path: Path) -> Iterator[Path]:
    """A socket on which a server listens."""
    with control.bind(str(path)):
        yield path


def test_a_socket_of_a_running_server_is_its_own(busy: Path) -> None:
    with pytest.raises(UsageError, match=r"another server has the control socket my\.sock: end that, or name another"):
        control.bind(str(busy))


def test_a_program_whose_control_socket_cannot_be_ends_with_one_line(serve: Serve, gmlrun: Run, tmp_path: Path) -> None:
    serve("--control", tmp_path / "my.sock")
    done = gmlrun("lobby.gml", "--control", tmp_path / "my.sock", "--map-port=6510=0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("gmlrun: another server has the control socket")
    (tmp_path / "lobby.gml").write_text(SERVER, encoding="utf-8")
    assert gmlrun("lobby.gml", "--control=").stderr == "gmlrun: --control needs a path\n"


# ------------------------------------------------------------ the other end


@pytest.mark.parametrize("kind", ["stale", "missing", "file", "folder", "long"])
def test_a_path_with_no_server_behind_it(path: Path, kind: str) -> None:
    if kind == "stale":
        stale(path)
    elif kind in OCCUPIED:
        OCCUPIED[kind][0](path)
    words = {
        "stale": "no server listens on my.sock any more",
        "missing": "there is no control socket my.sock; gmlrun ps lists the servers",
        "file": "my.sock is no control socket; gmlrun ps lists the servers",
        "folder": "my.sock is no control socket; gmlrun ps lists the servers",
        "long": "there is no control socket ",
    }
    with pytest.raises(UsageError, match=words[kind]):
        link.find("x" * 300 + ".sock" if kind == "long" else str(path))


def test_a_socket_that_only_another_user_may_open(busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", Refusing)
    with pytest.raises(UsageError, match=r"only \w+ and root may reach the server at my\.sock: try sudo"):
        link.find(str(busy))
    monkeypatch.setattr(os, "stat", refuse)
    with pytest.raises(UsageError, match=r"this user may not look into the folder of my\.sock: try sudo"):
        link.find(str(busy))


class Refusing(socket.socket):
    """A socket of a user who may not connect."""

    def connect(self, address: object) -> None:
        refuse()
