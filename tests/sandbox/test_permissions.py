"""What programs may reach: every function that touches network, files, HTTP or environment, with and without leave."""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from gmlrun import Game, GmlError, Permissions, Settings
from gmlrun.builtins import binding, catalogue, registry
from gmlrun.engine.sockets import Socket, Sockets
from gmlrun.engine.world import World
from gmlrun.errors import GameEnd, GmlThrow, NotPermitted
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Runtime
from gmlrun.sandbox.permissions import is_listed, parts_of
from gmlrun.sandbox.permitted import HEARD, PermittedBackend
from gmlrun.values.model import Struct
from tests.conftest import Run

HEAD = """
buffer = buffer_create(4, buffer_fixed, 1);
map = ds_map_create();
zip = zip_create();
zip_add_file(zip, "a", "own.txt");
"""
TABLE: dict[str, tuple[str, ...]] = {
    "network_create_server": ("listen", "network_create_server(network_socket_tcp, 7000, 4)"),
    "network_create_server_raw": ("listen", "network_create_server_raw(network_socket_ws, 7001, 4)"),
    "network_create_socket": ("net", "network_create_socket(network_socket_tcp)"),
    "network_create_socket_ext": ("listen", "network_create_socket_ext(network_socket_udp, 7002)"),
    "network_connect": ("net", 'network_connect(made, "127.0.0.1", 7003)'),
    "network_connect_async": ("net", 'network_connect_async(made, "127.0.0.1", 7003)'),
    "network_connect_raw": ("net", 'network_connect_raw(made, "127.0.0.1", 7003)'),
    "network_connect_raw_async": ("net", 'network_connect_raw_async(made, "127.0.0.1", 7003)'),
    "network_send_udp": ("net", 'network_send_udp(udp, "127.0.0.1", 7004, buffer, 4)'),
    "network_send_udp_raw": ("net", 'network_send_udp_raw(udp, "127.0.0.1", 7004, buffer, 4)'),
    "network_send_broadcast": ("net", "network_send_broadcast(udp, 7004, buffer, 4)"),
    "network_resolve": ("net", 'network_resolve("127.0.0.1")'),
    "http_get": ("http", 'http_get("http://127.0.0.1:1/")'),
    "http_get_file": ("http", 'http_get_file("http://127.0.0.1:1/", "x")', "write"),
    "http_post_string": ("http", 'http_post_string("http://127.0.0.1:1/", "x")'),
    "http_request": ("http", 'http_request("http://127.0.0.1:1/", "GET", map, "")'),
    "file_exists": ("read", 'file_exists("own.txt")'),
    "file_attributes": ("read", 'file_attributes("own.txt", fa_readonly)'),
    "file_find_first": ("read", 'file_find_first("*.txt", 0)'),
    "directory_exists": ("read", 'directory_exists("folder")'),
    "file_text_open_read": ("read", 'file_text_close(file_text_open_read("own.txt"))'),
    "file_bin_open": ("read", 'file_bin_close(file_bin_open("own.txt", 0))'),
    "buffer_load": ("read", 'buffer_load("own.txt")'),
    "buffer_load_ext": ("read", 'buffer_load_ext(buffer, "own.txt", 0)'),
    "buffer_load_partial": ("read", 'buffer_load_partial(buffer, "own.txt", 0, 2, 0)'),
    "buffer_load_async": ("read", 'buffer_load_async(buffer, "own.txt", 0, -1)'),
    "ini_open": ("read", 'ini_open("own.txt")'),
    "load_csv": ("read", 'load_csv("own.txt")'),
    "md5_file": ("read", 'md5_file("own.txt")'),
    "sha1_file": ("read", 'sha1_file("own.txt")'),
    "ds_map_secure_load": ("read", 'ds_map_secure_load("own.txt")'),
    "zip_unzip": ("read", 'zip_unzip("own.txt", "out")'),
    "zip_unzip_async": ("read", 'zip_unzip_async("own.txt", "out")'),
    "filename_dir": ("read", 'filename_dir("bare")'),
    "filename_path": ("read", 'filename_path("bare")'),
    "working_directory": ("read", "working_directory"),
    "program_directory": ("read", "program_directory"),
    "game_save_id": ("read", "game_save_id"),
    "temp_directory": ("read", "temp_directory"),
    "cache_directory": ("read", "cache_directory"),
    "file_copy": ("read", 'file_copy("own.txt", "copy.txt")', "write"),
    "file_delete": ("write", 'file_delete("own.txt")'),
    "file_rename": ("write", 'file_rename("own.txt", "new.txt")'),
    "directory_create": ("write", 'directory_create("folder")'),
    "directory_destroy": ("write", 'directory_destroy("folder")'),
    "file_text_open_write": ("write", 'file_text_open_write("new.txt")'),
    "file_text_open_append": ("write", 'file_text_open_append("new.txt")'),
    "buffer_save": ("write", 'buffer_save(buffer, "new.bin")'),
    "buffer_save_ext": ("write", 'buffer_save_ext(buffer, "new.bin", 0, 1)'),
    "buffer_save_async": ("write", 'buffer_save_async(buffer, "new.bin", 0, 1)'),
    "buffer_async_group_end": (
        "write",
        '(function() { buffer_async_group_begin("g"); buffer_save_async(buffer, "n", 0, 1);'
        "buffer_async_group_end(); })()",
    ),
    "ds_map_secure_save": ("write", 'ds_map_secure_save(map, "new.map")'),
    "zip_save": ("write", 'zip_save(zip, "new.zip")'),
    "ini_close": (
        "write",
        '(function() { ini_open("new.ini"); ini_write_real("a", "b", 1); return ini_close(); })()',
    ),
    "environment_get_variable": ("env", 'environment_get_variable("HOME")'),
}
"""Of each function that touches the outside: the permission that it needs first, a call, and others that it needs."""
NEEDS_NONE = {
    *("network_destroy", "network_send_packet", "network_send_raw", "network_get_address", "network_set_timeout"),
    *("network_set_config", "network_get_config", "network_create_server_udp_raw"),
    *("http_get_connect_timeout", "http_set_connect_timeout"),
    *("http_get_request_crossorigin", "http_set_request_crossorigin"),
    *("os_get_language", "os_get_region", "parameter_string", "parameter_count", "file_find_next", "file_find_close"),
}
MODULES = {
    *("networking", "http", "file_system", "directories", "text_files", "binary_files", "buffer_files"),
    *("ini_files", "zip_files"),
}
OPTIONS = {"net": "--allow-net", "listen": "--allow-listen", "http": "--allow-http"}
OPTIONS |= {"read": "--allow-read", "write": "--allow-write", "env": "--allow-env"}


@contextlib.contextmanager
def game_with(folder: Path, permissions: Permissions | None, text: str = HEAD, **more: Any) -> Iterator[Game]:
    (folder / "save").mkdir(exist_ok=True)
    settings = Settings(program_dir=folder, save_dir=folder / "save", **more.pop("settings", {}))
    more.setdefault("backend", MemoryBackend())
    with Game(text, settings=settings, permissions=permissions, on_log=lambda line: None, **more) as game:
        yield game


def prepare(folder: Path) -> None:
    """The files that the calls of the table have."""
    (folder / "save" / "folder").mkdir(parents=True)
    (folder / "save" / "own.txt").write_text("own")


def call_of(game: Game, name: str) -> Any:
    """Makes a call of the table; its sockets were there before anything was forbidden."""
    call = TABLE[name][1]
    rt = game.runner.rt
    for variable, kind in (("made", "tcp"), ("udp", "udp")):
        if f"({variable}" in call:
            sockets, backend = rt.service(Sockets), rt.backend
            inner = backend._backend if isinstance(backend, PermittedBackend) else backend
            number = inner.reserve(kind, 0, "")
            sockets.known[number] = Socket(kind)
            game.exec(f"{variable} = {number};")
    return game.eval(call)


@pytest.mark.parametrize("name", TABLE)
def test_every_function_is_permitted_by_default(name: str, tmp_path: Path) -> None:
    prepare(tmp_path)
    with game_with(tmp_path, None if len(name) % 2 else Permissions()) as game:
        call_of(game, name)


@pytest.mark.parametrize("name", TABLE)
def test_a_refusal_names_the_permission_and_the_option(name: str, tmp_path: Path) -> None:
    permission, _, *others = TABLE[name]
    prepare(tmp_path)
    with game_with(tmp_path, Permissions()._replace(**{permission: False})) as game:
        with pytest.raises(GmlError, match=f"is not permitted: it needs the permission {permission} ") as caught:
            call_of(game, name)
        assert OPTIONS[permission] in caught.value.message
    for other in others:
        partly = game_with(tmp_path, Permissions()._replace(**{other: False}))
        with partly as game, pytest.raises(GmlError, match=f"permission {other} "):
            call_of(game, name)


@pytest.mark.parametrize("name", TABLE)
def test_one_permission_is_enough(name: str, tmp_path: Path) -> None:
    """Each call needs what the table says, and nothing else."""
    permission, _, *others = TABLE[name]
    needed: dict[str, Any] = dict.fromkeys((permission, *others), True)
    if name in ("zip_unzip", "zip_unzip_async", "ini_close", "zip_save"):
        needed |= {"read": True, "write": True}
    prepare(tmp_path)
    with game_with(tmp_path, Permissions.sandbox(**needed)) as game:
        call_of(game, name)


def test_the_table_has_every_function_that_touches_the_outside() -> None:
    index = catalogue.load()
    parts = {name: found.module.rpartition(".")[2] for name, found in index.functions.items()}
    asks = {name for name, part in parts.items() if part in MODULES and index.functions[name].parts}
    opened = ("file_text_", "file_bin_", "ini_", "buffer_async")
    assert {name for name in asks - {*TABLE, *NEEDS_NONE} if not name.startswith(opened)} == set()


# ------------------------------------------------------------------ every builtin


class Environ(dict[str, str]):
    """An environment that notes who reads it."""

    read: list[str]

    def get(self, name: str, default: Any = None) -> Any:
        self.read.append(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> str:
        self.read.append(name)
        return super().__getitem__(name)


WATCHED = ("open", "os.", "shutil.", "socket.bind", "socket.connect", "socket.sendto", "socket.getaddrinfo")
WATCHED_TOO = ("socket.gethostbyname", "subprocess.", "ctypes.dlopen", "urllib.", "webbrowser.", "import_of_program")
SEEN: list[tuple[str, str]] = []
WATCH: list[int] = []
LIBRARIES = (sys.prefix, sys.base_prefix, str(Path(registry.__file__).parents[2]), "/usr/lib", "/proc/self")


def watch(event: str, args: tuple[Any, ...]) -> None:
    if WATCH and WATCH[0] == threading.get_ident() and event.startswith((*WATCHED, *WATCHED_TOO)):
        place = str(args[0]) if args else ""
        if not place.startswith(LIBRARIES):
            SEEN.append((event, place))


@pytest.fixture(scope="module")
def watched() -> None:
    import urllib3  # noqa: F401 - importing it binds a socket, to see whether there is IPv6

    sys.addaudithook(watch)


ARGUMENTS: list[dict[str, Any]] = [
    {"String": "own.txt", "Int": 0.0},
    {"String": "127.0.0.1", "Int": 1.0},
    {"String": "http://127.0.0.1:1/", "Int": 6510.0},
    {"String": "/etc/passwd", "Int": 2.0},
    {"String": "HOME", "Int": 3.0},
]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("given", ARGUMENTS, ids=lambda given: str(given["String"]))
def test_no_builtin_leaves_the_sandbox(
    watched: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: dict[str, Any]
) -> None:
    """Python itself tells of files, sockets and processes: with `--sandbox` no builtin opens any."""
    gc.collect()  # the files that games of other tests left open are closed now, not by `gc_collect`
    (tmp_path / "save").mkdir()
    (tmp_path / "save" / "own.txt").write_text("own")
    settings = Settings(program_dir=tmp_path, save_dir=tmp_path / "save", permissions=Permissions.sandbox())
    rt = Runtime(settings, output=lambda line: None, log=lambda line: None)
    world = rt.service(World)
    caller = world.create(world.define_object("obj_caller", ""), 0, 0)
    environ = Environ(os.environ)
    environ.read = []
    leaks: dict[str, Any] = {}
    monkeypatch.setattr(os, "environ", environ)
    for name, builtin in catalogue.load().functions.items():
        call = partial(binding.bind(builtin, rt), *[caller, caller] if builtin.wants_scope else [])
        kinds = ["Any" if one.type is None else one.type.name for one in builtin.parameters]
        for stranger in ([], 0.0, "own.txt", Struct()):
            SEEN.clear()
            environ.read.clear()
            WATCH[:] = [threading.get_ident()]
            with contextlib.suppress(GmlError, GmlThrow, GameEnd):
                call(*(given.get(kind, [] if kind == "Array" else stranger) for kind in kinds))
            WATCH.clear()
            read = [one for one in environ.read if one != "GMLRUN_FAULTS"]
            if SEEN or read:
                leaks[name] = [*SEEN, *read]
    rt.network.close_all(0.0)
    assert leaks == {}
    assert (tmp_path / "save" / "own.txt").read_text() == "own"
    assert os.listdir(tmp_path) == ["save"]


# ------------------------------------------------------------------------ lists


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        ("example.org", ("example.org", None)),
        ("Example.ORG:443", ("example.org", 443)),
        ("[::1]:80", ("::1", 80)),
        ("[::1]", ("::1", None)),
        ("::1", ("::1", None)),
        ("10.0.0.1:1", ("10.0.0.1", 1)),
    ],
)
def test_hosts_are_read(entry: str, parts: tuple[str, int | None]) -> None:
    assert parts_of(entry) == parts


@pytest.mark.parametrize("entry", ["", "a:", "a:b", "a:0", "a:65536", "http://a/", "user@a", "a b", ":80"])
def test_what_is_no_host(entry: str) -> None:
    with pytest.raises(ValueError, match="expected hosts"):
        parts_of(entry)


def test_a_host_is_what_is_listed_and_no_other() -> None:
    allowed = ["example.org", "db:5432"]
    assert is_listed(allowed, "EXAMPLE.org.", 1)
    assert is_listed(allowed, "db", 5432)
    assert not is_listed(allowed, "db", 5433)
    assert not is_listed(allowed, "example.org.evil.test", 1)
    assert not is_listed(allowed, "notexample.org", 1)


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        ('network_connect_async(network_create_socket(network_socket_tcp), "db", 5432)', ""),
        ('network_connect_async(network_create_socket(network_socket_tcp), "db", 5433)', "connecting to db:5433"),
        ('network_connect_async(network_create_socket(network_socket_ws), "ws://db:5432/x", 0)', ""),
        ('network_connect_async(network_create_socket(network_socket_ws), "ws://db:5432@evil:1/x", 0)', "to evil:1"),
        ('network_connect_async(network_create_socket(network_socket_ws), "evil:1/db:5432", 0)', "to evil:1"),
        ('network_resolve("evil")', "looking up evil"),
        ("network_create_server(network_socket_tcp, 7000, 1)", ""),
        ("network_create_server(network_socket_tcp, 7001, 1)", "listening on port 7001"),
        ('http_get("http://db:5433/")', "HTTP request to db:5433"),
        ('http_get("http://db:5432@evil/")', "HTTP request to evil:80"),
        ('http_get("http://evil#@db:5432/")', "HTTP request to evil:80"),
        ('environment_get_variable("HOME")', "HOME"),
        ('environment_get_variable("GML_TEST_X")', ""),
    ],
)
def test_a_list_allows_what_is_in_it(call: str, refused: str, tmp_path: Path) -> None:
    allowed = Permissions.sandbox(net=["db:5432"], listen=[7000], env=["GML_TEST_X"])
    with game_with(tmp_path, allowed) as game:
        if not refused:
            game.eval(call)
            return
        with pytest.raises(GmlError, match="is not permitted") as caught:
            game.eval(call)
        assert refused in caught.value.message


def test_a_connection_is_judged_by_where_it_really_goes(tmp_path: Path) -> None:
    connect = 'network_connect_async(network_create_socket(network_socket_tcp), "db", 5432)'
    mapped: dict[str, Any] = {"settings": {"map_host": {"db": "evil"}}}
    strict = game_with(tmp_path, Permissions.sandbox(net=["db"]), **mapped)
    with strict as game, pytest.raises(GmlError, match="connecting to evil:5432"):
        game.eval(connect)
    with game_with(tmp_path, Permissions.sandbox(net=["evil"]), **mapped) as game:
        game.eval(connect)


def test_reading_is_confined_to_the_folders_that_are_named(tmp_path: Path) -> None:
    for name in ("shared", "save", "hidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name)
    (tmp_path / "a.txt").write_text("bundle")
    (tmp_path / "shared" / "link").symlink_to(tmp_path / "hidden")
    (tmp_path / "shared" / ".dot").write_text("dot")
    with game_with(tmp_path, Permissions(read=[tmp_path / "shared"])) as game:
        assert game.eval('file_text_read_string(file_text_open_read("shared/a.txt"))') == "shared"
        absolute = (tmp_path / "shared" / "a.txt").as_posix()
        assert game.eval(f'file_text_read_string(file_text_open_read("{absolute}"))') == "shared"
        assert game.eval('file_find_first("shared/*", 0)') == "a.txt"
        assert not game.eval('file_exists("shared/.dot")')
        for path in ("a.txt", "hidden/a.txt", "shared/../a.txt", "shared/link/a.txt", "/etc/passwd", "../x", "*.txt"):
            with pytest.raises(GmlError, match=r"reading .* is not permitted.*--allow-read="):
                game.eval(f'file_exists("{path}")')


def test_what_may_not_be_read_cannot_be_copied_by_writing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "save").mkdir()
    with game_with(tmp_path, Permissions(read=[tmp_path / "save"])) as game:
        game.exec('f = file_text_open_append("secret.txt"); file_text_write_string(f, "mine"); file_text_close(f);')
        assert (tmp_path / "save" / "secret.txt").read_text() == "mine"
        with pytest.raises(GmlError, match="not permitted"):
            game.eval('file_copy("secret.txt2", "x.txt") + file_bin_open("../secret.txt", 2)')
    with game_with(tmp_path, Permissions(read=False)) as game, pytest.raises(GmlError, match=r"--allow-read"):
        game.eval('file_bin_open("secret.txt", 2)')


# -------------------------------------------------------------------- datagrams


def test_whoever_sends_a_datagram_may_be_answered(tmp_path: Path) -> None:
    echo = """
    server = network_create_socket_ext(network_socket_udp, 0 + global.port);
    event async_networking {
        if (async_load[? "type"] == network_type_data)
            network_send_udp_raw(server, async_load[? "ip"], async_load[? "port"], async_load[? "buffer"], 4);
    }
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"bind": "127.0.0.1"}
    text = f"global.port = {port};" + echo
    with game_with(tmp_path, Permissions.sandbox(listen=[port]), text, settings=settings, backend=None) as game:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.settimeout(5)
            peer.sendto(b"ping", ("127.0.0.1", port))
            for _ in range(50):
                game.step(0.02)
                with contextlib.suppress(BlockingIOError):
                    peer.setblocking(False)
                    assert peer.recv(10) == b"ping"
                    break
            else:
                pytest.fail("no answer")
        with pytest.raises(GmlError, match=r"a datagram to 127\.0\.0\.1:9 "):
            game.eval('network_send_udp_raw(server, "127.0.0.1", 9, buffer_create(4, buffer_fixed, 1), 4)')


def test_few_senders_are_remembered() -> None:
    backend = PermittedBackend(MemoryBackend(), Permissions.sandbox())
    for port in range(HEARD + 10):
        backend._hear((0, "a", port))
    assert len(backend._heard) == HEARD
    with pytest.raises(NotPermitted):
        backend.send_to(0, "a", 0, b"")


# ------------------------------------------------------------------------- HTTP


class Redirecting(BaseHTTPRequestHandler):
    """Sends everybody to a server that is not permitted."""

    def do_GET(self) -> None:
        asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", f"http://localhost:{self.server.server_address[1]}/secret")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


asked: list[str] = []


def test_a_redirect_needs_permission_too(tmp_path: Path) -> None:
    asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Redirecting)
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        port = server.server_address[1]
        allowed = Permissions.sandbox(http=[f"127.0.0.1:{port}"])
        text = (
            f'http_get("http://127.0.0.1:{port}/"); global.status = 9;'
            'event async_http { global.status = async_load[? "status"]; }'
        )
        lines: list[str] = []
        settings = Settings(program_dir=tmp_path, save_dir=tmp_path)
        with Game(text, settings=settings, permissions=allowed, on_log=lines.append) as game:
            for _ in range(200):
                game.step(0.02)
                if game.globals.status != 9:
                    break
            assert game.globals.status == -1
        assert asked == ["/"]
        assert any("localhost" in line and "is not permitted" in line for line in lines), lines
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# ------------------------------------------------------------------ command line


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        ([], "net listen http read write env"),
        (["--sandbox"], ""),
        (["--deny-net"], "read write env"),
        (["--deny-net", "--allow-listen"], "listen read write env"),
        (["--deny-net", "--allow-http=db"], "http read write env"),
        (["--allow-net=other"], "listen read write env"),
        (["--sandbox", "--allow-net", "--allow-write"], "net http write"),
        (["--sandbox", "--allow-read"], "read"),
        (["--sandbox", "--allow-read=/etc"], ""),
        (["--sandbox", "--allow-env=HOME", "--allow-listen=0"], "listen env"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options(gmlrun: Run, tmp_path: Path, options: list[str], printed: str) -> None:
    calls = {
        "net": "network_create_socket(network_socket_udp)",
        "listen": "network_create_server(network_socket_tcp, 0, 1)",
        "http": 'http_get("http://db:1/")',
        "read": 'file_exists("x")',
        "write": 'directory_create("x")',
        "env": 'environment_get_variable("HOME")',
    }
    if "--allow-net=other" in options:
        calls["net"] = 'network_connect_async(network_create_socket(network_socket_tcp), "db", 1)'
    rows = "".join(
        f'try {{ {call}; array_push(can, "{name}"); }} catch (e) {{ said = e.message; }}\n'
        for name, call in calls.items()
    )
    (tmp_path / "main.gml").write_text(f'can = [];\n{rows}show_debug_message(string_join_ext(" ", can)); game_end();')
    result = gmlrun("main.gml", *options, "--save-dir", tmp_path / "save", "--bind", "127.0.0.1")
    assert (result.returncode, result.stdout) == (0, printed + "\n"), result.stderr


@pytest.mark.parametrize(
    "option", ["--allow-net=a:b", "--allow-listen=x", "--allow-listen=70000", "--allow-read=/no/such", "--allow-http=/"]
)
def test_wrong_values_are_told(gmlrun: Run, option: str) -> None:
    result = gmlrun("main.gml", option)
    assert result.returncode == 2
    assert option.partition("=")[0] in result.stderr
    assert "expected" in result.stderr
