// What is set of an object holds for the instances that it makes from then on.
function P(v) { show_debug_message(v); }
function Error(f) { try { f(); P("no error"); } catch (e) { P(e.message); } }
object obj_base {}
object obj_child : obj_base {}
object obj_grandchild : obj_child {}

event create {
    P([object_get_persistent(obj_base), object_get_visible(obj_base), object_get_solid(obj_base)]); // expect: [ 0,1,0 ]
    P([object_get_sprite(obj_base), object_get_mask(obj_base), object_get_physics(obj_base)]); // expect: [ -1,-1,0 ]
    object_set_persistent(obj_base, true); object_set_visible(obj_base, false); object_set_solid(obj_base, true);
    object_set_sprite(obj_base, 3); object_set_mask(obj_base, 4);
    P([object_get_persistent(obj_base), object_get_visible(obj_base), object_get_solid(obj_base)]); // expect: [ 1,0,1 ]
    P([object_get_sprite(obj_base), object_get_mask(obj_base)]); // expect: [ 3,4 ]
    var one = instance_create_depth(0, 0, 0, obj_base);
    P([one.persistent, one.visible, one.solid, one.sprite_index, one.mask_index]); // expect: [ 1,0,1,3,4 ]
    P([object_exists(obj_child), object_exists(77), object_exists(noone), object_get_name(obj_child), object_get_name(77)]); // expect: [ 1,0,0,"obj_child","<undefined>" ]
    P([object_get_parent(obj_child) == obj_base, object_get_parent(obj_base), object_get_parent(77)]); // expect: [ 1,-100,-1 ]
    P([object_is_ancestor(obj_grandchild, obj_base), object_is_ancestor(obj_base, obj_child), object_is_ancestor(obj_base, obj_base)]); // expect: [ 1,0,0 ]
    Error(function() { object_is_ancestor(77, obj_base); }); // expect: there is no object 77
    Error(function() { object_set_visible(noone, true); }); // expect: there is no object -4
    Error(function() { object_get_physics("text"); }); // expect: there is no object "text"
}
