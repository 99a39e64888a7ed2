function P(v) { show_debug_message(v); }
object obj_mark {}

event create {
    x = 3; y = 4;
    P([distance_to_point(0, 0), distance_to_point(3, 4), distance_to_object(obj_mark)]); // expect: [ 5,0,1000000 ]
    instance_create_depth(3, 14, 0, obj_mark); instance_create_depth(103, 4, 0, obj_mark);
    P(distance_to_object(obj_mark)); // expect: 10
    x = 17; y = 33; P(place_snapped(16, 16)); // expect: 0
    move_snap(16, 16); P([x, y, place_snapped(16, 16), place_snapped(5, 0)]); // expect: [ 16,32,1,0 ]
    move_snap(0, -1); P([x, y]); // expect: [ 16,32 ]
    motion_set(90, 5); P([hspeed, vspeed, direction, speed]); // expect: [ 0,-5,90,5 ]
    motion_add(90, 2); P([speed, direction]); // expect: [ 7,90 ]
    motion_add(270, 7); P(speed); // expect: 0
    x = 0; y = 0; move_towards_point(10, 0, 3); P([direction, hspeed]); // expect: [ 0,3 ]
    speed = 0;
    room_width = 100; room_height = 50;
    x = 121; y = -21; move_wrap(true, true, 20); P([x, y]); // expect: [ -19,69 ]
    x = 120; y = -20; move_wrap(true, true, 20); P([x, y]); // expect: [ 120,-20 ]
    x = 150; y = 90; move_wrap(false, false, 0); P([x, y]); // expect: [ 150,90 ]
    try { motion_set("up", 1); } catch (e) { P(e.message); } // expect: argument 1 of motion_set: expected a number, got "up"
}
