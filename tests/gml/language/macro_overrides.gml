/// A macro of a builtin's name, and one that keeps the builtin.
#macro base_sdm show_debug_message
#macro show_debug_message my_sdm
#macro base_length string_length
#macro string_length my_length
function my_sdm(text) { base_sdm("<" + string(text) + ">"); }
function my_length(text) { return base_length(text) * 10; }
show_debug_message("hello"); // expect: <hello>
base_sdm("plain"); // expect: plain
base_sdm(string(string_length("abc"))); // expect: 30
base_sdm(string(base_length("abc"))); // expect: 3
#macro ONE TWO
#macro TWO 2
base_sdm(string(ONE)); // expect: 2
