function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
function even(v) { return v % 2 == 0; }
ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
seen = "";

array_foreach([5, 6], function(v, i) { seen += $"{i}:{v} "; }); P(seen); // expect: 0:5 1:6 
seen = ""; array_foreach(ten, function(v, i) { seen += $"{i}:{v} "; }, -1, -3); P(seen); // expect: 9:10 8:9 7:8 
seen = ""; array_foreach(ten, function(v) { seen += string(v); }, 99, 1); array_foreach([], function() { seen = "called"; }); P(seen); // expect: 10
P([array_map([1, 2, 3], function(v, i) { return v * 10 + i; }), array_map(ten, function(v) { return v; }, 2, 3), array_map([], even)]); // expect: [ [ 10,21,32 ],[ 3,4,5 ],[  ] ]
P([array_filter(ten, even), array_filter(ten, even, -4, -4), array_filter([], even), array_filter([1], function() { return 0.5; })]); // expect: [ [ 2,4,6,8,10 ],[ 6,4 ],[  ],[  ] ]
var a = variable_clone(ten); P([array_filter_ext(a, even), a]); // expect: [ 5,[ 2,4,6,8,10,6,7,8,9,10 ] ]
a = [1, 2, 3, 4, 5, 6]; P([array_filter_ext(a, even), a]); // expect: [ 3,[ 2,4,6,4,5,6 ] ]
a = [1, 2, 3]; P([array_map_ext(a, function(v) { return v + 1; }), a, array_map_ext(a, function(v) { return 0; }, 1, 1), a]); // expect: [ 3,[ 2,0,4 ],1,[ 2,0,4 ] ]
P([array_copy_while([2, 4, 5, 6], even), array_copy_while([1], even), array_copy_while([6, 4, 2, 8], even, -1, -2), array_copy_while([], even)]); // expect: [ [ 2,4 ],[  ],[ 8,2 ],[  ] ]
P([array_find_index([1, 3, 4], even), array_find_index([1, 3], even), array_find_index([2, 1, 4], even, 1), array_find_index([2, 1, 4], even, -1, -3), array_find_index([], even)]); // expect: [ 2,-1,2,2,-1 ]
P([array_any([1, 2], even), array_any([1, 3], even), array_any([], even), array_any([2, 1], even, 1)]); // expect: [ 1,0,0,0 ]
P([array_all([2, 4], even), array_all([2, 3], even), array_all([], even), array_all([1, 2], even, 1)]); // expect: [ 1,0,1,1 ]
P([array_reduce([1, 2, 3], function(p, v) { return p + v; }), array_reduce([1, 2, 3], function(p, v, i) { return p + v * i; }, 100)]); // expect: [ 6,108 ]
P([array_reduce([], function() {}), array_reduce([], function() {}, 7), array_reduce([5], function() {}), array_reduce(["a", "b", "c"], function(p, v) { return p + v; }, undefined, -1, -3)]); // expect: [ undefined,7,5,"cba" ]

// A callback runs where its caller is, a method where it is bound.
total = 0; var holder = { total: 0 };
array_foreach([1, 2], function(v) { total += v; }); array_foreach([5], method(holder, function(v) { total += v; }));
P([total, holder.total]); // expect: [ 3,5 ]
var grown = [1]; array_foreach(grown, method({ grown: grown }, function(v) { array_push(grown, v); })); P(grown); // expect: [ 1,1 ]
Error(function() { array_map([1], "even"); }); // expect: argument 2 of array_map: expected a function, got "even"
Error(function() { array_foreach(5, even); }); // expect: argument 1 of array_foreach: expected an array, got 5
Error(function() { array_reduce([1], undefined); }); // expect: argument 2 of array_reduce: expected a function, got undefined
Error(function() { array_filter([1], even, "x"); }); // expect: unable to convert string "x" to number
try { array_any([1], function() { throw "thrown"; }); } catch (e) { P(e); } // expect: thrown
// Builtins as callbacks take what they want of value and index, and see the caller's scope.
P([array_filter([1, "a", 2], is_string), array_all([1, 2], is_numeric), array_map(["a", "b"], string_upper)]); // expect: [ [ "a" ],1,[ "A","B" ] ]
lift = 4; var in_scope = variable_instance_get; P(in_scope(self, "lift")); // expect: 4
var mapped = array_map; P(mapped([1, 2], function(v) { return v + lift; })); // expect: [ 5,6 ]
Error(function() { var f = string_copy; f("abc"); }); // expect: wrong number of arguments for function string_copy: 1 given
