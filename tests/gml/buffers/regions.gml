// Filling, copying, hashing and packing parts of buffers.
var b = buffer_create(256, buffer_grow, 1);
for (var i = 0; i < 256; i++) buffer_write(b, buffer_u8, i);
show_debug_message(buffer_crc32(b, 32, 64) == 0xE809C6C8); // expect: 1

var h = buffer_create(512, buffer_fixed, 1);
buffer_fill(h, 0, buffer_text, "a", 256);
buffer_fill(h, 256, buffer_text, "b", 512);
show_debug_message(buffer_get_size(h)); // expect: 512
show_debug_message(buffer_md5(h, 0, -1)); // expect: c079f6826f66954147e7b57e224fd3e2
show_debug_message(buffer_sha1(h, 0, 512)); // expect: 127ea4584777256b3b1ddcfb2395ff0b59f851c5

var f = buffer_create(8, buffer_grow, 1);
buffer_fill(f, 0, buffer_u8, 69, 16);
show_debug_message([buffer_get_size(f), buffer_peek(f, 7, buffer_u8)]); // expect: [ 8,69 ]
buffer_fill(f, 0, buffer_u16, 258, 5);
show_debug_message([buffer_peek(f, 2, buffer_u8), buffer_peek(f, 4, buffer_u8), buffer_peek(f, 5, buffer_u8)]); // expect: [ 2,0,69 ]

var g = buffer_create(1, buffer_grow, 1);
buffer_copy(b, 10, 20, g, 5);
show_debug_message([buffer_get_size(g), buffer_peek(g, 5, buffer_u8), buffer_tell(g)]); // expect: [ 25,10,0 ]
var x = buffer_create(4, buffer_fixed, 1);
buffer_copy(b, 0, -1, x, 2);
show_debug_message([buffer_get_size(x), buffer_peek(x, 2, buffer_u8), buffer_peek(x, 3, buffer_u8)]); // expect: [ 4,0,1 ]
var s = buffer_create(1, buffer_grow, 1);
buffer_copy_stride(b, 0, 2, 10, 3, s, 0, 2);
show_debug_message([buffer_get_size(s), buffer_peek(s, 2, buffer_u8), buffer_peek(s, 5, buffer_u8)]); // expect: [ 6,10,21 ]
var y = buffer_create(4, buffer_fixed, 1);
buffer_copy_stride(b, -2, 2, -10, 3, y, 0, 3);
show_debug_message([buffer_peek(y, 0, buffer_u8), buffer_peek(y, 1, buffer_u8), buffer_peek(y, 2, buffer_u8), buffer_peek(y, 3, buffer_u8)]); // expect: [ 254,255,0,244 ]
try { buffer_copy_stride(b, 0, 1, 1, 1, b, 0, 1); } catch (e) { show_debug_message("same buffer"); } // expect: same buffer
try { buffer_copy(b, 0, 4, g, 5000000000); } catch (e) { show_debug_message("too large"); } // expect: too large

var e = buffer_base64_encode(b, 0, 5);
show_debug_message(e); // expect: AAECAwQ=
var d = buffer_base64_decode("AAEC\nAwQ=");
show_debug_message([buffer_get_size(d), buffer_get_type(d) == buffer_grow, buffer_peek(d, 4, buffer_u8)]); // expect: [ 5,1,4 ]
buffer_base64_decode_ext(d, e, 5);
show_debug_message(buffer_get_size(d)); // expect: 10

var c = buffer_compress(h, 0, 512);
var u = buffer_decompress(c);
show_debug_message([buffer_get_size(u), buffer_md5(u, 0, -1) == buffer_md5(h, 0, -1)]); // expect: [ 512,1 ]
show_debug_message(buffer_decompress(h)); // expect: -1
buffer_resize(c, buffer_get_size(c) - 2);
show_debug_message(buffer_decompress(c)); // expect: -1
