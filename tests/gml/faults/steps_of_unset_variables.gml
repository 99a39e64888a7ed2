// Counting up what was never set is an error of the program's, in every form.

function message_of(run) {
    try { run(); } catch (error) { return error.message; }
    return "none";
}

s = {};
a = [];
ways = [
    function() { ++missing; },
    function() { missing++; },
    function() { missing += 1; },
    function() { --s.missing; },
    function() { s.missing--; },
    function() { s.missing -= 1; },
    function() { ++global.missing; },
    function() { global.missing *= 2; },
    function() { ++a[3]; },
    function() { with (s) { missing++; } },
];
var internal = 0, none = 0;
for (var i = 0; i < array_length(ways); i++) {
    var text = message_of(ways[i]);
    internal += string_count("internal fault", text);
    none += text == "none";
}
show_debug_message($"{internal} {none}"); // expect: 0 0
show_debug_message(message_of(ways[0])); // expect: Variable steps_of_unset_variables.missing(100000, -2147483648) not set before reading it.
