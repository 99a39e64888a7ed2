// Each way in which one function calls another is counted, also where the call has been made many times before.
function plain() { return plain() + 1; }
function more() { return more(1, 2, 3); }
function fewer(a, b, c) { return fewer(a); }
function counted() { return counted(argument_count); }
function text(a) { return text(a); }
function there(a) { return back(); }
function back() { return there("a"); }
function Thing(a) constructor { inner = new Thing(); }
function deep(n) { if (n > 0) deep(n - 1); }
function value(f) { f(f); }
thing = { go: function() { return go(); }, missing: function(a) { return missing(); } };

repeat (20) deep(50);
var ways = [
    plain, more, fewer, counted, there, back,
    function() { text("a"); },
    function() { new Thing(); },
    function() { deep(infinity); },
    function() { value(value); },
    function() { thing.go(); },
    function() { thing.missing(); },
];
var ended = 0;
for (var i = 0; i < array_length(ways); i++) {
    repeat (3) {
        try { ways[i](); } catch (e) { ended += string_starts_with(e.message, "Stack overflow"); }
    }
}
show_debug_message($"{ended} of {3 * array_length(ways)}"); // expect: 36 of 36
