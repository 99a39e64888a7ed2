/// What a call passes, and what was not passed.
function P(x) { show_debug_message(string(x)); }
function count() { return argument_count; }
function named(a, b) { return argument_count; }
P(count()); // expect: 0
P(count(1)); // expect: 1
P(count(1,)); // expect: 1
P(count(undefined,)); // expect: 1
P(count(1, 2,)); // expect: 2
P(count(, 2)); // expect: 2
P(count(1, , 3)); // expect: 3
P(count(1, ,)); // expect: 2
P(named(1,)); // expect: 1
function optional(a, b = 5, c) { return [argument_count, argument[0], argument[1]]; }
P(optional()); // expect: [ 2,undefined,5 ]
P(optional(1)); // expect: [ 2,1,5 ]
P(optional(1, undefined)); // expect: [ 2,1,5 ]
P(optional(1, 2, 3, 4)); // expect: [ 4,1,2 ]
var fewer = function(word = "step") { switch (argument_count) { case 1: return word; } return "none"; };
P(fewer()); // expect: step
P([1, 2,]); // expect: [ 1,2 ]
function Made() constructor { n = argument_count; }
P((new Made(1,)).n); // expect: 1
P(string_length("abc",)); // expect: 3

function first() { return argument0; }
function slot(i) { return argument[i]; }
function any_slot() { return argument[argument0]; }
P(first()); // expect: undefined
P(any_slot(0)); // expect: 0
P(any_slot(3)); // expect: undefined
P(any_slot(15)); // expect: undefined
try { any_slot(16); } catch (e) { P(e.message); } // expect: argument[16] is out of range: 1 arguments were given
try { any_slot(-1); } catch (e) { P("ERR"); } // expect: ERR
function third() { return argument2; }
P(third(1, 2)); // expect: undefined
P(third(1, 2, 3)); // expect: 3
function sets() { argument3 = 4; return [argument3, argument_count]; }
P(sets(1)); // expect: [ 4,1 ]
function length() { return array_length(argument); }
P(length(1, 2)); // expect: 2
try { any_slot(NaN); } catch (e) { P(e.message); } // expect: argument[NaN] is out of range: an index is a whole number
try { any_slot(infinity); } catch (e) { P(e.message); } // expect: argument[inf] is out of range: an index is a whole number
function set_slot(i) { argument[i] = 1; }
try { set_slot(NaN); } catch (e) { P("ERR"); } // expect: ERR
