/// Predicate × kind of value, and the struct functions on methods. A script's function is no struct.
function P(x) { show_debug_message(string(x)); }
function script() { static kept = 5; return 1; }
function Made() constructor { a = 1; }
var f = function() { return 2; };
var g = method({ b : 1 }, f), h = method(undefined, script), k = method({}, script), made = new Made();

P([typeof(f), typeof(g), typeof(h), typeof(k), typeof(script), typeof(Made)]); // expect: [ "method","method","method","method","ref","ref" ]
P([is_struct(f), is_struct(g), is_struct(h), is_struct(k), is_struct(script), is_struct(Made)]); // expect: [ 1,1,1,1,0,0 ]
P([is_method(f), is_method(h), is_method(k), is_method(script), is_method(made)]); // expect: [ 1,1,1,0,0 ]
P([is_callable(f), is_callable(h), is_callable(script), is_callable(made)]); // expect: [ 1,1,1,0 ]
P([is_handle(script), is_handle(h), is_handle(f)]); // expect: [ 1,0,0 ]
P([h(), k(), method_get_self(h), method_get_index(h) == script, method_get_index(k) == script]); // expect: [ 1,1,undefined,1,1 ]
P([h == script, method(undefined, f)(), method_get_self(method(undefined, f))]); // expect: [ 0,2,undefined ]
P(method(undefined, string_length)("four")); // expect: 4

P([struct_get_names(f), struct_names_count(f), struct_exists(f, "x"), struct_get(f, "x")]); // expect: [ [  ],0,0,undefined ]
struct_set(f, "x", 1); f.y = 2; f[$ "z"] = 3; variable_struct_set(f, "w", 4);
P(struct_get_names(f)); // expect: [ "x","y","z","w" ]
P([f.x, f[$ "y"], struct_get(f, "z"), variable_struct_get(f, "w"), variable_struct_exists(f, "w")]); // expect: [ 1,2,3,4,1 ]
P(struct_names_count(g)); // expect: 0
struct_foreach(f, function(name, value) { if (value > 3) P(name); }); // expect: w
struct_remove(f, "x"); P(struct_exists(f, "x")); // expect: 0
with (f) { y += 10; }
P(f.y); // expect: 12
try { P(f.nothing); } catch (e) { P("ERR"); } // expect: ERR
script(); P([h.kept, script.kept, static_get(h) == static_get(script)]); // expect: [ 5,5,1 ]
try { struct_get_names(P); } catch (e) { P("ERR"); } // expect: ERR

// static structs
P([static_get({}) == static_get({}), is_struct(static_get({})), static_get(static_get({}))]); // expect: [ 1,1,undefined ]
P([static_get(made) == static_get(Made), static_get(static_get(made)) == static_get({})]); // expect: [ 1,1 ]
P([static_get(5), static_get("x"), static_get(undefined)]); // expect: [ undefined,undefined,undefined ]
