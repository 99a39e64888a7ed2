// Debug output, call stacks, errors of one's own, dialogs without a screen.
show_debug_message("a {0} and {1}", 1, "b"); // expect: a 1 and b
show_debug_message_ext("{1}{0}", ["x", 2]); // expect: 2x
show_debug_message([1, "s"]); // expect: [ 1,"s" ]

function inner() { return debug_get_callstack(); }
function outer() { return inner(); }
var stack = outer();
show_debug_message(stack[0]); // expect: gml_Script_inner:6
show_debug_message(stack[1]); // expect: gml_Script_outer:7
show_debug_message(stack[array_length(stack) - 1]); // expect: 0
show_debug_message(array_length(debug_get_callstack(1))); // expect: 2

try {
    show_error("mine", true);
} catch (e) {
    show_debug_message(e.message); // expect: mine
}
show_debug_message([code_is_compiled(), debug_mode, is_debug_overlay_open()]); // expect: [ 0,0,0 ]
show_debug_message(is_struct(debug_event("ResourceCounts", true))); // expect: 1
show_debug_message(fps > 0 && fps_real > 0); // expect: 1

show_message("hello"); // expect: hello
show_debug_message(show_question("sure?")); // expect: sure? // expect: 1
show_debug_message(get_string("name?", "Ann")); // expect: name? // expect: Ann
show_debug_message(get_integer("age?", 7)); // expect: age? // expect: 7
asked = get_string_async("async?", "Bob"); // expect: async?

event async_dialog {
    show_debug_message(async_load[? "id"] == asked); // expect: 1
    show_debug_message(async_load[? "result"]); // expect: Bob
}
