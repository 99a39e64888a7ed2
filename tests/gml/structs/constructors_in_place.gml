// A constructor can be made where it is called (GameMaker-Bugs #6472), with a name or without one.
var made = new function Counter(from) constructor {
    static shared = {};
    with (shared) { names = ds_map_create(); }
    value = from;
    static name_of = function(key) { return shared.names[? key]; }
}(5);
show_debug_message([made.value, made.name_of("a"), made.name_of(12), instanceof(made)]); // expect: [ 5,undefined,undefined,"Counter" ]
show_debug_message(new function() constructor { x = 1; y = x + 1; }().y); // expect: 2
