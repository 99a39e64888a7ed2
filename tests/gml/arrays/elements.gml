function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }

P([array_create(3), array_create(2, "x"), array_create(0), array_create(-5), array_create(2.9, 1), array_create(2, undefined)]); // expect: [ [ 0,0,0 ],[ "x","x" ],[  ],[  ],[ 1,1 ],[ undefined,undefined ] ]
var inner = [1], shared = array_create(2, inner); inner[0] = 9; P(shared); // expect: [ [ 9 ],[ 9 ] ]
P([array_create_ext(4, function(i) { return i * i; }), array_create_ext(0, function() {}), array_create_ext(-1, function() {})]); // expect: [ [ 0,1,4,9 ],[  ],[  ] ]
P([array_length([1, 2]), array_length([]), array_length("x"), array_length(5), array_length(undefined), array_length({})]); // expect: [ 2,0,0,0,0,0 ]
P([array_get([5, 6], 1), array_get([5, 6], 0.9), array_first([7, 8]), array_last([7, 8]), array_first([]), array_last([])]); // expect: [ 6,5,7,8,undefined,undefined ]
Error(function() { return array_get([1], 1); }); // expect: array_get :: Index [1] out of range [1]
Error(function() { return array_get([1], -1); }); // expect: array_get :: Index [-1] out of range [1]
Error(function() { return array_get(5, 0); }); // expect: argument 1 of array_get: expected an array, got 5

var a = [1]; array_set(a, 3, "x"); array_set(a, 0, 0); P(a); // expect: [ 0,0,0,"x" ]
Error(function() { array_set([1], -1, 0); }); // expect: array_set :: Index [-1] out of range [1]
a = []; array_push(a, 1); array_push(a, 2, 3, 4); P(a); // expect: [ 1,2,3,4 ]
P([array_pop(a), array_shift(a), a, array_pop([]), array_shift([])]); // expect: [ 4,1,[ 2,3 ],undefined,undefined ]
Error(function() { array_push(5, 1); }); // expect: argument 1 of array_push: expected an array, got 5
Error(function() { array_pop("x"); }); // expect: argument 1 of array_pop: expected an array, got "x"
Error(function() { array_shift(undefined); }); // expect: argument 1 of array_shift: expected an array, got undefined

a = [1, 2, 3]; array_insert(a, 1, "x", "y"); P(a); // expect: [ 1,"x","y",2,3 ]
a = [1, 2, 3]; array_insert(a, -1, "x"); P(a); // expect: [ 1,2,"x",3 ]
a = [1, 2]; array_insert(a, 5, "x"); P(a); // expect: [ 1,2,0,0,0,"x" ]
a = [1, 2]; array_insert(a, 2, "x"); array_insert(a, 0, "y"); array_insert(a, -99, "z"); P(a); // expect: [ "z","y",1,2,"x" ]

a = [1, 2, 3, 4]; array_delete(a, 2, -2); P(a); // expect: [ 1,4 ]
a = [1, 2, 3, 4]; array_delete(a, 1, 2); P(a); // expect: [ 1,4 ]
a = [1, 2, 3, 4]; array_delete(a, -1, 10); P(a); // expect: [ 1,2,3 ]
a = [1, 2, 3, 4]; array_delete(a, -2, 1); P(a); // expect: [ 1,2,4 ]
a = [1, 2, 3, 4]; array_delete(a, 1, infinity); P(a); // expect: [ 1 ]
a = [1, 2, 3, 4]; array_delete(a, 3, -infinity); P(a); // expect: [  ]
a = [1, 2, 3, 4]; array_delete(a, 9, 1); array_delete(a, 0, 0); P(a); // expect: [ 1,2,3,4 ]
a = []; array_delete(a, 0, 5); P(a); // expect: [  ]

a = [1, 2, 3]; array_resize(a, 5); P(a); // expect: [ 1,2,3,0,0 ]
array_resize(a, 1); P(a); // expect: [ 1 ]
array_resize(a, 0); P(a); // expect: [  ]
Error(function() { array_resize([1], -1); }); // expect: array_resize :: invalid size -1
Error(function() { array_resize(5, 1); }); // expect: argument 1 of array_resize: expected an array, got 5
P([array_length_1d([1, 2]), array_length_1d(5), array_height_2d([[1], [2]]), array_length_2d([[1, 2], [3]], 0), array_length_2d([[1]], 9)]); // expect: [ 2,0,2,2,0 ]
P([array_length(array_create(int64(0x7fffffff00000003))), array_create(int64(0x7fffffffffffffff))]); // expect: [ 3,[  ] ]
