function P(x) { show_debug_message(string(x)); }
function message_of(f) { try { f(); } catch (e) { return e.message; } return "nothing"; }

P(message_of(function() { var s = "hi"; if (s) P(1); })); // expect: unable to convert string "hi" to bool
P(message_of(function() { return "a" + 1; })); // expect: DoAdd :: Execution Error: unable to add a number to a string; use string()
P(message_of(function() { var v; return string(v); })); // expect: local variable v(-2147483648) not set before reading it.
P(message_of(function() { return undefined + 1; })); // expect: DoAdd :: Execution Error: undefined value in expression
P(message_of(function() { var z = 0; return 5 mod z; })); // expect: DoMod :: Divide by zero
P(message_of(function() { var z = 0; return 5 div z; })); // expect: DoDiv :: Divide by zero
P(message_of(function() { return global.nothing; })); // expect: global variable name 'nothing' not set before reading it.
P(message_of(function() { var a = [1]; return a[-1]; })); // expect: Variable Index [-1] out of range: an array's first index is 0
P(message_of(function() { var n = 5; return n[0]; })); // expect: trying to index a variable which is not an array
P(message_of(function() { var n = 5; return n(); })); // expect: Unable to call function: variable n is not a function or method; it is the number 5, which is no script's index
P(message_of(function() { return new P(); })); // expect: target function for 'new' must be a constructor
P(message_of(function() { throw "text"; }) ); // expect-error: unable to read a variable of "text"
