"""The tools of `gmlrun net` and their options: a table, as `options` has it for the commands."""

from __future__ import annotations

from gmlrun.cli.options import Command, Option, at_least_one, plain, rate, seconds

READ = Option("--read", 'how packets are read: "u8:3 hp=u16 str"', "PATTERN", is_repeated=True)
DECODER = Option("--decoder", "GML with decode(buffer, size), which returns a text", "FILE.gml")
HEX = Option("--hex", "show the bytes of packets as well")
RAW = Option("--raw", "without GameMaker's handshake and headers")
UDP = Option("--udp", "UDP instead of TCP")
WS = Option("--ws", "WebSocket instead of TCP")
WSS = Option("--wss", "WebSocket over TLS")
TEXT = Option("--text", "send text messages of WebSocket (with --raw)")
WAIT = Option("--wait", "silence that ends it after the last line (default: 1)", "SECONDS", 1.0, seconds)

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
)  # fmt: skip
