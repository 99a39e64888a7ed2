"""The lines that show packets: payloads go in, text comes out, by patterns, by a function in GML, or as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from gmlrun.errors import UsageError
from gmlrun.workbench.packets import PacketFault, guessed, parse, read

WIDTH = 16
"""Bytes in a line of the hex view."""
LONGEST = 200
"""Characters of a packet in its line; the hex view has the rest."""

Decode = Callable[[bytes], str | None]
"""The text of a payload; None where this way to read does not fit."""


def pattern_decoder(text: str) -> Decode:
    """Reads by a pattern; raises PacketFault."""
    items = parse(text)
    return lambda payload: read(items, payload)


def decoder_of(patterns: Sequence[str], path: str | None) -> Decoder:
    """The decoder that the options ask for; raises UsageError."""
    ways: list[Decode] = []
    if path is not None:
        from gmlrun.workbench.gml_decoder import gml_decoder

        ways.append(gml_decoder(path))
    for text in patterns:
        try:
            ways.append(pattern_decoder(text))
        except PacketFault as fault:
            raise UsageError("\n".join(["wrong pattern: " + fault.lines()[0], *fault.lines()[1:]])) from None
    return Decoder(ways)


class Decoder:
    """Tries several ways to read a packet, in turn."""

    def __init__(self, ways: Sequence[Decode] = ()) -> None:
        self.ways = list(ways)

    def text(self, payload: bytes, otherwise: str = "") -> str:
        """A packet on one line."""
        for way in self.ways:
            found = way(payload)
            if found is not None:
                return found
        return otherwise or guessed(payload)


def hex_lines(payload: bytes) -> Iterator[str]:
    """Offset, bytes and letters, sixteen a line."""
    for at in range(0, len(payload), WIDTH):
        row = payload[at : at + WIDTH]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        yield f"{at:04x}  {row.hex(' '):<{WIDTH * 3 - 1}}  {letters}"


class EventScreen:
    """Prints what happens, a line each: when, between whom, how long, and what."""

    def __init__(
        self, decoder: Decoder, has_hex: bool, stream: TextIO, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.decoder = decoder
        self.has_hex = has_hex
        self.stream = stream
        self.now = now
        self.start = now()
        self.on_lost: Callable[[], None] | None = None
        """Called, instead of an error, when nobody reads any more."""

    def packet(self, who: str, payload: bytes, note: str = "", at: float | None = None, typed: str = "") -> None:
        """A packet; `who` has the direction. One that was typed is shown so, where no pattern fits."""
        text = self.decoder.text(payload, typed)
        cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        self.line(f"{who}  {len(payload):>6}  {cut}{f'  ({note})' if note else ''}", at)
        if self.has_hex:
            self.write("\n".join(f"{'':11}{row}" for row in hex_lines(payload)))

    def line(self, text: str, at: float | None = None) -> None:
        """Shows what happened to a connection."""
        seconds = self.now() - self.start if at is None else at
        self.write(f"{seconds:9.3f}  {text}")

    def write(self, text: str) -> None:
        """A line as it is."""
        encoding = self.stream.encoding or "utf-8"
        try:
            self.stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
            self.stream.flush()
        except OSError:
            if self.on_lost is None:
                raise
            self.on_lost()
