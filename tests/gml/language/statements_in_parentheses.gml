/// A choice between calls is a statement where it stands in parentheses, as a published library has it.
function P(x) { show_debug_message(x); return x; }
var yes = true;
((yes) ? P("then") : P("otherwise")); // expect: then
((!yes) ? P("then") : P("otherwise")); // expect: otherwise
(yes && P(1)); // expect: 1
(yes || P(2));
(undefined ?? P("nullish")); // expect: nullish
