var l = ds_list_create();
show_debug_message([ds_list_empty(l), ds_list_size(l), l[| 0], is_handle(l)]); // expect: [ 1,0,undefined,1 ]
l[| 3] = "x";
show_debug_message([ds_list_size(l), l[| 0], l[| 9], l[| -1]]); // expect: [ 4,0,undefined,undefined ]
ds_list_clear(l);
ds_list_add(l, 3, 1, 2);
ds_list_insert(l, 1, "in");
ds_list_insert(l, 99, "out");
ds_list_insert(l, -1, "out");
show_debug_message([l[| 0], l[| 1], l[| 2], ds_list_size(l)]); // expect: [ 3,"in",1,4 ]
ds_list_delete(l, 1);
ds_list_delete(l, 99);
ds_list_replace(l, 0, 30);
ds_list_set(l, 1, 10);
show_debug_message([ds_list_find_value(l, 0), ds_list_find_index(l, 10), ds_list_find_index(l, "no")]); // expect: [ 30,1,-1 ]
try { ds_list_replace(l, 9, 1); } catch (e) { show_debug_message(string_pos("out-of-bounds", e.message) > 0); } // expect: 1
try { l[| -1] = 0; } catch (e) { show_debug_message("negative"); } // expect: negative
ds_list_sort(l, true);
show_debug_message([l[| 0], l[| 1], l[| 2]]); // expect: [ 2,10,30 ]
ds_list_sort(l, false);
show_debug_message([l[| 0], l[| 1], l[| 2]]); // expect: [ 30,10,2 ]
ds_list_add(l, "b", undefined, "a");
ds_list_sort(l, true);
show_debug_message([l[| 0], l[| 1], l[| 4], l[| 5]]); // expect: [ undefined,2,"a","b" ]

// Marks move with what they mark, and what is marked goes with its owner.
var p = ds_list_create(), c = ds_list_create(), m = ds_map_create();
ds_list_add(p, 10, 20, 30, c, m);
show_debug_message([ds_list_mark_as_list(p, 3) == c, ds_list_mark_as_map(p, 4) == m, ds_list_mark_as_map(p, 9)]); // expect: [ 1,1,-1 ]
ds_list_insert(p, 0, 5);
show_debug_message([ds_list_is_list(p, 4), ds_list_is_map(p, 5), ds_list_is_list(p, 3)]); // expect: [ 1,1,0 ]
ds_list_delete(p, 0);
ds_list_shuffle(p);
var at = ds_list_find_index(p, c);
show_debug_message(ds_list_is_list(p, at)); // expect: 1
var copy = ds_list_create();
ds_list_copy(copy, p);
show_debug_message([ds_list_size(copy), ds_list_is_list(copy, at)]); // expect: [ 5,1 ]
ds_list_destroy(p);
ds_list_destroy(copy);
ds_list_destroy(p);
show_debug_message([ds_exists(p, ds_type_list), ds_exists(c, ds_type_list), ds_exists(m, ds_type_map)]); // expect: [ 0,0,0 ]
show_debug_message([ds_list_size(p), ds_list_empty(-1)]); // expect: [ 0,1 ]
try { ds_list_add(p, 1); } catch (e) { show_debug_message(string_pos("does not exist", e.message) > 0); } // expect: 1

var w = ds_list_create();
ds_list_read(w, "2F010000050000000100000005000000"
    + "68656C6C6F000000000000000000003E40000000000000000000003440"
    + "0000000000000000000024400100000005000000776F726C64");
show_debug_message([w[| 0], w[| 1], w[| 2], w[| 3], w[| 4]]); // expect: [ "hello",30,20,10,"world" ]
var text = ds_list_write(w);
ds_list_clear(w);
show_debug_message([ds_list_size(w), ds_list_write(w)]); // expect: [ 0,"2F01000000000000" ]
ds_list_read(w, text);
show_debug_message(ds_list_write(w) == text); // expect: 1
try { ds_list_read(w, "nonsense"); } catch (e) { show_debug_message(ds_list_size(w)); } // expect: 5
ds_set_precision(0.5);
show_debug_message(ds_list_find_index(w, 20.4)); // expect: 2
try { w[| 1000000000000] = 1; } catch (e) { show_debug_message("too large"); } // expect: too large
try { ds_list_read(w, string_copy(text, 1, string_length(text) - 2)); } catch (e) { show_debug_message("cut short"); } // expect: cut short
