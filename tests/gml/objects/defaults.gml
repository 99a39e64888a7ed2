// What is set for an object holds for instances that are made afterwards; a change of object takes its values.
function P(v) { show_debug_message(v); }
object obj_a {}
object obj_b {}

event create {
    object_set_mask(obj_b, 5);
    var a = instance_create_depth(0, 0, 0, obj_a);
    object_set_solid(obj_a, true);
    object_set_visible(obj_a, false);
    object_set_persistent(obj_a, true);
    object_set_sprite(obj_a, 3);
    object_set_mask(obj_a, 4);
    var b = instance_create_depth(0, 0, 0, obj_a);
    P([a.solid, a.visible, a.persistent, a.sprite_index, a.mask_index]); // expect: [ 0,1,0,-1,-1 ]
    P([b.solid, b.visible, b.persistent, b.sprite_index, b.mask_index]); // expect: [ 1,0,1,3,4 ]
    a.solid = true; a.visible = false; a.persistent = true; a.sprite_index = 7; a.mask_index = 8; a.image_xscale = 2;
    with (a) instance_change(obj_b, false);
    P(object_get_name(a.object_index)); // expect: obj_b
    P([a.solid, a.visible, a.persistent, a.sprite_index, a.mask_index, a.image_xscale]); // expect: [ 0,1,0,-1,5,2 ]
}
