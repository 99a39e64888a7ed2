/// Hashes and random numbers by 64-bit integers: the results are those of the published algorithms.
function P(x) { show_debug_message(string(x)); }

function fnv1a(text) {
    var h = 2166136261;
    for (var i = 1; i <= string_length(text); i++) {
        h = ((h ^ ord(string_char_at(text, i))) * 16777619) & 0xFFFFFFFF;
    }
    return h;
}
P(fnv1a("")); // expect: 2166136261
P(fnv1a("hello")); // expect: 1335831723
P(fnv1a("The quick brown fox jumps over the lazy dog")); // expect: 76545936

function fnv1a_64(text) {
    var h = 0xcbf29ce484222325;
    for (var i = 1; i <= string_length(text); i++) {
        h ^= ord(string_char_at(text, i));
        h *= 0x100000001b3;
    }
    return h;
}
P(fnv1a_64("hello")); // expect: -6615550055289275125

function lcg(s) { return (s * 1103515245 + 12345) & 0x7fffffff; }
P(lcg(lcg(42 & 0x7fffffff))); // expect: 1116302264
var state = int64(1), text = "";
repeat (3) { state = lcg(state); text += "," + string(state); }
P(text); // expect: ,1103527590,377401575,662824084

function crc32(text) {
    var crc = 0xFFFFFFFF;
    for (var i = 1; i <= string_length(text); i++) {
        crc ^= ord(string_char_at(text, i));
        repeat (8) crc = (crc & 1) ? ((crc >> 1) ^ 0xEDB88320) : (crc >> 1);
    }
    return crc ^ 0xFFFFFFFF;
}
P(crc32("123456789")); // expect: 3421780262

function xorshift32(x) {
    x ^= (x << 13) & 0xFFFFFFFF;
    x ^= x >> 17;
    x ^= (x << 5) & 0xFFFFFFFF;
    return x & 0xFFFFFFFF;
}
P(xorshift32(1)); // expect: 270369
P(xorshift32(xorshift32(1))); // expect: 67634689

function unsigned_shift(x, n) { return (x >> n) & ((int64(1) << (64 - n)) - 1); }
function xorshift64star(x) {
    x ^= unsigned_shift(x, 12);
    x ^= x << 25;
    x ^= unsigned_shift(x, 27);
    return x * 0x2545F4914F6CDD1D;
}
P(xorshift64star(int64(1))); // expect: 5180492295206395165

function rotate(x, n) { return ((x << n) | (x >> (32 - n))) & 0xFFFFFFFF; }
function murmur3(text, seed) {
    var h = seed, size = string_length(text), tail = size div 4 * 4, k = 0;
    for (var i = 0; i < tail; i += 4) {
        k = 0;
        for (var j = 3; j >= 0; j--) k = (k << 8) | ord(string_char_at(text, i + j + 1));
        k = (k * 0xcc9e2d51) & 0xFFFFFFFF;
        k = (rotate(k, 15) * 0x1b873593) & 0xFFFFFFFF;
        h = (rotate(h ^ k, 13) * 5 + 0xe6546b64) & 0xFFFFFFFF;
    }
    k = 0;
    for (var j = size - 1; j >= tail; j--) k = (k << 8) | ord(string_char_at(text, j + 1));
    if (size > tail) {
        k = (k * 0xcc9e2d51) & 0xFFFFFFFF;
        h ^= (rotate(k, 15) * 0x1b873593) & 0xFFFFFFFF;
    }
    h ^= size;
    h ^= h >> 16; h = (h * 0x85ebca6b) & 0xFFFFFFFF;
    h ^= h >> 13; h = (h * 0xc2b2ae35) & 0xFFFFFFFF;
    return h ^ (h >> 16);
}
P(murmur3("", 1)); // expect: 1364076727
P(murmur3("hello", 0)); // expect: 613153351
P(murmur3("Hello, world!", 1234)); // expect: 4210478515

splitmix = int64(0);
function splitmix64() {
    splitmix += 0x9E3779B97F4A7C15;
    var z = splitmix;
    z = (z ^ unsigned_shift(z, 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ unsigned_shift(z, 27)) * 0x94D049BB133111EB;
    return z ^ unsigned_shift(z, 31);
}
P(splitmix64()); // expect: -2152535657050944081
P(splitmix64()); // expect: 7960286522194355700
P(typeof(splitmix)); // expect: int64
