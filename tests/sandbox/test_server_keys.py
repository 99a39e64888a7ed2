"""The files of `--tls-cert` and `--tls-key` lie where a program reads: it comes to them by no function and no name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from gmlrun import Game, Permissions, Settings
from tests.conftest import Run

READS = {
    "file_exists": 'file_exists("{name}")',
    "file_text_open_read": 'file_text_open_read("{name}") != -1',
    "buffer_load": 'buffer_load("{name}") != -1',
    "buffer_load_ext": 'loaded(buffer_load_ext(buffer, "{name}", 0))',
    "buffer_load_partial": 'loaded(buffer_load_partial(buffer, "{name}", 0, 3, 0))',
    "ini_open": 'opened("{name}")',
    "load_csv": 'load_csv("{name}") != -1',
    "md5_file": 'md5_file("{name}") != ""',
    "sha1_file": 'sha1_file("{name}") != ""',
    "file_copy": 'file_copy("{name}", "copy.txt") + file_exists("copy.txt")',
    "zip_unzip": 'zip_unzip("{name}", "out") > 0',
    "zip_add_file": 'zipped("{name}")',
    "ds_map_secure_load": 'ds_map_secure_load("{name}") != -1',
    "file_find_first": 'file_find_first("{name}", 0) != ""',
    "file_attributes": 'file_attributes("{name}", fa_archive)',
    "file_bin_size": 'file_bin_size(file_bin_open("{name}", 0)) > 0',
}
"""Each is true where a program has come to what is in the file, or to its being there. The last one may make a file."""
HEAD = """
buffer = buffer_create(16, buffer_grow, 1);
function loaded(done) {
    var found = buffer_peek(buffer, 0, buffer_u8) > 0;
    buffer_fill(buffer, 0, buffer_u8, 0, buffer_get_size(buffer));
    return found;
}
function opened(name) { ini_open(name); var found = ini_key_exists("a", "b"); ini_close(); return found; }
function zipped(name) {
    var zip = zip_create();
    zip_add_file(zip, "x", name);
    zip_save(zip, "made.zip");
    return zip_unzip("made.zip", "out") > 0;
}
"""
FOUND = {"file_exists", "buffer_load", "buffer_load_ext", "buffer_load_partial", "ini_open", "load_csv", "md5_file"}
FOUND |= {"sha1_file", "file_copy", "file_find_first", "file_text_open_read", "file_bin_size"}
"""What comes to a file that is no key."""
NAMES = ("key.pem", "cert.pem", "both.pem", "./keys/../key.pem", "keys/link.pem", "KEY.PEM")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = trustme.CA().issue_cert("127.0.0.1")
    made.private_key_pem.write_to_path(tmp_path / "key.pem")
    made.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    (tmp_path / "other.pem").write_text("[a]\nb=1\n")
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "link.pem").symlink_to(tmp_path / "key.pem")
    return tmp_path


def program_of(names: tuple[str, ...]) -> str:
    """Prints each way that leads to one of the files."""
    lines = [
        f'try {{ if ({call.format(name=name)}) show_debug_message("{way} {name}"); }} catch (e) {{ }}'
        for way, call in READS.items()
        for name in names
    ]
    return HEAD + "\n".join(lines)


def test_a_program_cannot_read_the_keys_of_its_server(gmlrun: Run, folder: Path) -> None:
    (folder / "main.gml").write_text(program_of((*NAMES, "other.pem")))
    before = {path: path.read_bytes() for path in folder.glob("*.pem")}
    options = ("--tls-cert", "cert.pem", "--tls-key", "key.pem", "--save-dir", folder / "save")
    done = gmlrun("main.gml", *options)
    assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in folder.glob("*.pem")} == before
    ways = set(done.stdout.splitlines())
    assert {way for way in ways if not way.endswith("other.pem")} == set()
    assert {f"{way} other.pem" for way in FOUND} <= ways


def test_a_file_with_both_is_no_more_readable(folder: Path, gmlrun: Run) -> None:
    both = (folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes()
    (folder / "both.pem").write_bytes(both)
    (folder / "main.gml").write_text(program_of(("both.pem",)))
    assert gmlrun("main.gml", "--tls-cert", "both.pem", "--save-dir", folder / "save").stdout == ""


@pytest.mark.parametrize("permissions", [None, Permissions(), "folder"])
def test_no_permission_gives_them(folder: Path, permissions: object) -> None:
    given = Permissions.sandbox(read=[folder], write=True) if permissions == "folder" else permissions
    settings = Settings(
        program_dir=folder,
        save_dir=folder / "save",
        data_dir=folder,
        tls_key=str(folder / "key.pem"),
        tls_certificate=str(folder / "cert.pem"),
    )
    lines: list[str] = []
    text = program_of((*NAMES, (folder / "key.pem").as_posix()))
    kept: dict[str, Callable[[str], None]] = {"on_output": lines.append, "on_log": lambda line: None}
    with Game(text, settings=settings, permissions=given, **kept):  # type: ignore[arg-type]
        pass
    assert lines == []
