"""A payload on its way out: copied out of its buffer once, and framed once, however many peers get it."""

from __future__ import annotations

from gmlrun.net.protocol import StreamProtocol


class Payload:
    """The bytes that were sent or received last, and how they stand on the wire."""

    __slots__ = ("_frames", "_is_text", "_piece", "_raw", "_whole", "data")

    def __init__(self) -> None:
        self.data = b""
        """The bytes that need not be copied again: what a packet brought is sent on as it is."""
        self._whole = self._piece = b""
        """The payload that was framed last, and its bytes on the wire."""
        self._frames, self._raw, self._is_text = "", False, False
        """The other things that its frame depends on."""

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
        if whole is self._whole and frames and frames is self._frames and raw is self._raw and is_text is self._is_text:
            return self._piece
        piece = self._piece = protocol.wrap(whole, raw, is_text)
        self._whole, self._frames, self._raw, self._is_text = whole, frames, raw, is_text
        return piece
