/// A program that computes the names of variables may call one that no source spells.
function P(x) { show_debug_message(string(x)); }
function run_two() { return _1() + _2(); }
var s = { run : run_two };
for (var i = 1; i <= 2; i++) s[$ "_" + string(i)] = method({ n : i }, function() { return n * 10; });
P(s.run()); // expect: 30
function run_three() { return _3(); }
s.third = run_three;
try { s.third(); } catch (e) { P(e.message); } // expect: Variable <unknown_object>._3(-1, -2147483648) not set before reading it.
