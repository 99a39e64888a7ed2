var m = ds_map_create();
show_debug_message([ds_map_empty(m), ds_map_find_first(m), ds_map_find_last(m), m[? "no"]]); // expect: [ 1,undefined,undefined,undefined ]
show_debug_message([ds_map_add(m, "a", 1), ds_map_add(m, "a", 2), m[? "a"]]); // expect: [ 1,0,1 ]
show_debug_message([ds_map_replace(m, "a", 3), ds_map_replace(m, "b", 4), ds_map_size(m)]); // expect: [ 1,0,2 ]
ds_map_set(m, "c", 5);
m[? "c"] = 6;
show_debug_message([ds_map_exists(m, "c"), ds_map_exists(m, "z"), ds_map_find_value(m, "c")]); // expect: [ 1,0,6 ]
show_debug_message(ds_map_keys_to_array(m)); // expect: [ "a","b","c" ]
show_debug_message(ds_map_values_to_array(m, [0])); // expect: [ 0,3,4,6 ]
show_debug_message([ds_map_find_first(m), ds_map_find_next(m, "a"), ds_map_find_previous(m, "b"), ds_map_find_last(m)]); // expect: [ "a","b","a","c" ]
show_debug_message([ds_map_find_next(m, "c"), ds_map_find_previous(m, "a"), ds_map_find_next(m, "z")]); // expect: [ undefined,undefined,undefined ]
ds_map_delete(m, "b");
ds_map_delete(m, "z");
show_debug_message([ds_map_find_next(m, "a"), ds_map_find_previous(m, "c"), ds_map_find_next(m, "b")]); // expect: [ "c","a",undefined ]
m[? "b"] = 7;
show_debug_message(ds_map_find_next(m, "c")); // expect: b
ds_map_clear(m);

// Numbers are keys by their value, strings beside them, everything else by identity.
m[? 1] = "number"; m[? "1"] = "string"; m[? true] = "bool"; m[? int64(1)] = "int64";
show_debug_message([ds_map_size(m), m[? 1.0], m[? "1"]]); // expect: [ 2,"int64","string" ]
m[? []] = 1; m[? []] = 2; m[? {}] = 3; m[? undefined] = 4;
show_debug_message([ds_map_size(m), m[? undefined]]); // expect: [ 6,4 ]

var p = ds_map_create(), l = ds_list_create(), c = ds_map_create();
show_debug_message([ds_map_add_list(p, "l", l), ds_map_add_map(p, "m", c), ds_map_add_map(p, "m", c)]); // expect: [ 1,1,0 ]
show_debug_message([ds_map_is_list(p, "l"), ds_map_is_map(p, "m"), ds_map_is_map(p, "l"), p[? "l"] == l]); // expect: [ 1,1,0,1 ]
show_debug_message([ds_map_replace_list(p, "l", l), ds_map_replace_map(p, "n", ds_map_create())]); // expect: [ 1,0 ]
var copy = ds_map_create();
ds_map_copy(copy, p);
show_debug_message([ds_map_size(copy), ds_map_is_list(copy, "l")]); // expect: [ 3,1 ]
ds_map_destroy(p);
ds_map_destroy(copy);
show_debug_message([ds_exists(l, ds_type_list), ds_exists(c, ds_type_map), ds_map_size(p)]); // expect: [ 0,0,0 ]
try { p[? "x"] = 1; } catch (e) { show_debug_message("destroyed"); } // expect: destroyed
ds_map_destroy(p);

var w = ds_map_create();
w[? "k"] = 1.5; w[? 2] = [1, "x"];
var text = ds_map_write(w);
show_debug_message(string_copy(text, 1, 16)); // expect: 9301000002000000
var r = ds_map_create();
ds_map_read(r, text);
show_debug_message([ds_map_size(r), r[? "k"], r[? 2]]); // expect: [ 2,1.50,[ 1,"x" ] ]

ds_map_secure_save(w, "w.dat");
var s = ds_map_secure_load("w.dat");
show_debug_message([ds_map_size(s), s[? "k"], ds_map_secure_load("none.dat")]); // expect: [ 2,1.50,-1 ]
var b = buffer_create(1, buffer_grow, 1);
buffer_write(b, buffer_u8, 9);
ds_map_secure_save_buffer(w, b);
buffer_seek(b, buffer_seek_start, 1);
s = ds_map_secure_load_buffer(b);
show_debug_message(s[? "k"]); // expect: 1.50
buffer_poke(b, 70, buffer_u8, ord("!"));
buffer_seek(b, buffer_seek_start, 1);
show_debug_message(ds_map_secure_load_buffer(b)); // expect: -1
