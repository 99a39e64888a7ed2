// A structure that is destroyed, or never was: the size of a list or a map is 0 then, all else is an error.
function P(v) { show_debug_message(v); }
function Fails(f) { try { f(); return false; } catch (e) { return string_pos("does not exist", e.message) > 0; } }
l = ds_list_create(); m = ds_map_create(); g = ds_grid_create(2, 2); q = ds_queue_create(); s = ds_stack_create(); p = ds_priority_create();
ds_list_destroy(l); ds_map_destroy(m); ds_grid_destroy(g); ds_queue_destroy(q); ds_stack_destroy(s); ds_priority_destroy(p);
P([ds_exists(l, ds_type_list), ds_exists(m, ds_type_map), ds_exists(g, ds_type_grid), ds_exists(q, ds_type_queue), ds_exists(s, ds_type_stack), ds_exists(p, ds_type_priority)]); // expect: [ 0,0,0,0,0,0 ]
P([ds_exists(-1, ds_type_list), ds_exists(0, 99), ds_exists("text", ds_type_map), ds_exists(undefined, ds_type_map)]); // expect: [ 0,0,0,0 ]
P([ds_list_size(l), ds_map_size(m), ds_list_empty(l), ds_map_empty(m)]); // expect: [ 0,0,1,1 ]
P([Fails(function() { ds_queue_size(q); }), Fails(function() { ds_stack_size(s); }), Fails(function() { ds_priority_size(p); })]); // expect: [ 1,1,1 ]
P([Fails(function() { ds_queue_empty(q); }), Fails(function() { ds_stack_empty(s); }), Fails(function() { ds_priority_empty(p); })]); // expect: [ 1,1,1 ]
P([Fails(function() { ds_list_add(l, 1); }), Fails(function() { ds_list_find_value(l, 0); }), Fails(function() { l[| 0] = 1; }), Fails(function() { ds_list_sort(l, true); })]); // expect: [ 1,1,1,1 ]
P([Fails(function() { ds_map_add(m, "a", 1); }), Fails(function() { ds_map_set(m, "a", 1); }), Fails(function() { m[? "a"] = 1; }), Fails(function() { ds_map_clear(m); })]); // expect: [ 1,1,1,1 ]
P([Fails(function() { ds_grid_set(g, 0, 0, 1); }), Fails(function() { ds_grid_width(g); }), Fails(function() { g[# 0, 0] = 1; }), Fails(function() { ds_grid_clear(g, 0); })]); // expect: [ 1,1,1,1 ]
P([Fails(function() { ds_queue_enqueue(q, 1); }), Fails(function() { ds_queue_dequeue(q); }), Fails(function() { ds_queue_head(q); })]); // expect: [ 1,1,1 ]
P([Fails(function() { ds_stack_push(s, 1); }), Fails(function() { ds_stack_pop(s); }), Fails(function() { ds_stack_top(s); })]); // expect: [ 1,1,1 ]
P([Fails(function() { ds_priority_add(p, 1, 1); }), Fails(function() { ds_priority_delete_min(p); }), Fails(function() { ds_priority_find_max(p); })]); // expect: [ 1,1,1 ]
P([Fails(function() { ds_list_copy(l, ds_list_create()); }), Fails(function() { ds_map_copy(ds_map_create(), m); }), Fails(function() { ds_list_write(l); })]); // expect: [ 1,1,1 ]
ds_list_destroy(l); ds_map_destroy(m); ds_grid_destroy(g); ds_queue_destroy(q); ds_stack_destroy(s); ds_priority_destroy(p);

// A number stands for the structure of that index of its kind, and indices are used again.
var first = ds_list_create(), number = real(first); ds_list_destroy(first);
var again = ds_list_create(); ds_list_add(again, "new");
P([real(again) == number, ds_list_find_value(number, 0), string(again) == $"ref ds_list {number}"]); // expect: [ 1,"new",1 ]
