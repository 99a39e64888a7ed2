function P(x) { show_debug_message(string(x)); }

// no closures
var n = 5; var f = function() { return n; };
try { P(f()); } catch (e) { P("ERR"); } // expect: ERR
// an explicit undefined takes the default
var d = function(a = 7) { return a; }; P(d(undefined)); // expect: 7
P(d()); // expect: 7
// named parameters alias argument[n]
f = function(a) { argument[0] = 9; return a; }; P(f(1)); // expect: 9
f = function() { return argument_count; }; P(f(1, , 3)); // expect: 3
f = function(a, b) { return string(a) + string(b); }; P(f(, 2)); // expect: undefined2
f = function(a) { return a; }; P(f(1, 2, 3)); // expect: 1
function legacy() { return argument0 + argument1; } P(legacy(1, 2)); // expect: 3
// statics run once
f = function() { if (false) { static count = 10; } return count++; }; f(); f(); P(f()); // expect: 12
// named functions are hoisted
P(later(2)); // expect: 4
function later(a) { return a * 2; }
// immediately invoked
P((function(a) { return a + 1; })(1)); // expect: 2
// recursion
function down(n) { return n <= 0 ? 0 : 1 + down(n - 1); } P(down(3000)); // expect: 3000
// methods
name = "main";
hello = function() { return name; };
var s = { name : "struct" }; s.hello = hello; P(s.hello()); // expect: main
var m = method(s, hello); P(m()); // expect: struct
P(typeof(hello)); // expect: method
P(typeof(legacy)); // expect: ref
s.unbound = legacy; P(s.unbound(3, 4)); // expect: 7
