function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
object obj_thing { event create { own = 1; } }

event create {
    var thing = instance_create_depth(3, 4, 0, obj_thing);
    P([variable_instance_get(thing, "own"), variable_instance_get(thing, "x"), variable_instance_get(thing, "missing")]); // expect: [ 1,3,undefined ]
    variable_instance_set(thing, "made", 2); variable_instance_set(thing, "y", 9);
    P([thing.made, thing.y, variable_instance_exists(thing, "made"), variable_instance_exists(thing, "x"), variable_instance_exists(thing, "no")]); // expect: [ 2,9,1,1,0 ]
    P([variable_instance_get_names(thing), variable_instance_names_count(thing)]); // expect: [ [ "own","made" ],2 ]
    P([variable_instance_exists(self, "x"), variable_instance_exists(noone, "x"), variable_instance_get_names(-1 * 99), variable_instance_names_count(noone)]); // expect: [ 1,0,[  ],0 ]
    instance_destroy(thing);
    P([variable_instance_exists(123456, "x"), variable_instance_get_names(123456)]); // expect: [ 0,[  ] ]
    Error(function() { return variable_instance_get("text", "x"); }); // expect: "text" is not a struct or an instance
    Error(function() { return variable_instance_get_names([]); }); // expect: [  ] is not a struct or an instance
    Error(function() { return variable_instance_get(123456, "x"); }); // expect: Unable to find instance for object index 123456

    P([variable_global_exists("g"), variable_global_get("g")]); // expect: [ 0,undefined ]
    variable_global_set("g", 5); P([variable_global_exists("g"), variable_global_get("g"), global.g]); // expect: [ 1,5,5 ]
    global.direct = "d"; P(variable_global_get("direct")); // expect: d
    P(nameof(global.g)); // expect: global.g
}
