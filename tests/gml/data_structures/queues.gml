// Stacks, queues and priority queues.
var s = ds_stack_create();
show_debug_message([ds_stack_empty(s), ds_stack_pop(s), ds_stack_top(s)]); // expect: [ 1,undefined,undefined ]
ds_stack_push(s, 50, 100, 200, "hello", [3.14159, "world"]);
show_debug_message([ds_stack_size(s), ds_stack_top(s)]); // expect: [ 5,[ 3.14,"world" ] ]
var text = ds_stack_write(s);
show_debug_message(text); // expect: 6700000005000000000000000000000000004940000000000000000000005940000000000000000000006940010000000500000068656C6C6F0200000002000000000000006E861BF0F92109400100000005000000776F726C64
var t = ds_stack_create();
ds_stack_copy(t, s);
ds_stack_clear(s);
ds_stack_read(s, text);
show_debug_message([ds_stack_pop(s)[1], ds_stack_pop(s), ds_stack_size(t)]); // expect: [ "world","hello",5 ]
ds_stack_destroy(s);
show_debug_message(ds_exists(s, ds_type_stack)); // expect: 0

var q = ds_queue_create();
show_debug_message([ds_queue_empty(q), ds_queue_dequeue(q), ds_queue_head(q), ds_queue_tail(q)]); // expect: [ 1,undefined,undefined,undefined ]
ds_queue_enqueue(q, 100, 200, 300);
show_debug_message([ds_queue_head(q), ds_queue_tail(q), ds_queue_size(q)]); // expect: [ 100,300,3 ]
text = ds_queue_write(q);
show_debug_message([string_length(text), string_copy(text, 1, 32)]); // expect: [ 416,"CB000000030000000000000010000000" ]
ds_queue_clear(q);
ds_queue_read(q, text);
var r = ds_queue_create();
ds_queue_copy(r, q);
show_debug_message([ds_queue_dequeue(q), ds_queue_size(q), ds_queue_size(r)]); // expect: [ 100,2,3 ]
ds_queue_destroy(q);
try { ds_queue_enqueue(q, 1); } catch (e) { show_debug_message("destroyed"); } // expect: destroyed

var p = ds_priority_create();
show_debug_message([ds_priority_find_min(p), ds_priority_delete_min(p), ds_priority_delete_max(p)]); // expect: [ undefined,0,0 ]
ds_priority_add(p, 100, 20);
show_debug_message(ds_priority_write(p)); // expect: F701000001000000000000000000000000003440000000000000000000005940
ds_priority_add(p, "low", 1);
ds_priority_add(p, "first", 5);
ds_priority_add(p, "second", 5);
show_debug_message([ds_priority_size(p), ds_priority_find_min(p), ds_priority_find_max(p)]); // expect: [ 4,"low",100 ]
ds_priority_change_priority(p, 100, 0);
ds_priority_delete_value(p, "low");
ds_priority_delete_value(p, "none");
show_debug_message([ds_priority_find_priority(p, "first"), ds_priority_find_priority(p, "low")]); // expect: [ 5,undefined ]
text = ds_priority_write(p);
var o = ds_priority_create();
ds_priority_copy(o, p);
show_debug_message([ds_priority_delete_max(o), ds_priority_delete_min(o), ds_priority_empty(o)]); // expect: [ "second",100,0 ]
ds_priority_clear(p);
show_debug_message(ds_priority_empty(p)); // expect: 1
ds_priority_read(p, text);
show_debug_message([ds_priority_delete_min(p), ds_priority_delete_min(p), ds_priority_delete_min(p)]); // expect: [ 100,"first","second" ]
ds_priority_destroy(p);
show_debug_message(ds_exists(p, ds_type_priority)); // expect: 0
show_debug_message([ds_exists(r, ds_type_queue), ds_exists(r, ds_type_grid), ds_exists(-1, ds_type_queue)]); // expect: [ 1,0,0 ]
