// What buffers refuse: sizes, kinds, types, and buffers that are gone.
function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
b = buffer_create(4, buffer_fixed, 1);
gone = buffer_create(4, buffer_grow, 1); buffer_delete(gone);
P([buffer_exists(b), buffer_exists(gone), buffer_exists(-1), buffer_exists("text"), buffer_exists(undefined)]); // expect: [ 1,0,0,0,0 ]
Error(function() { return buffer_create(4, -1, 1); }); // expect: buffer_create: invalid buffer type
Error(function() { return buffer_create(-4, buffer_grow, 1); }); // expect: buffer_create: invalid size -4
Error(function() { return buffer_create(infinity, buffer_grow, 1); }); // expect: buffer_create: invalid size 9223372036854775807
Error(function() { return buffer_resize(b, -1); }); // expect: buffer_resize: invalid size -1
Error(function() { return buffer_read(gone, buffer_u8); }); // expect: ref buffer 1 is an invalid reference to (buffer)
Error(function() { return buffer_write(gone, buffer_u8, 1); }); // expect: ref buffer 1 is an invalid reference to (buffer)
Error(function() { return buffer_tell(gone); }); // expect: ref buffer 1 is an invalid reference to (buffer)
Error(function() { return buffer_seek(gone, buffer_seek_start, 0); }); // expect: ref buffer 1 is an invalid reference to (buffer)
Error(function() { return buffer_get_size(-1); }); // expect: -1 is an invalid reference to (buffer)
Error(function() { return buffer_delete(gone); }); // expect: ref buffer 1 is an invalid reference to (buffer)
Error(function() { return buffer_write(b, 99, 1); }); // expect: -4
Error(function() { buffer_seek(b, buffer_seek_end, 0); return buffer_read(b, buffer_u8); }); // expect: Attempting to read from outside the buffer: 1 byte at position 4, its size is 4
Error(function() { buffer_seek(b, buffer_seek_end, 0); return buffer_read(b, buffer_string) == ""; }); // expect: 1
Error(function() { buffer_seek(b, buffer_seek_start, 0); return buffer_read(b, 99); }); // expect: buffer_read: invalid data type
Error(function() { return buffer_peek(b, 0, 99); }); // expect: undefined
P([buffer_peek(b, -1, buffer_u8), buffer_peek(b, 4, buffer_u8), buffer_peek(b, 3, buffer_u16), buffer_peek(b, 0, buffer_u8)]); // expect: [ undefined,undefined,undefined,0 ]
buffer_poke(b, -1, buffer_u8, 1); buffer_poke(b, 4, buffer_u8, 1); buffer_poke(b, 3, buffer_u16, 1); P(buffer_peek(b, 3, buffer_u8)); // expect: 0
P([buffer_seek(b, buffer_seek_start, -5), buffer_seek(b, buffer_seek_start, 99), buffer_seek(b, buffer_seek_relative, -99), buffer_seek(b, buffer_seek_end, 99)]); // expect: [ 0,4,0,0 ]
var m = buffer_create(4, buffer_grow, 3); P(buffer_get_alignment(m)); // expect: 4
