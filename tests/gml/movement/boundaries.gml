// Outside Room and Intersect Boundary of instances without a sprite: their places count. And a motion that is copied.
object ball {
    event create { hspeed = 500; hits = ""; }
    event other_outside { hits += "outside "; }
    event other_boundary { hits += "boundary "; }
    event step_end {
        if (x > 2000) { show_debug_message(hits + string(x)); instance_destroy(); }
    }
}
event create {
    room_width = 1000;
    with (instance_create_depth(0, 0, 0, ball)) instance_copy(false);
    var gone = instance_create_depth(0, 0, 0, ball);
    instance_destroy(gone);
    show_debug_message([place_meeting(0, 0, gone), instance_place(0, 0, gone), collision_point(0, 0, gone, true, true)]); // expect: [ 0,-4,-4 ]
    show_debug_message([distance_to_object(gone), distance_to_object(ball), distance_to_object(noone)]); // expect: [ 1000000,0,1000000 ]
    show_debug_message(array_length(move_and_collide(3, 4, gone)) + x); // expect: 3
}
// expect: outside boundary boundary boundary 2500
// expect: outside boundary boundary boundary 2500
