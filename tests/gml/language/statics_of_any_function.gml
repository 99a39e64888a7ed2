// Each function has a static struct, an empty one where it declares no statics; a struct may have it for its own.
function plain(value) { first = value; }
show_debug_message(struct_names_count(static_get(plain))); // expect: 0
show_debug_message(static_get(plain) == static_get(plain)); // expect: 1
var made = {};
show_debug_message(is_instanceof(made, plain)); // expect: 0
with (made) script_execute_ext(plain, [5]);
static_set(made, static_get(plain));
static_get(plain).shared = 7;
show_debug_message([made.first, made.shared]); // expect: [ 5,7 ]
show_debug_message(is_instanceof(made, plain)); // expect: 1
show_debug_message(instanceof(made)); // expect: plain
show_debug_message(is_instanceof({}, plain)); // expect: 0
