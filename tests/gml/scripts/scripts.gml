function P(v) { show_debug_message(v); }
P(script_exists(P)); // expect: 1
P(script_exists(5)); // expect: 0
P(script_get_name(P)); // expect: P
P(script_get_name(-1)); // expect: <undefined>
var list = ds_list_create(); P(handle_parse(string(list)) == list); // expect: 1
P(handle_parse(string(id)) == id); // expect: 1
P(handle_parse("ref script P") == P); // expect: 1
P(handle_parse("nonsense")); // expect: undefined
P(handle_parse("ref ds_map 77")); // expect: undefined
P(is_struct(ref_create({}, "a"))); // expect: 1
