function P(v) { show_debug_message(v); }
object obj_thing { event destroy { P($"destroyed at {depth}"); } }

event create {
    var low = layer_create(100, "low"), high = layer_create(-50), same = layer_create(100, "again");
    P([layer_exists(low), layer_exists("low"), layer_exists("none"), layer_exists(-1)]); // expect: [ 1,1,0,0 ]
    P([layer_get_id("low") == low, layer_get_id("none"), layer_get_name(low), layer_get_name("none") == ""]); // expect: [ 1,-1,"low",1 ]
    P([layer_get_depth(low), layer_get_depth("none"), array_length(layer_get_id_at_depth(100)), layer_get_id_at_depth(7)]); // expect: [ 100,0,2,[ -1 ] ]
    var all_layers = layer_get_all(); P([all_layers[0] == high, array_contains(all_layers, low)]); // expect: [ 1,1 ]
    P([layer_get_visible(low), layer_get_visible("none")]); // expect: [ 1,0 ]
    layer_set_visible(low, false); layer_set_visible("none", false); P(layer_get_visible(low)); // expect: 0

    var thing = instance_create_layer(1, 2, low, obj_thing), second = instance_create_layer(1, 2, "low", obj_thing);
    P([thing.depth, thing.layer == low, layer_has_instance(low, thing), layer_has_instance(high, thing)]); // expect: [ 100,1,1,0 ]
    layer_depth(low, 20); P([thing.depth, layer_get_depth(low)]); // expect: [ 20,20 ]
    layer_add_instance(high, thing); P([thing.depth, layer_has_instance(high, thing)]); // expect: [ -50,1 ]
    layer_add_instance("none", thing); P(thing.depth); // expect: -50
    layer_destroy_instances(low); // expect: destroyed at 20
    P([instance_exists(second), layer_exists(low)]); // expect: [ 0,1 ]
    layer_destroy(high); // expect: destroyed at -50
    P([layer_exists(high), instance_exists(thing)]); // expect: [ 0,0 ]
    layer_destroy("none");
    try { instance_create_layer(0, 0, high, obj_thing); } catch (e) { P("no layer"); } // expect: no layer
    P(layer_has_instance(instance_create_layer(0, 0, "made for it", obj_thing).layer, obj_thing)); // expect: 1
}
