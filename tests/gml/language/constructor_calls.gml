/// A constructor makes structs by `new` only; script_execute runs it on the caller's self.
function P(x) { show_debug_message(string(x)); }
function Point(_x) constructor { px = _x; }
function Point3(_x) : Point(_x) constructor { pz = 1; }
function attempt(f) {
    try { return f(); } catch (e) { return string_copy(e.message, 1, 30); }
}
P(attempt(function() { return Point(1); })); // expect: calling a constructor directly
P(attempt(function() { var c = Point; return c(1); })); // expect: calling a constructor directly
P(attempt(function() { var s = { make : Point }; return s.make(1); })); // expect: calling a constructor directly
P(attempt(function() { var c = function() constructor {}; return c(); })); // expect: calling a constructor directly
P(attempt(function() { return Point3(1); })); // expect: calling a constructor directly
P(new Point(1)); // expect: { px : 1 }
P(new Point3(2)); // expect: { px : 2, pz : 1 }
var c = Point; P(new c(3)); // expect: { px : 3 }
var s = {};
with (s) { script_execute(Point, 4); script_execute_ext(Point3, [5]); }
P(s); // expect: { px : 5, pz : 1 }
with (s) { method_call(Point, [6]); }
P(s.px); // expect: 6
P(typeof(Point)); // expect: ref
P(is_instanceof(new Point3(1), Point)); // expect: 1
P(instanceof(new Point3(1))); // expect: Point3
