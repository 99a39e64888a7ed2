// What walks structs, data structures and instances while GML code runs that changes them.

function P(v) { show_debug_message(v); }

// struct_foreach: the names are fixed, the values are read when their turn comes.
global.s = {a: 1, b: 2, c: 3};
struct_foreach(global.s, function(name, value) {
    show_debug_message(name + " " + string(value));
    struct_remove(global.s, "b");
    global.s.d = 4;
    global.s.c = 30;
});
// expect: a 1
// expect: b undefined
// expect: c 30

// A toString that changes what is printed.
global.list = [1, 2, 3];
global.list[1] = {toString: function() { array_push(global.list, 4); return "me"; }};
P(string(global.list)); // expect: [ 1,me,3 ]
global.t = {a: 1};
global.t.b = {toString: function() { struct_remove(global.t, "a"); global.t.z = 1; return "me"; }};
P(string(global.t)); // expect: { a : 1, b : me }

// A toString of a key that changes the map while it is written as JSON.
global.map = ds_map_create();
global.map[? {toString: function() { global.map[? "new"] = 1; return "key"; }}] = 5;
P(json_encode(global.map)); // expect: {"key":5.0}

// Filters of JSON.
global.q = {a: [1, 2, 3], b: 2};
P(json_stringify(global.q, false, function(key, value) { array_resize(global.q.a, 0); struct_remove(global.q, "b"); return value; })); // expect: {"a":[]}
P(json_parse("[1,[2,3]]", function(key, value) { if (is_array(value)) array_resize(value, 0); return value; })); // expect: [  ]

// with, whose body destroys the others and makes new ones.
object obj_walker { event create { n = 0; } }
repeat (3) instance_create_depth(0, 0, 0, obj_walker);
count = 0;
with (obj_walker) {
    other.count++;
    if (other.count == 1) {
        with (obj_walker) if (id != other.id) instance_destroy();
        instance_create_depth(0, 0, 0, obj_walker);
    }
}
P(count); // expect: 1

// The walk of a map whose keys go: a key that is gone has no next one.
var keys = ds_map_create();
keys[? "a"] = 1; keys[? "b"] = 2; keys[? "c"] = 3;
var turns = 0;
for (var k = ds_map_find_first(keys); !is_undefined(k) && turns < 10; k = ds_map_find_next(keys, k)) { ds_map_delete(keys, k); turns++; }
P(turns); // expect: 1
