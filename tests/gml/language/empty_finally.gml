// A finally block with nothing in it changes nothing.
function P(v) { show_debug_message(v); }
function f() { try { return 1; } finally {} }
function g() { try { return 2; } finally { /* nothing */ ; } }
function h() { try { throw 3; } catch (e) { return e; } finally { } }
P([f(), g(), h()]); // expect: [ 1,2,3 ]
try { try { throw "out"; } finally {} } catch (e) { P(e); } // expect: out
with ({ a : 4 }) { try { with ({ a : 5 }) { throw a; } } catch (e) { P([a, e]); } finally {} } // expect: [ 4,5 ]
