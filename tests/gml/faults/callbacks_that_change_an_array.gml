// A callback may change the array that is walked: the number of turns is fixed before, and what is there is read.

function P(v) { show_debug_message(v); }

turns = 0;
array = [];

walks = [
    ["foreach", function(a, f) { array_foreach(a, f); }],
    ["map", function(a, f) { return array_map(a, f); }],
    ["map_ext", function(a, f) { return array_map_ext(a, f); }],
    ["filter", function(a, f) { return array_filter(a, f); }],
    ["filter_ext", function(a, f) { return array_filter_ext(a, f); }],
    ["reduce", function(a, f) { return array_reduce(a, f, 0); }],
    ["all", function(a, f) { return array_all(a, f); }],
    ["copy_while", function(a, f) { return array_copy_while(a, f); }],
    ["backwards", function(a, f) { array_foreach(a, f, -1, -4); }],
];
changes = [
    function(a) { array_delete(a, 1, 1); },
    function(a) { array_resize(a, 0); },
    function(a) { array_push(a, 1, 2, 3); },
    function(a) { a[9] = 1; },
    function(a) { array_sort(a, false); },
];
var is_right = true;
for (var w = 0; w < array_length(walks); w++) {
    for (var c = 0; c < array_length(changes); c++) {
        turns = 0;
        array = [10, 20, 30, 40];
        step = changes[c];
        walks[w][1](array, function() {
            turns++;
            if (turns == 2) step(array);
            return true;
        });
        if (turns != 4) { P(string("{0} {1}: {2}", walks[w][0], c, turns)); is_right = false; }
    }
}
P(is_right); // expect: 1

// What is gone reads as undefined, what has moved up as itself.
var a = [1, 2, 3, 4];
seen = [];
array_foreach(a, method({a: a, seen: seen}, function(v, i) { array_push(seen, v); if (i == 2) array_delete(a, i, 1); }));
P(seen); // expect: [ 1,2,3,undefined ]
P(a); // expect: [ 1,2,4 ]

// The example of a plain function.
var b = [1, 2, 3];
global.b = b;
array_foreach(b, function(v, i) { if (i == 2) array_delete(global.b, i, 1); });
P(b); // expect: [ 1,2 ]

// Ones that look for something: with a predicate that is never true, and never false.
global.b = [1, 2, 3];
P(array_any(global.b, function(v, i) { array_resize(global.b, 1); return false; })); // expect: 0
global.b = [1, 2, 3];
P(array_find_index(global.b, function(v, i) { array_resize(global.b, 1); return is_undefined(v); })); // expect: 1
global.b = [1, 2, 3];
P(array_reduce(global.b, function(r, v, i) { array_resize(global.b, 1); return string(r) + string(v); })); // expect: 12undefined

// What map_ext and filter_ext write makes the array long enough.
global.b = [1, 2, 3];
P(array_map_ext(global.b, function(v, i) { array_resize(global.b, 0); return i; })); // expect: 3
P(global.b); // expect: [ 0,0,2 ]
global.b = [1, 2, 3];
P(array_filter_ext(global.b, function(v, i) { array_resize(global.b, 0); return true; })); // expect: 3
P(global.b); // expect: [ 1,undefined,undefined ]

// array_create_ext and sorting.
global.b = [3, 1, 2];
array_sort(global.b, function(l, r) { array_resize(global.b, 0); return l - r; });
P(global.b); // expect: [ 1,2,3 ]
try { array_create_ext(1000000000000, function(i) { return i; }); } catch (e) { P(e.message); } // expect: array_create_ext: the size 1000000000000 is too large
