/// gmlrun's assert_* do not stand before what the program calls so.
function P(x) { show_debug_message(string(x)); }
function Suite() constructor {
    static assert_equals = function() { P("static"); };
    assert_true = function() { P("member"); };
    run = function() { assert_equals(1, 2); assert_true(false); };
}
new Suite().run(); // expect: static
// expect: member
globalvar assert_false; assert_false = function() { P("global"); };
assert_false(true); // expect: global
function assert_less() { P("function"); }
assert_less(2, 1); // expect: function
var assert_greater = function() { P("local"); };
assert_greater(1, 2); // expect: local
try { assert_undefined(1); } catch (e) { P("gmlrun's own"); } // expect: gmlrun's own
