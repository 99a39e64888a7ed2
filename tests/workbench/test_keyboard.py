"""`gmlrun net connect` and `listen` as somebody at a keyboard, or a script, uses them."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
import trustme

from gmlrun.cli.net_options import TOOLS
from tests.conftest import Run, Start
from tests.workbench.conftest import port_of

EchoServer = Callable[[str], int]
RudePeer = Callable[[bytes], int]


def packets_of(output: str) -> list[str]:
    """Direction and text of the packets that are shown."""
    columns = [line.split(None, 3) for line in output.splitlines()]
    return [f"{words[1]} {words[3]}" for words in columns if len(words) == 4 and words[1] in "<>"]


@pytest.mark.parametrize("how", ["tcp", "raw", "ws", "udp"])
def test_packets_are_typed_and_answers_read(gmlrun: Run, echo_server: EchoServer, how: str) -> None:
    words = [] if how == "tcp" else [f"--{how}"]
    done = gmlrun(
        "net", "connect", "127.0.0.1", echo_server(how), *words, "--read", "u8:3 hp=u16 str", "--wait=0",
        stdin='# a comment\nu8:3 u16:700 str:"hi"\n:await\nu8:4\n:await\n',
    )  # fmt: skip
    assert packets_of(done.stdout) == [
        '> u8:3 hp=u16:700 str:"hi"', '< u8:3 hp=u16:700 str:"hi"', "> u8:4", "< hex:04",
    ]  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_answers_are_read_by_a_function_in_gml(gmlrun: Run, echo_server: EchoServer, tmp_path: Path) -> None:
    (tmp_path / "decode.gml").write_text("""
        function decode(buffer, size) {
            if (buffer_read(buffer, buffer_u8) != 3) return undefined;
            return "health " + string(buffer_read(buffer, buffer_u16)) + " of " + string(size) + " bytes";
        }
    """)
    done = gmlrun(
        "net", "connect", f"127.0.0.1:{echo_server('tcp')}", "--decoder", "decode.gml", "--wait=0", "--hex",
        stdin="u8:3 u16:700\n:await\nu8:3\n:await\nu8:9\n:await\n",
    )  # fmt: skip
    first, _, failed, _, typed, plain = packets_of(done.stdout)
    assert first == "> health 700 of 3 bytes"
    assert failed.startswith("> (decode failed: Attempting to read from outside the buffer")
    assert (typed, plain) == ("> u8:9", "< hex:09")
    assert "0000  03 bc 02" in done.stdout


def test_lines_that_are_no_packets_are_told_and_the_others_sent(gmlrun: Run, echo_server: EchoServer) -> None:
    done = gmlrun("net", "connect", "127.0.0.1", echo_server("tcp"), stdin="u8:300\nu8:1\n:frobnicate\n")
    assert packets_of(done.stdout) == ["> u8:1", "< hex:01"]
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "gmlrun: line 1: 300 does not fit",
        "    u8:300",
        "       ^",
        "buffer_u8: 0 to 255, decimal, or hexadecimal as 0xFF or $FF",
        "gmlrun: there is no :frobnicate; :help tells what there is",
    ]


def test_a_packet_that_does_not_come_is_a_fault(gmlrun: Run, echo_server: EchoServer) -> None:
    done = gmlrun("net", "connect", "127.0.0.1", echo_server("tcp"), stdin=":await 0.05\n")
    assert (done.returncode, done.stderr) == (1, "gmlrun: line 1: no packet came in time\n")


def test_a_refused_connection_says_what_to_look_at(gmlrun: Run, closed_port: int) -> None:
    done = gmlrun("net", "connect", "127.0.0.1", closed_port, stdin="u8:1\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Connection refused; nothing listens there: is the server running" in done.stderr


@pytest.mark.parametrize(
    ("data", "words", "codes", "said"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n\x1b[2J", (), {1}, "no GameMaker handshake"),
        (b"", (), {1}, "closed the connection"),
        (b"\xff" * 100, ("--ws",), {1}, "cannot connect"),
        (b"GM:Studio-Connect\0", ("--raw",), {0, 1}, "connect without --raw"),  # 1 if it has gone before a line is read
    ],
)
def test_peers_that_are_rude(
    gmlrun: Run, rude_peer: RudePeer, data: bytes, words: tuple[str, ...], codes: set[int], said: str
) -> None:
    done = gmlrun("net", "connect", "127.0.0.1", rude_peer(data), *words, stdin=":wait 5\n")
    assert done.returncode in codes
    assert said in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("tool", [tool.name for tool in TOOLS])
def test_the_help_of_a_tool_fits_a_screen(gmlrun: Run, tool: str) -> None:
    lines = gmlrun("net", tool, "--help").stdout.splitlines()
    assert lines[0].startswith(f"usage: gmlrun net {tool} ")
    assert len(lines) <= 40
    assert [line for line in lines if len(line) > 80] == []


WRONG = [
    (("connect",), "expected gmlrun net connect HOST PORT"),
    (("connect", "localhost", "0"), "expected a port of 1 to 65535, not 0"),
    (("connect", "localhost:http"), "expected a port"),
    (("connect", "http://a.org"), "expected ws:// or wss://"),
    (("connect", "a", "1", "--udp", "--ws"), "--udp and --ws exclude each other"),
    (("connect", "a", "1", "--text"), "--text needs --raw and --ws"),
    (("connect", "a", "1", "--read", "u8 u7"), "there is no type u7"),
    (("connect", "a", "1", "--decoder", "none.gml"), "there is no file none.gml"),
    (("listen", "1", "2"), "expected gmlrun net listen PORT"),
    (("listen", "0", "--wss"), "--wss needs a certificate"),
    (("lisen", "0"), "lisen"),
    ((), "TOOL"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_usage_is_told(gmlrun: Run, words: tuple[str, ...], said: str) -> None:
    done = gmlrun("net", *words)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_decoder_without_its_function_is_refused(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "decode.gml").write_text("function other() {}")
    done = gmlrun("net", "connect", "127.0.0.1", 1, "--decoder", "decode.gml")
    assert (done.returncode, "defines no function decode(buffer, size)" in done.stderr) == (2, True)


# ---------------------------------------------------------------------- listening


def test_a_server_at_the_keyboard(gmlrun: Run, start_gmlrun: Start) -> None:
    server = start_gmlrun("net", "listen", "0", "--bind=127.0.0.1", "--echo")
    done = gmlrun("net", "connect", "127.0.0.1", port_of(server), stdin='str:"hello"\n:await\n')
    assert packets_of(done.stdout) == ['> str:"hello"', '< str:"hello"']
    server.send_signal(signal.SIGINT)
    output, errors = server.communicate(timeout=10)
    assert "client 1 is 127.0.0.1:" in output
    assert "client 1 has gone: the peer closed the connection" in output
    assert (server.returncode, errors) == (130, "")


def test_lines_of_a_server_go_to_one_or_all(environment: dict[str, str], gmlrun: Run) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "gmlrun", "net", "listen", "0", "--bind=127.0.0.1"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert server.stdin is not None
    port = port_of(server)
    server.stdin.write('str:"all"\n@1 str:"one"\n@7 u8:1\n:clients\n:drop 1\n')
    server.stdin.flush()
    done = gmlrun("net", "connect", "127.0.0.1", port, stdin=":wait 5\n")
    assert packets_of(done.stdout) == ['< str:"all"', '< str:"one"']
    assert done.returncode == 0
    output, errors = server.communicate(timeout=10)
    assert "there is no client 7" in errors
    assert "client 1 was disconnected" in output
    assert server.returncode == 1


def test_a_port_that_is_taken_says_who_has_it(gmlrun: Run, echo_server: EchoServer) -> None:
    done = gmlrun("net", "listen", echo_server("tcp"), "--bind=127.0.0.1")
    assert done.returncode == 2
    assert "cannot listen on port" in done.stderr
    assert "has it" in done.stderr


def test_garbage_does_not_end_a_server(start_gmlrun: Start, gmlrun: Run) -> None:
    server = start_gmlrun("net", "listen", "0", "--bind=127.0.0.1", "--echo")
    port = port_of(server)
    gmlrun("net", "connect", "127.0.0.1", port, "--raw", "--wait=0.2", stdin="hex:1b5b324a000102030405060708090a0b\n")
    done = gmlrun("net", "connect", "127.0.0.1", port, "--wait=0", stdin="u8:1\n:await\n")
    assert packets_of(done.stdout) == ["> u8:1", "< hex:01"]
    server.kill()
    assert "127.0.0.1 dropped: no GameMaker handshake" in server.communicate()[0]


def test_a_closed_output_ends_without_a_traceback(environment: dict[str, str], echo_server: EchoServer) -> None:
    command = [sys.executable, "-m", "gmlrun", "net", "connect", "127.0.0.1", str(echo_server("tcp"))]
    client = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert client.stdin is not None
    assert client.stdout is not None
    assert "connected" in client.stdout.readline()
    client.stdout.close()
    client.stdin.write("u8:1\n" * 10)
    client.stdin.close()
    client.stdin = None
    assert client.wait(timeout=10) == 1
    assert client.stderr is not None
    assert client.stderr.read() == ""
    client.stderr.close()


def test_secure_websockets(gmlrun: Run, start_gmlrun: Start, environment: dict[str, str], tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "server.pem")
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    server = start_gmlrun("net", "listen", "0", "--bind=127.0.0.1", "--echo", "--wss", "--tls-cert=server.pem")
    port = port_of(server)
    stranger = gmlrun("net", "connect", "localhost", port, "--wss", stdin="u8:1\n")
    assert (stranger.returncode, "cannot connect to localhost" in stranger.stderr) == (1, True)
    environment["SSL_CERT_FILE"] = str(tmp_path / "authority.pem")
    done = gmlrun("net", "connect", f"wss://localhost:{port}/any", "--wait=0", stdin="u8:1\n:await\n")
    assert packets_of(done.stdout) == ["> u8:1", "< hex:01"]
    assert done.returncode == 0


def test_a_terminal(environment: dict[str, str], echo_server: EchoServer) -> None:
    words = ["-m", "gmlrun", "net", "connect", "127.0.0.1", str(echo_server("tcp"))]
    terminal = pexpect.spawn(sys.executable, words, env={**environment, "TERM": "dumb"}, encoding="utf-8", timeout=15)
    terminal.expect("connected to")
    terminal.sendline("u8:300")
    terminal.expect("300 does not fit")
    terminal.sendline("u8:3 u8:4")
    terminal.expect("<       2  hex:0304")
    terminal.sendline(":read u8 hp=u8")
    terminal.sendline("u8:3 u8:4")
    terminal.expect("<       2  u8:3 hp=u8:4")
    terminal.sendline(":help")
    terminal.expect(":await")
    terminal.sendeof()
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


def test_ctrl_c_on_a_terminal(environment: dict[str, str], echo_server: EchoServer) -> None:
    words = ["-m", "gmlrun", "net", "connect", "127.0.0.1", str(echo_server("tcp"))]
    terminal = pexpect.spawn(sys.executable, words, env={**environment, "TERM": "dumb"}, encoding="utf-8", timeout=15)
    terminal.expect("connected to")
    terminal.sendintr()
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130
    assert "Traceback" not in terminal.before


class Terminal:
    """A tool of the workbench in a terminal that can move its cursor."""

    def __init__(self, environment: dict[str, str], *words: str) -> None:
        environment = {**environment, "TERM": "xterm", "NO_COLOR": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}
        command = ["-m", "gmlrun", "net", *words]
        self.child = pexpect.spawn(sys.executable, command, env=environment, encoding="utf-8", timeout=20)

    def leave(self, keys: str) -> int:
        self.child.send(keys)
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus)


def test_a_line_can_be_edited_and_called_back(environment: dict[str, str], echo_server: EchoServer) -> None:
    port = str(echo_server("tcp"))
    environment["XDG_STATE_HOME"] = environment["HOME"]
    for keys in ("u8:3 u8:9\x7f4\r", "\x1b[A\r"):  # a mistake that is taken back; the line before, in a new session
        terminal = Terminal(environment, "connect", "127.0.0.1", port)
        terminal.child.expect("connected to")
        terminal.child.expect("net>")
        terminal.child.send(keys)
        terminal.child.expect("<       2  hex:0304")
        assert terminal.leave("\x04") == 0


def test_ctrl_c_ends_a_tool_whose_lines_are_edited(environment: dict[str, str], echo_server: EchoServer) -> None:
    terminal = Terminal(environment, "connect", "127.0.0.1", str(echo_server("tcp")))
    terminal.child.expect("net>")
    terminal.child.expect("connected to")
    assert terminal.leave("\x03") == 130


def test_the_editor_ends_with_the_connection(environment: dict[str, str], rude_peer: Callable[[bytes], int]) -> None:
    terminal = Terminal(environment, "connect", "127.0.0.1", str(rude_peer(b"")), "--raw")
    terminal.child.expect("the connection is over")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0
