function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
function Point(x_, y_) constructor { x = x_; y = y_; static zero = function() { return 0; }; }

var s = { a: 1, "odd name": 2, vk_return: 3 };
P([struct_get(s, "a"), struct_get(s, "odd name"), struct_get(s, "missing"), variable_struct_get(s, "a"), variable_struct_get(s, "no")]); // expect: [ 1,2,undefined,1,undefined ]
struct_set(s, "b", 4); variable_struct_set(s, "c", 5); struct_set(s, 7, "seven");
P([s.b, s.c, s[$ "7"], s[$ 7]]); // expect: [ 4,5,"seven","seven" ]
P([struct_exists(s, "b"), struct_exists(s, "z"), variable_struct_exists(s, "c"), variable_struct_exists(s, "z")]); // expect: [ 1,0,1,0 ]
struct_remove(s, "b"); variable_struct_remove(s, "c"); struct_remove(s, "missing"); variable_struct_remove(s, "missing");
P([struct_get_names(s), struct_names_count(s)]); // expect: [ [ "a","odd name","vk_return","7" ],4 ]
P([variable_struct_get_names({}), variable_struct_names_count({}), struct_names_count({ x: 1 })]); // expect: [ [  ],0,1 ]
var p = new Point(1, 2);
P([struct_get_names(p), struct_exists(p, "zero"), struct_get(p, "zero")()]); // expect: [ [ "x","y" ],1,0 ]
struct_set(p, "__proto__", 1); P([p[$ "__proto__"], struct_exists({}, "__class__"), struct_get({}, "__dict__")]); // expect: [ 1,0,undefined ]

seen = ""; struct_foreach({ one: 1, two: "b" }, function(name, value) { seen += $"{name}={value} "; }); P(seen); // expect: one=1 two=b 
var pruned = { a: 1, b: 2 }; struct_foreach(pruned, method({ pruned: pruned }, function(name) { struct_remove(pruned, name); })); P(struct_names_count(pruned)); // expect: 0

var hash = variable_get_hash("late"); var h = {};
struct_set_from_hash(h, hash, 5);
P([h.late, struct_get_from_hash(h, hash), struct_exists_from_hash(h, hash), hash == variable_get_hash("late"), hash == variable_get_hash("other")]); // expect: [ 5,5,1,1,0 ]
struct_remove_from_hash(h, hash); P([struct_exists_from_hash(h, hash), struct_get_from_hash(h, hash)]); // expect: [ 0,undefined ]

Error(function() { return struct_get([], "a"); }); // expect: [  ] is not a struct or an instance
Error(function() { return struct_set(undefined, "a", 1); }); // expect: undefined is not a struct or an instance
Error(function() { return struct_exists("text", "a"); }); // expect: "text" is not a struct or an instance
Error(function() { return struct_remove([1], "a"); }); // expect: [ 1 ] is not a struct or an instance
Error(function() { return struct_get_names("text"); }); // expect: "text" is not a struct or an instance
Error(function() { return variable_struct_names_count(undefined); }); // expect: undefined is not a struct or an instance
Error(function() { return struct_foreach({}, 1.5); }); // expect: argument 2 of struct_foreach: expected a function, got 1.50
