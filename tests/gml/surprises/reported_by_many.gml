// What was reported to GameMaker's tracker of functions at the edge of what they take: the number, then the result.
function T(number, code) { var found; try { found = code(); } catch (e) { found = e.message; } show_debug_message($"{number} {found}"); }
enum Large { One = 1, Two = 1 << 31, Three = 1 << 40, Full = Large.One | Large.Two | Large.Three, }
function opt(a = 5) { return a; }
function no_result() { }
function changes(a, b) { a = 99; b = 98; argument[0] = 7; return a; }
function Item() constructor { static meh = 0; static a = 30; }
function Potion() : Item() constructor { static meh = 77; static b = 12; }
function Indexed() constructor { static __index = -1; event_0 = new_event(); event_1 = new_event(); static new_event = function() { __index++; return __index; }; }
function Chained() constructor { n = 0; static action = function() { return self; }; global.made = (global.made ?? 0) + 1; }
function sorted_by(a, b) { return b - a; }
#macro EXTENSION ".quack"
#macro DEMO $"demo{EXTENSION}"
global.made = 0;

T(12342, function() { var a = ["a", "b", "c"]; array_delete(a, -10, 1); array_delete(a, -4, infinity); array_delete(a, -4, -1); return a; }); // expect: 12342 [ "a","b","c" ]
T(11967, function() { var a = [0, 1]; array_delete(a, 8, 10); array_delete(a, 2, -2); return a; }); // expect: 11967 [ 0,1 ]
T(12898, function() { var a = []; array_delete(a, 0, 0); array_delete(a, 1, 1); array_delete(a, -1, 1); return a; }); // expect: 12898 [  ]
T(15222, function() { return [real("1_000"), int64("1_000"), real("-1_0.2_5"), int64("9_223_372_036_854_775_807")]; }); // expect: 15222 [ 1000,1000,-10.25,9223372036854775807 ]
T("15222 no separator", function() { return real("_1"); }); // expect: 15222 no separator unable to convert string "_1" to number
T("15222 two", function() { return int64("1__0"); }); // expect: 15222 two unable to convert string "1__0" to int64
T("sign of NaN", function() { return [sign(NaN), sign(-0.0), sign(-infinity)]; }); // expect: sign of NaN [ -1,0,-1 ]
T("clamp of NaN", function() { return [is_nan(clamp(NaN, 0, 1)), clamp(5, 10, 1), clamp(5, NaN, 3), clamp(5, 1, NaN), clamp(-infinity, 0, 1)]; }); // expect: clamp of NaN [ 1,1,3,5,0 ]
T(11762, function() { var to = []; array_copy(to, 0, [1, 2, 3, 4, 5], 16, 100); return to; }); // expect: 11762 [ 5 ]
T(12343, function() { return [string_delete("abc", -10, 1), string_delete("abc", -1, 1), string_delete("abc", 9, 1), string_delete("abc", -1, -2)]; }); // expect: 12343 [ "abc","ab","abc","a" ]
T(6348, function() { var a = [{i: 0}, {i: 2}, {i: 1}]; array_sort(a, function(x, y) { return sign(y.i - x.i); }); return a; }); // expect: 6348 [ { i : 2 },{ i : 1 },{ i : 0 } ]
T("191 a script", function() { var a = [3, 1, 2]; array_sort(a, sorted_by); return a; }); // expect: 191 a script [ 3,2,1 ]
T(12223, function() { function sp() constructor { a = 2; } function sc() : sp() constructor { a = 1; b = 3; } return new sc(); }); // expect: 12223 { a : 1, b : 3 }
T(9030, function() { var x = new Chained().action(); return [global.made, x.n]; }); // expect: 9030 [ 1,0 ]
T(1492, function() { var p = new Potion(); Item.a = 5; return [static_get(p), static_get(static_get(p)), struct_get_names(static_get(p)), json_stringify(p), p.meh, p.a]; }); // expect: 1492 [ { meh : 77, b : 12 },{ meh : 0, a : 5 },[ "meh","b" ],"{}",77,5 ]
T(11879, function() { return [is_instanceof(new Potion(), Item), is_instanceof(new Item(), Potion), is_instanceof({}, Item)]; }); // expect: 11879 [ 1,0,0 ]
T(3929, function() { return [instanceof({a: 1}), instanceof(new Item())]; }); // expect: 3929 [ "struct","Item" ]
T(4492, function() { var c = new Indexed(), e = 1; switch (e) { case c.event_0: return "zero"; case c.event_1: return "one"; } return "none"; }); // expect: 4492 one
T(6765, function() { with (self) { return "reached"; } throw "no"; }); // expect: 6765 reached
T(7776, function() { var c = [[0], [0], [0], [0]], d = [true, true]; for (var i = 0; i < 4; i++) { try { c[i][0] = d[i]; } catch (e) { c[i][0] = false; } } return c; }); // expect: 7776 [ [ 1 ],[ 1 ],[ 0 ],[ 0 ] ]
T(5961, function() { var s = {n: 0}, g = ds_grid_create(2, 2); ds_grid_set(g, 0, 0, s); ds_grid_set(g, 1, 1, s); s.n = 33; return [g[# 0, 0].n, g[# 1, 1].n]; }); // expect: 5961 [ 33,33 ]
T(4674, function() { var a = [ds_map_create()]; a[0][? "x"] = [1, {y: 2}]; return a[0][? "x"][1].y; }); // expect: 4674 2
T(101, function() { return [ds_map_keys_to_array(ds_map_create()), ds_map_values_to_array(ds_map_create())]; }); // expect: 101 [ [  ],[  ] ]
T(8300, function() { var b = buffer_create(8, buffer_grow, 1); buffer_fill(b, 0, buffer_u8, 69, 16); return buffer_get_size(b); }); // expect: 8300 8
T(11763, function() { var b = buffer_create(4, buffer_fast, 1); return [buffer_write(b, buffer_s16, 5) == buffer_error_invalid_type, buffer_tell(b)]; }); // expect: 11763 [ 1,0 ]
T(15852, function() { return [string_trim_start("foo", [""]), string_trim("foo", ["", "o"]), string_trim_end("foo", [""])]; }); // expect: 15852 [ "foo","f","foo" ]
T(1821, function() { var s = string_format(1, 100, 10); s = string_trim_end(s, ["0"]); s = string_trim_end(s, ["."]); return string_trim_start(s, [" "]); }); // expect: 1821 1
T(6480, function() { return string_length(string_concat(working_directory, "text")) == string_length(working_directory) + 4; }); // expect: 6480 1
T(5815, function() { var key = "hello5815"; self[$ key] ??= 100; self[$ "hello5815"] ??= 5; return self[$ key]; }); // expect: 5815 100
T(6594, function() { var m = ds_map_create(); return (m[? "a"] ?? "") + (m[? "b"] ?? "x") ?? "y"; }); // expect: 6594 x
T(11902, function() { var a = 1, b = 1, c = 0; if (a == b) > c return "yes"; return "no"; }); // expect: 11902 yes
T(4378, function() { var foo = {a: undefined}; foo.a ??= "a"; return foo.a; }); // expect: 4378 a
T(5015, function() { time_source_destroy(time_source_game, true); return time_source_exists(time_source_game); }); // expect: 5015 1
T(11276, function() { var r = [instance_exists(self), instance_exists(id)]; with ({}) array_push(r, instance_exists(other)); return r; }); // expect: 11276 [ 1,1,1 ]
T(6777, function() { var me = method_get_self(function() { }); with (me) { me = self; } return weak_ref_alive(weak_ref_create(me)); }); // expect: 6777 1
T(7382, function() { return { true : 0, false : 1 }; }); // expect: 7382 { true : 0, false : 1 }
T(9461, function() { var v = 10; return { other : v, self : 2, global : 3 }; }); // expect: 9461 { other : 10, self : 2, global : 3 }
T(10221, function() { var s = {}; with (s) { v1 = 1; v2 = 2; listing = struct_get_names(s); } return [s.listing, struct_names_count(s)]; }); // expect: 10221 [ [ "v1","v2" ],3 ]
T(12702, function() { var s = {}; s[$ "<u"] = 1; s[$ "<unknown"] = 2; return struct_get_names(s); }); // expect: 12702 [ "<u","<unknown" ]
T(13476, function() { return struct_get_names({}); }); // expect: 13476 [  ]
T(204, function() { var s = { x: 1, id: 2, score: "hi", room: 4 }; return [struct_exists(s, "score"), s[$ "score"], struct_get_names(s), variable_struct_get(s, "room")]; }); // expect: 204 [ 1,"hi",[ "x","id","score","room" ],4 ]
T(4922, function() { var s = {}; repeat (50) { s.x = 1; s.speed = 2; s.id = 3; struct_remove(s, "x"); struct_remove(s, "speed"); struct_remove(s, "id"); } return s; }); // expect: 4922 {  }
T(10375, function() { var n = 13, m = 8, o = 6; n &= 5; m |= 3; o ^= 3; return [n, m, o, typeof(n), typeof(m), typeof(o)]; }); // expect: 10375 [ 5,11,5,"int64","int64","int64" ]
T(8120, function() { return [Large.Two, Large.Full, Large.Full & Large.Three, int64(Large.Full) >> 31]; }); // expect: 8120 [ 2147483648,1101659111425,1099511627776,513 ]
T(9571, function() { var i = 2147483647, k = 1 << 53, a = i ^ k; i ^= k; return [a, i, typeof(a), typeof(i)]; }); // expect: 9571 [ 9007201402224639,9007201402224639,"int64","int64" ]
T(10043, function() { return [typeof(1 & 2), typeof(1 | 2), typeof(~1), typeof(1 << 2), typeof(8 >> 1)]; }); // expect: 10043 [ "int64","int64","int64","int64","int64" ]
T(5154, function() { var to = function(n) { return int64(n); }; return [int64(-1.5), to(-1.5), int64(-0.5), to(2.999)]; }); // expect: 5154 [ -1,-1,0,2 ]
T(143, function() { return [opt(), opt(undefined), opt(1)]; }); // expect: 143 [ 5,5,1 ]
T(6521, function() { return [script_execute_ext(opt, [0]), script_execute_ext(opt, []), script_execute_ext(max, [-9, 525, 15152]), script_execute_ext(opt, [1, 2, 3], -1)]; }); // expect: 6521 [ 0,5,15152,3 ]
T(7924, function() { var m = method({}, function(a) { return a; }); return [method_call(m), method_call(m, [42])]; }); // expect: 7924 [ undefined,42 ]
T(338, function() { return [script_execute(no_result), no_result(), method_call(no_result, [])]; }); // expect: 338 [ undefined,undefined,undefined ]
T(12438, function() { var given = [1, 2]; method_call(changes, given); script_execute_ext(changes, given); return given; }); // expect: 12438 [ 1,2 ]
T(1828, function() { return @"a\" + "b"; }); // expect: 1828 a\b
T(10318, function() { var a = ["zero", "one", "two"], i = 2; return [$"\{ {a[i]} \}", $"\{{a[i]}\}", $"\{{1}\}"]; }); // expect: 10318 [ "{ two }","{two}","{1}" ]
T(15320, function() { return DEMO; }); // expect: 15320 demo.quack
T(15024, function() { return string_length($"a\tb\n\"{1 + 1}\""); }); // expect: 15024 7
T(7527, function() { var f = file_text_open_write("x7527.txt"), r = [file_text_write_string(f, "a"), file_text_write_real(f, 1), file_text_writeln(f)]; file_text_close(f); return r; }); // expect: 7527 [ undefined,undefined,undefined ]
T(13004, function() { ini_open_from_string("[s]\nk=1"); var r = [ini_read_real("s", "none", 4), ini_read_real("none", "k", 5), ini_read_string("s", "k", "d"), ini_read_real("s", 0, 9)]; ini_close(); return r; }); // expect: 13004 [ 4,5,"1",9 ]
T(1555, function() { ini_open_from_string("; c\n# d\n[a] ; x\nk=1 ; y\nq=\"a;b\"\n[b]\nm = 3"); var r = [ini_read_real("a", "k", -1), ini_read_string("a", "q", "-"), ini_read_real("b", "m", -1)]; ini_close(); return r; }); // expect: 1555 [ 1,"a;b",3 ]
T(7685, function() { return real("infobar"); }); // expect: 7685 unable to convert string "infobar" to number
T(8970, function() { return [is_numeric("123"), is_numeric(int64(1)), is_numeric(undefined), is_numeric(NaN)]; }); // expect: 8970 [ 0,1,0,1 ]
T(5943, function() { return real("0xFF"); }); // expect: 5943 255
T(6196, function() { var a = {b: undefined ?? 8080, c: true ? 1 : 2}; return [typeof(a.b), typeof(a.c)]; }); // expect: 6196 [ "number","number" ]
T(10892, function() { return [0.5 ? 1 : 0, 0.51 ? 1 : 0, -1 ? 1 : 0, 0.5 == true]; }); // expect: 10892 [ 0,1,0,0 ]
T(9517, function() { var jan = date_create_datetime(2026, 1, 1, 0, 0, 0); return [date_compare_date(date_create_datetime(2025, 12, 26, 0, 0, 0), jan), date_compare_date(date_create_datetime(2025, 12, 28, 0, 0, 0), jan)]; }); // expect: 9517 [ -1,-1 ]
T(5514, function() { return array_get([1], -1); }); // expect: 5514 array_get :: Index [-1] out of range [1]
T(4867, function() { return [array_pop([]), array_shift([]), array_first([]), array_last([])]; }); // expect: 4867 [ undefined,undefined,undefined,undefined ]
