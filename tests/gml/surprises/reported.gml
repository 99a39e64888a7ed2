// What public reports of GameMaker (GameMaker-Bugs, by their numbers) say that it should do.
function P(number, value) { show_debug_message($"{number} {value}"); }
function T(number, run) { try { P(number, run()); } catch (e) { P(number, is_struct(e) ? e.message : e); } }
T(13741, function() { var b = buffer_create(8, buffer_grow, 1); buffer_write(b, buffer_u8, undefined); return "ok"; }); // expect: 13741 argument 3 of buffer_write: expected a number, got undefined
T(13741, function() { var b = buffer_create(8, buffer_grow, 1); buffer_poke(b, 0, buffer_u8, undefined); return "ok"; }); // expect: 13741 argument 4 of buffer_poke: expected a number, got undefined
T(2316, function() { return buffer_sizeof(buffer_u64); }); // expect: 2316 8
T(5896, function() { var b = buffer_create(3, buffer_fixed, 1); buffer_fill(b, 0, buffer_s16, 1, 3); return [buffer_peek(b,0,buffer_u8), buffer_peek(b,1,buffer_u8), buffer_peek(b,2,buffer_u8)]; }); // expect: 5896 [ 1,0,0 ]
T(15442, function() { var f = 0; while (buffer_exists(f)) f++; try { buffer_create(1, -1, 1); } catch (e) { } return buffer_exists(f); }); // expect: 15442 0
T(5665, function() { var s = buffer_create(13, buffer_fixed, 1); buffer_write(s, buffer_text, "Hello, world!"); buffer_save(s, "hello.txt"); var d = buffer_create(10, buffer_fixed, 1); buffer_load_partial(d, "hello.txt", 20, 10, 0); var r = buffer_peek(d, 0, buffer_u8); buffer_load_partial(d, "hello.txt", 10, 10, 0); return [r, buffer_peek(d, 0, buffer_string)]; }); // expect: 5665 [ 0,"ld!" ]
T(1709, function() { return [typeof(json_parse("{\"a\":1}")), instanceof(json_parse("{}"))]; }); // expect: 1709 [ "struct","struct" ]
T(7201, function() { return [json_stringify({foo: mask_index}), json_parse(json_stringify({foo: mask_index})).foo]; }); // expect: 7201 [ "{"foo":-1.0}",-1 ]
T(2014, function() { return [string([]), string({}), string([{}]), string({a: []})]; }); // expect: 2014 [ "[  ]","{  }","[ {  } ]","{ a : [  ] }" ]
T(4727, function() { return json_parse(json_stringify({ text : "@whatever" })).text; }); // expect: 4727 @whatever
T(14335, function() { return json_stringify({ version: 2, myArray: [0,1], myFunction: function() {} }, false, function(k, v) { if (is_callable(v)) return "func"; if (is_array(v)) return "array"; return v; }); }); // expect: 14335 {"version":2.0,"myArray":"array","myFunction":"func"}
T(15206, function() { return json_stringify({ a: 1, f: function() { return 1; } }); }); // expect: 15206 {"a":1.0}
function FooA() constructor { static test_value = "Test=FooA"; }
function FooB() : FooA() constructor { static test_value = "Test=FooB"; }
T(7854, function() { new FooB(); return [static_get(FooB).test_value, static_get(static_get(FooB)).test_value, FooB.test_value]; }); // expect: 7854 [ "Test=FooB","Test=FooA","Test=FooB" ]
T(7765, function() { new FooA(); FooA.n = 1; FooA.n += 1; FooA.n *= 4; FooA.n -= 1; FooA.n /= 2; return FooA.n; }); // expect: 7765 3.50
function Par() constructor { static dummy = function() { return 5; }; }
function Chi() : Par() constructor { static val = dummy() + 1; }
T(8068, function() { return new Chi().val; }); // expect: 8068 6
function Prim() constructor { static make = function() { return new Sub(); }; function Sub() constructor { test = 0; } }
T(10226, function() { var a = new Prim(); return a.make(); }); // expect: 10226 { test : 0 }
T(9606, function() { var g = ds_grid_create(1, 1025); ds_grid_set_region(g, 0, 0, 0, 1024, 3); return ds_grid_get_mean(g, 0, 0, 0, 1024); }); // expect: 9606 3
T(101, function() { return ds_map_keys_to_array(ds_map_create()); }); // expect: 101 [  ]
T(14258, function() { var l = ds_list_create(), m = ds_map_create(); ds_list_add(l, m); ds_list_mark_as_map(l, 0); ds_list_destroy(l); return ds_exists(m, ds_type_map); }); // expect: 14258 0
T(15026, function() { var l = ds_list_create(); ds_list_add(l, "hello"); ds_list_mark_as_list(l, 0); ds_list_destroy(l); return "alive"; }); // expect: 15026 alive
T(6472, function() { var c = new function C() constructor { static __ = {}; with (__) { variable = ds_map_create(); } static get = function(n) { return __.variable[? n]; } }(); return [c.get("greet"), c.get(12)]; }); // expect: 6472 [ undefined,undefined ]
T(25, function() { var a = [0,1,2,3,4,5,6,7,8,9], r = []; for (var i = 8; i < 12; i++) array_push(r, array_map(a, function(v) { return v; }, i, -3)); return r; }); // expect: 25 [ [ 8,7,6 ],[ 9,8,7 ],[ 9,8,7 ],[ 9,8,7 ] ]
function cmp(a, b) { return a - b; }
T(191, function() { var a = [3,1,2]; array_sort(a, cmp); return a; }); // expect: 191 [ 1,2,3 ]
T("Input 749", function() { var a = [100,100,100,-infinity]; array_sort(a, function(a,b) { return b - a; }); return a; }); // expect: Input 749 [ 100,100,100,-inf ]
function cat3(a, b, c) { return $"{a}{b}{c}"; }
T(3088, function() { return script_execute_ext(cat3, [1,2,3,4,5], -1, -3); }); // expect: 3088 543
T(6017, function() { var f = "{0} {1} {2}"; return string(f, 12, "hello", [1,2,3]); }); // expect: 6017 12 hello [ 1,2,3 ]
T(5593, function() { return string_split("0:test", ":", , 1); }); // expect: 5593 [ "0","test" ]
T(14220, function() { var c = 1; return $"a \{b\} {c}"; }); // expect: 14220 a {b} 1
T(6498, function() { var a = "str1"; return [string_join("-", "start", a, "end"), string_join("-", "start", a, a, "end", a)]; }); // expect: 6498 [ "start-str1-end","start-str1-str1-end-str1" ]
T(10415, function() { var r; with ({q: 1}) { r = [string(self), $"{self}", string(other) != "-2"]; } return r; }); // expect: 10415 [ "{ q : 1 }","{ q : 1 }",1 ]
T(11655, function() { return string_split("420", ""); }); // expect: 11655 [ "420" ]
T(5654, function() { var n = 0; try { try { throw "oh"; } finally { n++; } } catch (e) { } return n; }); // expect: 5654 1
T(8043, function() { var r = 0; repeat (3) { try { repeat (3) { r += 1; break; } } finally { r += 100; } } return r; }); // expect: 8043 303
T(7422, function() { try { with ({}) { show_error("boo", true); } } catch (e) { return e.message; } }); // expect: 7422 boo
T(124, function() { var i = 0, s = ""; while (i++ < 2) { try { show_error("oh no", 0); } catch (e) { s += "c"; break; } s += "x"; } return s; }); // expect: 124 c
T(93, function() { try { try { return dne_; } catch (e) { throw e; } } catch (e2) { return e2.message; } }); // expect: 93 Variable reported.dne_(100000, -2147483648) not set before reading it.
T(7915, function() { try { FooA(); } catch (e) { return "caught"; } }); // expect: 7915 caught
T(12026, function() { var t = {a: true}; return t.a ?? t.b; }); // expect: 12026 1
T(12034, function() { var s = {}; return true ?? s.a; }); // expect: 12034 1
T(12154, function() { self.test_ = {}; self.test_[$ "asd"] ??= 4; return self.test_; }); // expect: 12154 { asd : 4 }
T(4785, function() { self[$ "initial_state"] ??= "idle"; return self[$ "initial_state"]; }); // expect: 4785 idle
enum CH { L = 0x1, R = 0x2, MONO = (CH.L), STEREO = (CH.L | CH.R), ALL = (CH.STEREO | 0x40) }
T(9824, function() { return [CH.MONO, CH.STEREO, CH.ALL]; }); // expect: 9824 [ 1,3,67 ]
T(9193, function() { return [0b1 | 0b0, 0b1 ^ 0b0, 0b1 && 0b0, -0b1, +0b1, 0b1 == 0b0, 0b0 % 0b1, 0b0 div 0b1, ~0b1]; }); // expect: 9193 [ 1,1,0,-1,1,0,0,0,-2 ]
T(9709, function() { var f = 1; f |= CH.ALL; return [f, typeof(f), string_repeat("a", f - 66)]; }); // expect: 9709 [ 67,"int64","a" ]
T(2195, function() { var a = [method({v: 5}, function() { return v; }), 1]; var b = variable_clone(a); return [is_method(b[0]), b[0](), a[0](), typeof(b[0])]; }); // expect: 2195 [ 1,5,5,"method" ]
T(7994, function() { var m = method({v: 7}, function() { return v; }); var s = variable_clone({m: m}); return [s.m(), variable_clone(m)()]; }); // expect: 7994 [ 7,7 ]
function Foo() constructor { static hello = function() { return "hi"; } x_ = 1; }
T(13478, function() { var c = variable_clone(new Foo()); return [c.hello(), instanceof(c), is_instanceof(c, Foo)]; }); // expect: 13478 [ "hi","Foo",1 ]
T(15160, function() { var h = variable_get_hash("tA"), s = {}; struct_set_from_hash(s, h, 4); return [struct_get_from_hash(s, h), s.tA, s]; }); // expect: 15160 [ 4,4,{ tA : 4 } ]
T(10668, function() { var next = {name: "k"}, t = {}; t[$ next.name] = string_upper(next.name); return [next.name, t]; }); // expect: 10668 [ "k",{ k : "K" } ]
function shake() { static angle = undefined; if (angle == undefined) { angle = 0; } angle += 137.5; angle %= 360; return angle; }
T(14711, function() { repeat (3) shake(); return shake(); }); // expect: 14711 190
T(12353, function() { var r = []; with ({}) array_push(r, is_struct(self)); array_push(r, is_struct(self)); return r; }); // expect: 12353 [ 1,0 ]
T(12614, function() { var a = 3, b = 5, c = a div 2, d = b div 2; return [c / d, typeof(c / d), int64(7) / int64(2), typeof(int64(7) / int64(2)), 7 / int64(2), int64(-7) / int64(2), typeof(int64(6) / int64(3))]; }); // expect: 12614 [ 0.50,"number",3,"int64",3.50,-3,"int64" ]
T(5782, function() { return [variable_struct_exists({}, "constructor"), struct_exists({}, "length"), {}[$ "prototype"]]; }); // expect: 5782 [ 0,0,undefined ]
T(8165, function() { var i = 5; for (var i = 0; i < 2; i++) { } return i; }); // expect: 8165 2
T("GMLC 59", function() { var t = 1, f = 4; if (t > 0 && f mod 2 = 0) return "ok"; return "no"; }); // expect: GMLC 59 ok
T(12430, function() { var a = [[1]], b = variable_clone(a, 0), c = variable_clone(a, 1); c[0][0] = 9; return [a, c]; }); // expect: 12430 [ [ [ 1 ] ],[ [ 9 ] ] ]
T(7385, function() { var b = buffer_create(2, buffer_fixed, 1); return [buffer_write(b, buffer_u32, 5), buffer_write(b, buffer_u16, 5), buffer_write(b, buffer_u8, 1)]; }); // expect: 7385 [ -2,0,-2 ]
