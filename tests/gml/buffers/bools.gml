// buffer_bool holds a truth, in a type that is known and in one that is not.
var types = [buffer_bool, buffer_u8, buffer_string, buffer_bool];
var values = [52, 200, "zwölf", 0.3];
var b = buffer_create(4, buffer_grow, 1);
for (var i = 0; i < 4; i++) buffer_write(b, types[i], values[i]);
buffer_write(b, buffer_bool, 7);
buffer_write(b, buffer_bool, true);
buffer_write(b, buffer_string, "ende");
show_debug_message(buffer_tell(b)); // expect: 17
buffer_poke(b, 0, buffer_u8, 9);
buffer_seek(b, buffer_seek_start, 0);
for (var i = 0; i < 4; i++) show_debug_message(buffer_read(b, types[i]));
// expect: 1
// expect: 200
// expect: zwölf
// expect: 0
show_debug_message(buffer_read(b, buffer_bool)); // expect: 1
show_debug_message(typeof(buffer_read(b, buffer_bool))); // expect: int32
show_debug_message(buffer_read(b, buffer_string)); // expect: ende
