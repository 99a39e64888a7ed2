"""Packets that are written and read by a table of field types."""

import struct

GML = """
function bench() {
    var layout = [
        [buffer_u8, buffer_u16, buffer_f32, buffer_f32],
        [buffer_u8, buffer_u32, buffer_string],
        [buffer_u8, buffer_s16, buffer_s16, buffer_bool, buffer_f64]
    ];
    var buffer = buffer_create(256, buffer_grow, 1);
    var total = 0;
    for (var n = 0; n < 1500; n++) {
        var kind = n mod 3;
        var fields = layout[kind];
        buffer_seek(buffer, buffer_seek_start, 0);
        buffer_write(buffer, buffer_u8, kind);
        for (var i = 1; i < array_length(fields); i++) {
            if (fields[i] == buffer_string) {
                buffer_write(buffer, buffer_string, "player" + string(n mod 10));
            } else {
                buffer_write(buffer, fields[i], n mod 100 + i);
            }
        }
        var size = buffer_tell(buffer);
        buffer_seek(buffer, buffer_seek_start, 0);
        var got = layout[buffer_read(buffer, buffer_u8)];
        for (var i = 1; i < array_length(got); i++) {
            var value = buffer_read(buffer, got[i]);
            if (is_string(value)) {
                total += string_length(value);
            } else {
                total += value;
            }
        }
        total += size;
    }
    buffer_delete(buffer);
    return total;
}
"""

LAYOUT = [["B", "H", "f", "f"], ["B", "I", "s"], ["B", "h", "h", "?", "d"]]
PACKERS = {code: struct.Struct("<" + code) for code in "BHIhfd?"}


def write(buffer: bytearray, at: int, code: str, value: object) -> int:
    """Writes a value at a place; returns the place behind it."""
    if code == "s":
        data = str(value).encode() + b"\0"
        buffer[at : at + len(data)] = data
        return at + len(data)
    packer = PACKERS[code]
    packer.pack_into(buffer, at, value)
    return at + packer.size


def read(buffer: bytearray, at: int, code: str) -> tuple:
    """The value at a place, and the place behind it."""
    if code == "s":
        end = buffer.index(0, at)
        return buffer[at:end].decode(), end + 1
    packer = PACKERS[code]
    return packer.unpack_from(buffer, at)[0], at + packer.size


def python() -> float:
    buffer, total = bytearray(256), 0.0
    for n in range(1500):
        kind = n % 3
        fields = LAYOUT[kind]
        at = write(buffer, 0, "B", kind)
        for i in range(1, len(fields)):
            if fields[i] == "s":
                at = write(buffer, at, "s", "player" + str(n % 10))
            else:
                at = write(buffer, at, fields[i], n % 100 + i)
        size = at
        kind, at = read(buffer, 0, "B")
        got = LAYOUT[kind]
        for i in range(1, len(got)):
            value, at = read(buffer, at, got[i])
            total += len(value) if isinstance(value, str) else value
        total += size
    return total
