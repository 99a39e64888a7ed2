"""Hashes, checksums and bit sets: FNV-1a, CRC-32, xorshift and counted bits."""

GML = """
function fnv1a(text) {
    var hash = 2166136261;
    for (var i = 1; i <= string_length(text); i++) {
        hash = hash ^ ord(string_char_at(text, i));
        hash = (hash * 16777619) & 0xFFFFFFFF;
    }
    return hash;
}
function crc_table() {
    var table = array_create(256, 0);
    for (var n = 0; n < 256; n++) {
        var c = n;
        for (var k = 0; k < 8; k++) {
            if (c & 1) c = 0xEDB88320 ^ (c >> 1);
            else c = c >> 1;
        }
        table[n] = c;
    }
    return table;
}
function crc32(table, bytes) {
    var crc = 0xFFFFFFFF;
    for (var i = 0; i < array_length(bytes); i++) {
        crc = table[(crc ^ bytes[i]) & 0xFF] ^ (crc >> 8);
    }
    return crc ^ 0xFFFFFFFF;
}
function Xorshift(_seed) constructor {
    state = _seed;
    static next = function() {
        state = state ^ ((state << 13) & 0xFFFFFFFF);
        state = state ^ (state >> 17);
        state = state ^ ((state << 5) & 0xFFFFFFFF);
        return state;
    }
}
function popcount(value) {
    var count = 0;
    while (value != 0) {
        value &= value - 1;
        count++;
    }
    return count;
}
function bench() {
    var total = 0;
    for (var i = 0; i < 40; i++) total = total ^ fnv1a("the quick brown fox jumps over " + string(i));
    var bytes = [];
    for (var i = 0; i < 1500; i++) array_push(bytes, (i * 31) & 255);
    total = total ^ crc32(crc_table(), bytes);
    var rng = new Xorshift(2463534242);
    var bits = 0;
    for (var i = 0; i < 1000; i++) bits += popcount(rng.next() & 0xFFFF);
    var flags = 0;
    for (var i = 0; i < 2000; i++) {
        var bit = 1 << (i mod 16);
        if ((flags & bit) == 0) flags |= bit;
        else flags &= ~bit;
    }
    return (total & 0xFFFFFF) + bits + flags;
}
"""


def fnv1a(text: str) -> int:
    value = 2166136261
    for c in text:
        value = value ^ ord(c)
        value = (value * 16777619) & 0xFFFFFFFF
    return value


def crc_table() -> list:
    table = [0] * 256
    for n in range(256):
        c = n
        for _ in range(8):
            c = 0xEDB88320 ^ (c >> 1) if c & 1 else c >> 1
        table[n] = c
    return table


def crc32(table: list, data: list) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


class Xorshift:
    def __init__(self, seed: int) -> None:
        self.state = seed

    def next(self) -> int:
        self.state = self.state ^ ((self.state << 13) & 0xFFFFFFFF)
        self.state = self.state ^ (self.state >> 17)
        self.state = self.state ^ ((self.state << 5) & 0xFFFFFFFF)
        return self.state


def popcount(value: int) -> int:
    count = 0
    while value != 0:
        value &= value - 1
        count += 1
    return count


def python() -> int:
    total = 0
    for i in range(40):
        total = total ^ fnv1a("the quick brown fox jumps over " + str(i))
    data = []
    for i in range(1500):
        data.append((i * 31) & 255)
    total = total ^ crc32(crc_table(), data)
    rng = Xorshift(2463534242)
    bits = 0
    for _ in range(1000):
        bits += popcount(rng.next() & 0xFFFF)
    flags = 0
    for i in range(2000):
        bit = 1 << (i % 16)
        if (flags & bit) == 0:
            flags |= bit
        else:
            flags &= ~bit
    return (total & 0xFFFFFF) + bits + flags
