// An instance without a sprite counts its picture on all the same: a clock for whoever has no other.
object obj_clock {
    event create { frames = 0; image_speed = 1; slow = instance_create_depth(0, 0, 0, obj_slow); }
    event step {
        frames += 1;
        if (frames < 4) exit;
        show_debug_message(image_index - slow.begun); // expect: 4
        show_debug_message([slow.image_index, slow.still.image_index]); // expect: [ 2,0 ]
        game_end();
    }
}
object obj_slow {
    event create { begun = obj_clock.image_index; image_speed = 0.5; still = instance_create_depth(0, 0, 0, obj_still); }
}
object obj_still { event create { image_speed = 0; } }
instance_create_depth(0, 0, 0, obj_clock);
