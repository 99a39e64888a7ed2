// speed and direction follow hspeed and vspeed, and the other way round.

speed = 5;
direction = 90;
show_debug_message($"{hspeed} {vspeed}"); // expect: 0 -5
hspeed = 3;
vspeed = 4;
show_debug_message($"{speed} {round(direction)}"); // expect: 5 307
motion_set(0, 2);
show_debug_message($"{hspeed} {vspeed}"); // expect: 2 0
motion_add(90, 2);
show_debug_message($"{hspeed} {vspeed} {direction}"); // expect: 2 -2 45
move_towards_point(x - 10, y, 1);
show_debug_message($"{direction} {hspeed}"); // expect: 180 -1
direction = -90;
show_debug_message(direction); // expect: 270
x = 37; y = 41;
show_debug_message(place_snapped(10, 10)); // expect: 0
move_snap(10, 10);
show_debug_message($"{x} {y} {place_snapped(10, 10)}"); // expect: 40 40 1
show_debug_message(distance_to_point(43, 44)); // expect: 5
show_debug_message($"{xstart} {image_xscale} {visible} {solid} {persistent}"); // expect: 0 1 1 0 0

speed = 0; gravity = 1; friction = 0;
frame = 0;
event step {
    if (++frame == 3) { show_debug_message($"{vspeed} {y}"); game_end(); } // expect: 2 43
}
