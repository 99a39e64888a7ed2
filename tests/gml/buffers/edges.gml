// What an offset and a size mean: at or behind the end nothing, for each function that takes them.
function P(v) { show_debug_message(v); }
function Bytes(b) { var t = ""; for (var i = 0; i < buffer_get_size(b); i++) t += string(buffer_peek(b, i, buffer_u8)) + " "; return t; }
function Made(type) { var b = buffer_create(4, type, 1); for (var i = 0; i < 4; i++) buffer_poke(b, i, buffer_u8, i + 1); return b; }

var kinds = [buffer_fixed, buffer_fast, buffer_vbuffer, buffer_grow, buffer_wrap];
for (var k = 0; k < 5; k++) {
    var source = Made(kinds[k]), at_end = buffer_create(2, buffer_fixed, 1);
    buffer_copy(source, 4, 1, at_end, 0);
    P($"{Bytes(at_end)}|{buffer_base64_encode(source, 4, 1)}|{buffer_md5(source, 4, 1) == md5_string_utf8("")}|");
    var full = Made(kinds[k]);
    buffer_copy(Made(buffer_fixed), 0, 1, full, 4);
    buffer_base64_decode_ext(full, "CQ==", buffer_get_size(full));
    buffer_save(at_end, "edge.bin");
    buffer_load_ext(full, "edge.bin", buffer_get_size(full));
    P(Bytes(full) + "|");
}
// expect: 0 0 ||1|
// expect: 1 2 3 4 |
// expect: 0 0 ||1|
// expect: 1 2 3 4 |
// expect: 0 0 ||1|
// expect: 1 2 3 4 |
// expect: 0 0 ||1|
// expect: 1 2 3 4 1 9 0 0 |
// expect: 1 0 |AQ==|0|
// expect: 1 0 3 4 |

var grown = Made(buffer_grow), fixed = Made(buffer_fixed);
buffer_copy_stride(fixed, 0, 1, 1, 4, grown, 1, -1); P(Bytes(grown) + "|"); // expect: 2 1 3 4 |
buffer_copy_stride(fixed, 0, 0, 1, 4, grown, 9, 1); P(buffer_get_size(grown)); // expect: 4
var aligned = buffer_create(8, buffer_fixed, 4);
P(buffer_fill(aligned, 1, buffer_u8, 7, 6)); // expect: 0
P(Bytes(aligned) + "|"); // expect: 0 0 0 0 7 0 0 0 |
var wrap = Made(buffer_wrap);
buffer_fill(wrap, 3, buffer_u8, 9, 2); P(Bytes(wrap) + "|"); // expect: 9 2 3 9 |
var ring = buffer_create(6, buffer_wrap, 1);
buffer_seek(ring, buffer_seek_start, 4);
buffer_write(ring, buffer_string, "abc");
buffer_seek(ring, buffer_seek_start, 4);
P(buffer_read(ring, buffer_string)); // expect: abc
P(buffer_tell(ring)); // expect: 2
var fast = buffer_create(8, buffer_fast, 1), any = buffer_u8;
P([buffer_write(fast, buffer_u16, 1), buffer_write(fast, buffer_f64, 1), buffer_fill(fast, 0, buffer_s16, 1, 4), buffer_tell(fast)]); // expect: [ -4,-4,-4,0 ]
var types = [buffer_u8, buffer_s8, buffer_u16, buffer_s16, buffer_u32, buffer_s32, buffer_f16, buffer_f32, buffer_f64, buffer_bool, buffer_u64];
var refused = 0;
for (var i = 0; i < 11; i++) refused += buffer_write(grown, types[i], "1") == buffer_error_invalid_type;
P(refused); // expect: 11
P([buffer_write(grown, buffer_u8, "1"), buffer_write(grown, buffer_f32, "nan"), buffer_write(grown, buffer_f64, "1_0"), buffer_tell(grown)]); // expect: [ -4,-4,-4,0 ]
P([buffer_peek(grown, 0, 99), buffer_write(grown, 99, 1), buffer_fill(grown, 0, 99, 1, 4)]); // expect: [ undefined,-4,-4 ]
