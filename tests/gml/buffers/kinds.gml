// Kinds of buffer, alignment, position, and what lies outside.
var b = buffer_create(8, buffer_grow, 4);
buffer_write(b, buffer_u8, 1);
buffer_write(b, buffer_u8, 2);
show_debug_message(buffer_tell(b)); // expect: 5
show_debug_message(buffer_get_alignment(buffer_create(1, buffer_grow, 3))); // expect: 4

b = buffer_create(1, buffer_grow, 1);
buffer_write(b, buffer_f64, 1);
show_debug_message([buffer_get_size(b), buffer_get_used_size(b)]); // expect: [ 8,8 ]
b = buffer_create(100, buffer_grow, 1);
show_debug_message(buffer_seek(b, buffer_seek_end, 0)); // expect: 100
buffer_write(b, buffer_u8, 7);
show_debug_message(buffer_get_size(b)); // expect: 200

b = buffer_create(64, buffer_wrap, 1);
buffer_seek(b, buffer_seek_end, 10);
show_debug_message(buffer_tell(b)); // expect: 54
buffer_seek(b, buffer_seek_start, 62);
buffer_write(b, buffer_u32, 0x04030201);
show_debug_message([buffer_tell(b), buffer_peek(b, 0, buffer_u8), buffer_peek(b, 63, buffer_u8)]); // expect: [ 2,3,2 ]
buffer_seek(b, buffer_seek_start, 62);
show_debug_message(buffer_read(b, buffer_u32) == 0x04030201); // expect: 1

b = buffer_create(4, buffer_fixed, 1);
show_debug_message([buffer_write(b, buffer_f64, 1), buffer_tell(b)]); // expect: [ -2,0 ]
buffer_write(b, buffer_u32, 1);
show_debug_message(buffer_write(b, buffer_u8, 1)); // expect: -2
show_debug_message(buffer_peek(b, 3, buffer_u16)); // expect: undefined
show_debug_message(buffer_peek(b, -1, buffer_u8)); // expect: undefined
buffer_poke(b, 3, buffer_f64, 1);
show_debug_message(buffer_peek(b, 3, buffer_u8)); // expect: 0
show_debug_message($"<{buffer_read(b, buffer_string)}>"); // expect: <>
try { buffer_read(b, buffer_u8); } catch (e) { show_debug_message("past the end"); } // expect: past the end

b = buffer_create(2, buffer_fast, 1);
buffer_write(b, buffer_s16, 5);
show_debug_message(buffer_tell(b)); // expect: 0
buffer_write(b, buffer_u8, 5);
show_debug_message(buffer_tell(b)); // expect: 1
show_debug_message(buffer_get_type(b)); // expect: 3

b = buffer_create(8, buffer_fixed, 1);
show_debug_message([buffer_seek(b, buffer_seek_start, 99), buffer_seek(b, buffer_seek_relative, -3)]); // expect: [ 8,5 ]
show_debug_message(buffer_seek(b, buffer_seek_start, -3)); // expect: 0
buffer_resize(b, 3);
buffer_set_used_size(b, 99);
show_debug_message([buffer_get_size(b), buffer_get_used_size(b)]); // expect: [ 3,3 ]
show_debug_message(buffer_get_address(b) != pointer_invalid); // expect: 1

try { buffer_create(1, -1, 1); } catch (e) { show_debug_message("no such kind"); } // expect: no such kind
show_debug_message(buffer_exists(b)); // expect: 1
buffer_delete(b);
show_debug_message([buffer_exists(b), buffer_exists(-1), buffer_exists("x")]); // expect: [ 0,0,0 ]
try { buffer_write(b, buffer_u8, 1); } catch (e) { show_debug_message("deleted"); } // expect: deleted
try { buffer_tell(b); } catch (e) { show_debug_message("deleted"); } // expect: deleted
show_debug_message([buffer_error_general, buffer_error_out_of_space, buffer_error_invalid_type]); // expect: [ -1,-2,-4 ]
