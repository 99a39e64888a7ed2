"""The tools of `gmlrun net` and their options: a table, as `options` has it for the commands."""

from __future__ import annotations

from gmlrun.cli.option_values import at_least_one, rate, seconds, seed, whole_number
from gmlrun.cli.options import Command, Option, plain


def chance(text: str) -> float:
    """A number from 0 to 1, or per cent."""
    try:
        value = float(text.removesuffix("%")) / (100.0 if text.endswith("%") else 1.0)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise ValueError("expected a chance from 0 to 1, or in per cent as 5%")
    return value


def milliseconds(text: str) -> float:
    """A time of at least 0."""
    try:
        value = float(text.removesuffix("ms"))
    except ValueError:
        value = -1.0
    if not 0.0 <= value < 1e6:
        raise ValueError("expected milliseconds, as in 80")
    return value


READ = Option("--read", 'how packets are read: "u8:3 hp=u16 str"', "PATTERN", is_repeated=True)
DECODER = Option("--decoder", "GML with decode(buffer, size), which returns a text", "FILE.gml")
HEX = Option("--hex", "show the bytes of packets as well")
RAW = Option("--raw", "without GameMaker's handshake and headers")
UDP = Option("--udp", "UDP instead of TCP")
WS = Option("--ws", "WebSocket instead of TCP")
WSS = Option("--wss", "WebSocket over TLS")
TEXT = Option("--text", "send text messages of WebSocket (with --raw)")
WAIT = Option("--wait", "silence that ends it after the last line (default: 1)", "SECONDS", 1.0, seconds)
LINE = (
    Option("--latency", "how much later everything comes, one way", "MS", 0.0, milliseconds),
    Option("--jitter", "what is added at most, by chance", "MS", 0.0, milliseconds),
    Option("--loss", "UDP: what is lost; streams: what comes later", "CHANCE", 0.0, chance),
    Option("--duplicate", "UDP: what comes twice", "CHANCE", 0.0, chance),
    Option("--reorder", "UDP: what is overtaken", "CHANCE", 0.0, chance),
    Option("--split", "streams: what comes in pieces", "CHANCE", 0.0, chance),
    Option("--corrupt", "what has a bit turned", "CHANCE", 0.0, chance),
    Option("--throttle", "bytes a second, each way", "BYTES", 0.0, rate),
    Option("--seed", "of chance", "N", convert=seed),
)
YES = Option("--yes", "measure another machine: it is yours, and agrees")

TOOLS: tuple[Command, ...] = (
    Command("connect", "a GameMaker client at the keyboard", "HOST PORT", "words", "words", plain((
        RAW, UDP, WS, WSS, TEXT, READ, DECODER, HEX, WAIT,
        Option("--timeout", "for connecting (default: 4)", "SECONDS", 4.0, rate),
    )), ("gmlrun net connect 127.0.0.1 6510 --read 'u8 str'", "gmlrun net connect wss://example.org/play --raw --text"),
        above="net"),
    Command("listen", "a GameMaker server at the keyboard", "PORT", "words", "words", plain((
        RAW, UDP, WS, WSS, TEXT, READ, DECODER, HEX, WAIT,
        Option("--echo", "send back what comes"),
        Option("--bind", "where to listen (default: everywhere)", "ADDRESS", ""),
        Option("--clients", "how many may come (default: 1024)", "N", 1024, at_least_one),
        Option("--tls-cert", "the certificate for --wss (PEM)", "FILE"),
        Option("--tls-key", "its private key, if it is in another file", "FILE"),
    )), ("gmlrun net listen 6510 --echo",), above="net"),
    Command("proxy", "show, delay, spoil and edit what goes between two", "PORT HOST:PORT", "words", "words", plain((
        UDP, RAW, READ, DECODER, HEX, *LINE,
        Option("--pause", "begin paused: packets wait for :resume or :step"),
        Option("--edit", "ask about each packet: send it, change it or drop it"),
        Option("--quiet", "show connections, no packets"),
        Option("--tls-cert", "speak TLS with clients, by this certificate (PEM)", "FILE"),
        Option("--tls-key", "its private key, if it is in another file", "FILE"),
        Option("--tls", "speak TLS with the server"),
        Option("--bind", "where to listen (default: 127.0.0.1)", "ADDRESS", "127.0.0.1"),
    )), ("gmlrun net proxy 7000 127.0.0.1:6510 --latency 80 --loss 5%",), above="net"),
    Command("decode", "read a capture (pcapng, pcap)", "FILE", "words", "words", plain((
        READ, DECODER, HEX,
        Option("--port", "only what goes from or to it", "N", convert=whole_number),
        Option("--summary", "the connections alone, without packets"),
    )), ("gmlrun net decode game.pcapng --port 6510 --read 'u8 str'",), above="net"),
    Command("bots", "run N games of one program, measure their answers", "N FILE", "words", "words", plain((
        Option("--seconds", "how long (default: 10)", "SECONDS", 10.0, rate),
        Option("--jobs", "processes (default: one a processor)", "N", 0, whole_number),
        Option("--ramp", "time over which they start (default: 1)", "SECONDS", 1.0, seconds),
        Option("--host", "connect there, whatever the program says", "HOST", ""),
        Option("--port", "and to this port", "N", 0, whole_number),
        Option("--each", "a line for each bot as well"),
        Option("--seed", "of the first; the others count on", "N", 0, seed),
        YES,
    )), ("gmlrun net bots 200 bot.gml --seconds 30",), above="net"),
    Command("flood", "measure a server: connections, packets a second", "HOST PORT", "words", "words", plain((
        RAW, UDP, WS,
        Option("--packet", "what is sent (default: u8:0)", "PACKET", "u8:0"),
        Option("--connections", "how many clients (default: 50)", "N", 50, at_least_one),
        Option("--seconds", "how long, at most 60 (default: 5)", "SECONDS", 5.0, rate),
        Option("--rate", "packets a second of each (default: as answered)", "N", 0.0, rate),
        YES,
    )), ("gmlrun net flood 127.0.0.1 6510 --connections 100",), above="net"),
)  # fmt: skip
