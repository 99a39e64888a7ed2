"""A payload on its way out: copied out of its buffer once, and framed once, however many peers get it."""

from __future__ import annotations

from gmlrun.net.protocol import StreamProtocol


class Payload:
    """The bytes that were sent or received last, and how they stand on the wire."""

    __slots__ = ("data", "piece", "shape", "whole")

    def __init__(self) -> None:
        self.data = b""
        """The bytes that need not be copied again: what a packet brought is sent on as it is."""
        self.whole = self.piece = b""
        """The payload that was framed last, and its bytes on the wire."""
        self.shape: object = ""
        """The other things that its frame depends on; empty where it is its connection's own."""

    def copied(self, data: bytearray, size: float) -> bytes:
        """The first `size` bytes of a buffer, or all of it; the same object as long as they are the same bytes."""
        kept = self.data
        if size >= len(data):
            kept = kept if data == kept else bytes(data)
        elif size != len(kept) or not data.startswith(kept):
            kept = bytes(memoryview(data)[: int(size)])
        self.data = kept
        return kept

    def framed(self, whole: bytes, protocol: StreamProtocol, raw: bool, is_text: bool) -> bytes:
        """A payload as it stands on the wire of a connection; one object for all whose protocol frames it alike."""
        frames = protocol.shared_frames
        shape = (frames, raw, is_text) if frames and (raw or is_text) else frames
        if whole is self.whole and shape and shape == self.shape:
            return self.piece
        heads = None if raw or is_text else protocol.heads
        self.piece = protocol.wrap(whole, raw, is_text) if heads is None else heads[len(whole)] + whole
        self.whole, self.shape = whole, shape
        return self.piece
