// What a naive library gets wrong: one line for each surprise of the manual, the official tests and the runner.
function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P("ERR"); } }
function even(v) { return v % 2 == 0; }
var b, i, q, g, p, m, l, c, d, a, n, s;

b = buffer_create(256, buffer_grow, 1); for (i = 0; i < 256; i++) buffer_write(b, buffer_u8, i);
P(buffer_crc32(b, 32, 64) == 0xE809C6C8); // expect: 1
b = buffer_create(4, buffer_fixed, 1); buffer_write(b, buffer_s32, 0xFFFFFF80);
P([buffer_peek(b, 0, buffer_s32), typeof(buffer_peek(b, 0, buffer_s32))]); // expect: [ -128,"int32" ]
b = buffer_create(8, buffer_grow, 4); buffer_write(b, buffer_u8, 1); buffer_write(b, buffer_u8, 2); P(buffer_tell(b)); // expect: 5
b = buffer_create(1, buffer_grow, 1); buffer_write(b, buffer_f64, 1); P([buffer_get_size(b), buffer_get_used_size(b)]); // expect: [ 8,8 ]
b = buffer_create(100, buffer_grow, 1); buffer_seek(b, buffer_seek_end, 0); buffer_write(b, buffer_u8, 7); P(buffer_get_size(b)); // expect: 200
b = buffer_create(64, buffer_wrap, 1); buffer_seek(b, buffer_seek_end, 10); P(buffer_tell(b)); // expect: 54
b = buffer_create(8, buffer_grow, 1); buffer_fill(b, 0, buffer_u8, 69, 16); P(buffer_get_size(b)); // expect: 8
b = buffer_create(2, buffer_fixed, 1); P(buffer_peek(b, 1, buffer_u16)); // expect: undefined
b = buffer_create(4, buffer_fixed, 1); P([buffer_write(b, buffer_f64, 1), buffer_tell(b)]); // expect: [ -2,0 ]
b = buffer_create(2, buffer_fast, 1); buffer_write(b, buffer_s16, 5); P(buffer_tell(b)); // expect: 0
b = buffer_create(512, buffer_fixed, 1); buffer_save(b, "f"); l = buffer_create(1, buffer_grow, 1); buffer_load_ext(l, "f", 256); P(buffer_get_size(l)); // expect: 768

q = ds_queue_create(); ds_queue_enqueue(q, 100, 200, 300); P(string_length(ds_queue_write(q))); // expect: 416
g = ds_grid_create(2, 1); g[# 0, 0] = 1; g[# 1, 0] = 2; P(ds_grid_write(g)); // expect: 5B020000020000000100000000000000000000000000F03F000000000000000000000040
p = ds_priority_create(); P([ds_priority_find_min(p), ds_priority_delete_min(p), ds_priority_find_max(p), ds_priority_delete_max(p)]); // expect: [ undefined,0,undefined,0 ]
m = ds_map_create(); ds_map_add(m, "a", 1); P([ds_map_add(m, "a", 2), m[? "a"]]); // expect: [ 0,1 ]
m = ds_map_create(); m[? []] = 1; m[? []] = 2; P(ds_map_size(m)); // expect: 2
l = ds_list_create(); c = ds_list_create(); ds_list_add(l, 10, 20, 30, c); ds_list_mark_as_list(l, 3); ds_list_sort(l, true);
P(ds_list_is_list(l, 0)); // expect: 1
l = ds_list_create(); l[| 3] = "x"; P([ds_list_size(l), l[| 0], l[| 9]]); // expect: [ 4,0,undefined ]
g = ds_grid_create(10, 10); ds_grid_set_disk(g, 7, 7, 3, 1); P(ds_grid_get_disk_sum(g, 7, 7, 3)); // expect: 27

P([json_stringify({ a: 1 }), json_stringify({ a: int64(1) })]); // expect: [ "{"a":1.0}","{"a":1}" ]
P(json_stringify([NaN, infinity, undefined])); // expect: ["@@nan$$","@@infinity$$",null]
P(json_parse("[1,2,]")); // expect: [ 1,2 ]
d = json_decode("[1,2]"); P(ds_list_size(d[? "default"])); // expect: 2

P([string_delete("Hello World!", -1, 1), string_delete("Hello World!", 7, -1)]); // expect: [ "Hello World","Hello orld!" ]
P([string_char_at("abc", 9), string_ord_at("abc", 9), string_byte_at("abc", 9)]); // expect: [ "",-1,99 ]
P([string([]), string([1, "a"]), string({ k: "v" })]); // expect: [ "[  ]","[ 1,"a" ]","{ k : "v" }" ]
P(string(true) + string(1.999) + string(undefined)); // expect: 12.00undefined
P(string("{0} {1} {3}", 12, "x")); // expect: 12 x {3}
P(string_split_ext("hello,great,world", [",", "l"], false, 3)); // expect: [ "he","","o","great,world" ]
P(string_last_pos_ext("!", "Hello world!Hello world!", 11)); // expect: 0

P([bool(0.5), bool(0.51), bool(undefined)]); // expect: [ 0,1,0 ]
Error(function() { return bool(""); }); // expect: ERR
P([int64("-21233.223"), int64(NaN), int64(infinity), int64({})]); // expect: [ -21233,0,9223372036854775807,0 ]
P([is_nan("abc"), is_nan([]), is_nan(undefined), real({})]); // expect: [ 1,1,1,NaN ]
P([round(2.5), round(-3.5), clamp(4.5, 12.5, 0.1), median(0.5, 1.1, 2, 99.9), angle_difference(90, -90)]); // expect: [ 2,-4,0.10,2,-180 ]
P([ln(-1), logn(1, 5), dot_product_normalised(0, 0, 0, 0)]); // expect: [ NaN,inf,NaN ]
Error(function() { return sqrt(-1); }); // expect: ERR
Error(function() { return arcsin(2); }); // expect: ERR
math_set_epsilon(0.001); math_set_epsilon(1); P(math_get_epsilon() * 1000); // expect: 1
math_set_epsilon(0); P(string_format(math_get_epsilon(), 1, 12)); // expect: 0.000000000010
math_set_epsilon(0.00001);
random_set_seed(-42); s = random_get_seed(); a = irandom(99); random_set_seed(s); P([s, a == irandom(99)]); // expect: [ 4294967254,1 ]
P(array_filter([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], even, -4, -4)); // expect: [ 6,4 ]
a = [1, 2, 3, 4]; array_delete(a, 2, -2); P(a); // expect: [ 1,4 ]
a = [1, 2, 3, 4, 5, 6]; n = array_filter_ext(a, even); P([n, a]); // expect: [ 3,[ 2,4,6,4,5,6 ] ]
P(array_length("x")); // expect: 0
ini_open("t.ini"); ini_write_string("test", "test", "test"); P(ini_close() == "[test]\r\ntest=\"test\"\r\n"); // expect: 1
Error(function() { return ini_read_real("a", "b", 0); }); // expect: ERR
