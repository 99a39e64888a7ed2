/// Handle × place where a number is wanted. A handle counts as its index.
function P(x) { show_debug_message(string(x)); }
object o_second { event create { n = 2; } }
var list = ds_list_create(), map = ds_map_create(), first = ds_map_create();
var instance = instance_create_depth(0, 0, 0, o_second);
var index = real(instance.id);

// array indices, read, write, step, nested, argument, accessor
var names = ["a", "b", "c"];
P(names[list]); // expect: a
P(names[first]); // expect: b
P(names[o_second]); // expect: b
names[o_second] = "B"; P(names); // expect: [ "a","B","c" ]
var counts = [1, 1]; counts[o_second] += 5; counts[list]++; P(counts); // expect: [ 2,6 ]
var rows = [[1, 2], [3, 4]]; P(rows[o_second][list]); // expect: 3
rows[o_second][o_second] = 9; P(rows[1]); // expect: [ 3,9 ]
P(names[@ o_second]); // expect: B
var wide = array_create(index + 1, 0); wide[instance.id] = 7; P(wide[index]); // expect: 7
P(wide[instance.id]); // expect: 7
function pick() { return argument[argument0]; } P(pick(o_second, "picked")); // expect: picked
var l2 = ds_list_create(); l2[| o_second] = 4; P(l2[| o_second]); // expect: 4
var grid = ds_grid_create(2, 2); grid[# o_second, list] = 6; P(grid[# 1, 0]); // expect: 6
// conversions and predicates
P([real(o_second), int64(o_second), string(real(instance.id) == index)]); // expect: [ 1,1,"1" ]
P([is_numeric(o_second), is_numeric(instance.id), is_numeric(list), is_numeric(P)]); // expect: [ 1,1,1,1 ]
P([is_real(o_second), is_string(list), is_handle(list), typeof(list)]); // expect: [ 0,0,1,"ref" ]
P([is_numeric({}), is_numeric([]), is_numeric("1"), is_numeric(undefined), is_numeric(function() {})]); // expect: [ 0,0,0,0,0 ]
P([real(P) >= 100000, int64(P) == real(P), P == real(P)]); // expect: [ 1,1,1 ]
// operators
P([o_second + 1, o_second * 2, 5 - o_second, -o_second, 7 div o_second, 5 mod o_second]); // expect: [ 2,2,4,-1,7,0 ]
P([o_second & 1, o_second << 3, o_second < 2, o_second == 1, o_second == 1.0]); // expect: [ 1,8,1,1,1 ]
P(P + 1 - real(P)); // expect: 1
P([list == map, list == 0, P == instance.id]); // expect: [ 0,1,0 ]
// statements
var count = 0; repeat (o_second) count++; P(count); // expect: 1
switch (o_second) { case 1: P("one"); break; default: P("default"); } // expect: one
// arguments of builtins
P([abs(o_second), max(o_second, 0), floor(o_second), power(2, o_second)]); // expect: [ 1,1,1,2 ]
P(string_char_at("xyz", o_second)); // expect: x
P([array_get(names, o_second), string_repeat("z", o_second), chr(65 + o_second)]); // expect: [ "B","z","B" ]
var b = buffer_create(4, buffer_grow, 1); buffer_write(b, buffer_u8, o_second); P(buffer_peek(b, 0, buffer_u8)); // expect: 1
P(array_length(array_create(o_second, 0))); // expect: 1
