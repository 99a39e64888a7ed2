function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
function copied(dest_index, src_index, length) { var d = [0, 0, 0]; array_copy(d, dest_index, ["a", "b", "c", "d"], src_index, length); return d; }

P([copied(0, 0, 2), copied(1, 2, 2), copied(5, 0, 1), copied(0, -2, 2)]); // expect: [ [ "a","b",0 ],[ 0,"c","d" ],[ 0,0,0,0,0,"a" ],[ "c","d",0 ] ]
P([copied(0, -1, -2), copied(-1, 0, 2), copied(-infinity, 0, 1), copied(0, 0, 99), copied(0, 99, 1)]); // expect: [ [ "d","c",0 ],[ 0,0,"a","b" ],[ "a",0,0 ],[ "a","b","c","d" ],[ "d",0,0 ] ]
var a = [1, 2, 3, 4, 5]; array_copy(a, 1, a, 0, 4); P(a); // expect: [ 1,1,2,3,4 ]
a = [1, 2]; array_copy(a, 0, [], 0, 5); P(a); // expect: [ 1,2 ]

P([array_equals([1, [2, "x"]], [1, [2, "x"]]), array_equals([1], [1.000001]), array_equals([NaN], [NaN]), array_equals([undefined], [undefined])]); // expect: [ 1,1,0,1 ]
var s = {}; P([array_equals([s], [s]), array_equals([{}], [{}]), array_equals([1], [1, 2]), array_equals(1, [1]), array_equals("a", "a")]); // expect: [ 1,0,0,0,0 ]
P([array_concat([1], [2, 3]), array_concat([1], [2], [], [3]), array_concat([], [])]); // expect: [ [ 1,2,3 ],[ 1,2,3 ],[  ] ]

a = [3, 1, 2]; array_sort(a, true); P(a); // expect: [ 1,2,3 ]
array_sort(a, false); P(a); // expect: [ 3,2,1 ]
a = ["pear", "Apple", "fig"]; array_sort(a, true); P(a); // expect: [ "Apple","fig","pear" ]
a = [3, 1, 2]; array_sort(a, function(x, y) { return y - x; }); P(a); // expect: [ 3,2,1 ]
a = [3, 1, 2]; array_sort(a, function(x, y) { return x < y ? -1 : 1; }); P(a); // expect: [ 1,2,3 ]
a = [1, 1.2, 1.1]; array_sort(a, function(x, y) { return (x - y) / 2; }); P(a); // expect: [ 1,1.20,1.10 ]
a = [1, "a", undefined, {}, [1], 2]; array_sort(a, true); P(array_length(a)); // expect: 6
a = []; array_sort(a, true); P(a); // expect: [  ]
Error(function() { array_sort([1, 2], "up"); }); // expect: Unable to call function: the value is not a function or method
Error(function() { array_sort(5, true); }); // expect: argument 1 of array_sort: expected an array, got 5

P([array_reverse([1, 2, 3]), array_reverse([2, 4, 6, 8, 10, 12, 14], -3, 3), array_reverse([1, 2, 3, 4], 1, 2), array_reverse([])]); // expect: [ [ 3,2,1 ],[ 14,12,10 ],[ 3,2 ],[  ] ]
a = [1, 2, 3, 4]; P([array_reverse_ext(a, 1, 2), a]); // expect: [ 2,[ 1,3,2,4 ] ]
a = [1, 2, 3, 4]; P([array_reverse_ext(a), a, array_reverse_ext([])]); // expect: [ 4,[ 4,3,2,1 ],0 ]

P([array_contains([1, 2], 2), array_contains([1, 2], "2"), array_contains([1, 2, 3], 1, 1), array_contains([], 1), array_contains([1], 1.000001)]); // expect: [ 1,1,0,0,1 ]
P([array_contains([s], s), array_contains([[1]], [1]), array_contains([1, 2, 3], 3, 0, 2), array_contains([1, 2, 3], 1, -1, -3)]); // expect: [ 1,0,0,1 ]
P([array_get_index([5, 6, 5], 5), array_get_index([5, 6, 5], 5, 1), array_get_index([5, 6], 9), array_get_index([5, 6, 5], 5, -1, -3), array_get_index([], 1)]); // expect: [ 0,2,-1,2,-1 ]
P([array_contains_ext([1, 2, 3], [9, 2]), array_contains_ext([1, 2, 3], [9, 2], true), array_contains_ext([1, 2, 3], [3, 1], true)]); // expect: [ 1,0,1 ]
P([array_contains_ext([1, 2], [1, 1], true), array_contains_ext([1, 1], [1, 1], true), array_contains_ext([1], []), array_contains_ext([1, 2, 3], [1], false, 1)]); // expect: [ 0,1,1,0 ]

P([array_unique([1, 2, 1, "1", 2.5, 2.5]), array_unique([]), array_unique([1, 1, 2, 2], 1), array_unique([NaN, NaN, undefined, undefined])]); // expect: [ [ 1,2,"1",2.50 ],[  ],[ 1,2 ],[ NaN,undefined ] ]
a = [1, 1, 2, 1, 3]; P([array_unique_ext(a), a]); // expect: [ 3,[ 1,2,3,1,3 ] ]
P([array_union([1, 2], [2, 3], [4]), array_union([1, 1]), array_intersection([1, 2, 2, 3], [2, 3], [3, 2]), array_intersection([1, 1]), array_intersection([1], [])]); // expect: [ [ 1,2,3,4 ],[ 1 ],[ 2,3 ],[ 1 ],[  ] ]
