// Calls by name go straight to a function's code; they may give fewer or more arguments than there are parameters.
function pair(a, b) { return string(a) + "," + string(b); }
function with_default(a, b = 7) { return string(a) + "," + string(b); }
function counted(a) { return string(argument_count) + ":" + string(a); }
function summed() { var sum = 0; for (var i = 0; i < argument_count; i++) sum += argument[i]; return sum; }
function none() { return "none"; }
function deep(n) { return n <= 0 ? "end" : deep(n - 1, "more"); }
function Point(_x, _y) constructor { x = _x; y = _y; }
function shout(text) { show_debug_message(text); return text; }

show_debug_message(pair(1, 2)); // expect: 1,2
show_debug_message(pair(1)); // expect: 1,undefined
show_debug_message(pair()); // expect: undefined,undefined
show_debug_message(pair(1, 2, 3)); // expect: 1,2
show_debug_message(pair(1, 2, shout("said"))); // expect: said
// expect: 1,2
show_debug_message(with_default(1)); // expect: 1,7
show_debug_message(with_default(1, undefined)); // expect: 1,7
show_debug_message(with_default(1, 2, 3)); // expect: 1,2
show_debug_message(counted(5, 6, 7)); // expect: 3:5
show_debug_message(summed(1, 2, 3)); // expect: 6
show_debug_message(summed()); // expect: 0
show_debug_message(none(1)); // expect: none
show_debug_message(deep(3)); // expect: end
var p = new Point(1, 2, 3);
show_debug_message(p); // expect: { x : 1, y : 2 }
var f = pair;
show_debug_message(f(1, 2, 3)); // expect: 1,2
show_debug_message(script_execute(pair, 4, 5, 6)); // expect: 4,5
show_debug_message(array_map([1, 2], pair)); // expect: [ "1,0","2,1" ]
show_debug_message(f == pair); // expect: 1
try {
    Point(1, 2);
} catch (e) {
    show_debug_message("refused"); // expect: refused
}
