"""A small packet written again and again: a byte, a short, a float."""

import struct

GML = """
function bench() {
    var buffer = buffer_create(64, buffer_fixed, 1);
    for (var i = 0; i < 30000; i++) {
        buffer_seek(buffer, buffer_seek_start, 0);
        buffer_write(buffer, buffer_u8, 7);
        buffer_write(buffer, buffer_u16, 1000);
        buffer_write(buffer, buffer_f32, i);
    }
    var position = buffer_tell(buffer);
    buffer_delete(buffer);
    return position;
}
"""

U8, U16, F32 = struct.Struct("<B"), struct.Struct("<H"), struct.Struct("<f")


def python() -> int:
    data = bytearray(64)
    position = 0
    for i in range(30000):
        position = 0
        U8.pack_into(data, position, 7)
        position += 1
        U16.pack_into(data, position, 1000)
        position += 2
        F32.pack_into(data, position, i)
        position += 4
    return position
