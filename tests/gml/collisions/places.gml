// Without a sprite an instance has no mask: nothing meets it, and every place is free for it.
function P(v) { show_debug_message(v); }
object obj_wall {}

event create {
    instance_create_depth(0, 0, 0, obj_wall);
    var l = ds_list_create();
    P([place_meeting(0, 0, obj_wall), position_meeting(0, 0, obj_wall)]); // expect: [ 0,0 ]
    P([place_free(0, 0), place_empty(0, 0), place_empty(0, 0, obj_wall), position_empty(0, 0)]); // expect: [ 1,1,1,1 ]
    P([collision_point(0, 0, all, false, true), collision_line(0, 0, 1, 1, all, false, true)]); // expect: [ -4,-4 ]
    P([collision_rectangle(0, 0, 9, 9, all, false, true), collision_ellipse(0, 0, 9, 9, all, false, true)]); // expect: [ -4,-4 ]
    P([collision_circle(0, 0, 9, all, false, true), collision_circle_list(0, 0, 9, all, false, true, l, false)]); // expect: [ -4,0 ]
    P([instance_place(0, 0, obj_wall), instance_position(0, 0, obj_wall)]); // expect: [ -4,-4 ]
    P([instance_place_list(0, 0, obj_wall, l, true), instance_position_list(0, 0, obj_wall, l, true)]); // expect: [ 0,0 ]
    P([ds_list_size(l), bbox_left, bbox_right, sprite_width, image_number]); // expect: [ 0,0,0,0,0 ]
    P([sprite_exists(0), sprite_get_width(-1), sprite_get_name(7)]); // expect: [ 0,0,"<undefined>" ]
    try { variable_instance_set(id, "bbox_left", 3); } catch (e) { P(e.message); } // expect: bbox_left cannot be set: it follows from the sprite, the scale and the place of the instance
    sprite_index = [1]; mask_index = {};
    P([place_meeting(0, 0, all), bbox_left, distance_to_object(obj_wall), image_number]); // expect: [ 0,0,0,0 ]
    image_angle = "x";
    try { P(place_meeting(0, 0, all)); } catch (e) { P(e.message); } // expect: 0
}
