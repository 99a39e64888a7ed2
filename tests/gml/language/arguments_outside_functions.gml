// An event has no arguments; naming them there harms nothing.
show_debug_message(argument_count); // expect: 0
show_debug_message(argument0); // expect: undefined
argument[1] = 5;
show_debug_message(argument[1]); // expect: 5
argument = "a";
show_debug_message(argument0); // expect: a
delete argument;
try { argument[99] = 1; } catch (error) { show_debug_message("refused"); } // expect: refused
