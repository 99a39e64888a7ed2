// Surprises about when things happen.

// 43: statics are made after the parent's call and before the body, and by the first construction alone.
function note(text) { show_debug_message(text); return text; }
function base() constructor {
    static shared = note("base static");
    note("base body");
}
function derived() : base() constructor {
    static own = note("derived static");
    note("derived body");
}

// 48: an instance made in a Step event has no Step in that pass, but the End Step of the same frame.
object obj_made {
    event step { show_debug_message("step of the new one"); }
    event step_end { show_debug_message("end step of the new one"); }
}
frames = 0;

new derived();
// expect: base static
// expect: base body
// expect: derived static
// expect: derived body
new derived();
// expect: base body
// expect: derived body

event step {
    frames++;
    if (frames == 1) instance_create_depth(0, 0, 0, obj_made);
    show_debug_message($"step {frames}");
}
event step_end {
    show_debug_message($"end step {frames}");
    if (frames == 2) game_end();
}
// expect: step 1
// expect: end step 1
// expect: end step of the new one
// expect: step 2
// expect: step of the new one
// expect: end step 2
// expect: end step of the new one
