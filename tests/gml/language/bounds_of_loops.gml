// The bound of a loop is looked at before each turn: here it is asked for its text each time.
function P(v) { show_debug_message(v); }

var grows = { text: "a", toString: function() { text += "a"; return text; } };
var turns = 0;
for (var i = 0; i < string_length(grows); i++) {
    turns++;
    if (turns == 6) break;
}
P(turns); // expect: 6
P(grows.text); // expect: aaaaaaa

function turns_of(text) {
    var found = 0;
    for (var i = 1; i <= string_length(text); i++) found++;
    return found;
}
P(turns_of("gamemaker")); // expect: 9
P(turns_of(12345)); // expect: 5
P(turns_of({ toString: function() { return "abc"; } })); // expect: 3

// Whatever takes a text asks a struct for its own, and that is code of the program.
function visits(ask) {
    var list = [0, 0], found = 0;
    var grower = { list: list, toString: function() { if (array_length(list) < 5) array_push(list, 0); return "key"; } };
    for (var i = 0; i < array_length(list); i++) {
        ask(grower);
        found++;
    }
    return found;
}
function visits_inline(way) {
    var list = [0, 0], found = 0, buffer = buffer_create(64, buffer_grow, 1), held = { key: 1 };
    var grower = { list: list, toString: function() { if (array_length(list) < 5) array_push(list, 0); return "key"; } };
    if (way == 0) for (var i = 0; i < array_length(list); i++) { string_length(grower); found++; }
    if (way == 1) for (var i = 0; i < array_length(list); i++) { string_pos("e", grower); found++; }
    if (way == 2) for (var i = 0; i < array_length(list); i++) { ord(grower); found++; }
    if (way == 3) for (var i = 0; i < array_length(list); i++) { struct_get(held, grower); found++; }
    if (way == 4) for (var i = 0; i < array_length(list); i++) { found += held[$ grower]; }
    if (way == 5) for (var i = 0; i < array_length(list); i++) { buffer_write(buffer, buffer_string, grower); found++; }
    buffer_delete(buffer);
    return found;
}
for (var way = 0; way < 6; way++) P(visits_inline(way));
// expect: 5
// expect: 5
// expect: 5
// expect: 5
// expect: 5
// expect: 5
P(visits(function(one) { return string_upper(one); })); // expect: 5

function Body(number) constructor {
    x = number;
    static ask = function(text) {
        var before = x * 2 + x - x / 4, letters = string_length(text);
        return [before, letters, x * 2 + x - x / 4];
    };
}
var body = new Body(4);
P(body.ask({ body: body, toString: function() { body.x = 8; return "abc"; } })); // expect: [ 11,3,22 ]

// An instance that a `toString` ends has no turn in `with`.
ended = 0;
object Crowd { event create { turns = 0; } }
instance_create_depth(0, 0, 0, Crowd); instance_create_depth(0, 0, 0, Crowd); instance_create_depth(0, 0, 0, Crowd);
var ender = { toString: function() { with (Crowd) if (id != other.kept) instance_destroy(); return "x"; }, kept: noone };
var turns_taken = 0;
with (Crowd) { ender.kept = id; turns_taken += string_length(ender); }
P(turns_taken); // expect: 1
