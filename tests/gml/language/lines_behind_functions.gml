/// A bracket on the line after a function that is a statement begins the next statement; everywhere else it goes on.
function P(x) { show_debug_message(x); return x; }
function Hello(options = {}) constructor {
    static add = function() { return P("added"); };
}
(new Hello()).add(); // expect: added
function later(a = [1]) { return a; }
[P(5)][0]++ // expect: 5
function two() { return 2; }
(P)("called"); // expect: called
if (true) {
    function inner() { return 3; }
    (P)(inner()); // expect: 3
}
var made = (function named(n) { return n + 1; })
(4);
P(made); // expect: 5
var made_later = function() { return P; }
()("chained"); // expect: chained
P(global.two() + global.later()[0]); // expect: 3
global.later = 7;
P(global.later); // expect: 7
P(later()); // expect: [ 1 ]
P(variable_global_exists("two") && !variable_global_exists("twos")); // expect: 1
P(array_contains(variable_instance_get_names(global), "two")); // expect: 0
try { global.twos(); } catch (error) { P(error.message); } // expect: global variable name 'twos' not set before reading it.
P(is_undefined(static_get(global)) && is_struct(static_get({}))); // expect: 1
