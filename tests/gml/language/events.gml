// statements outside any block are the Create event of the file's own object
show_debug_message("create"); // expect: create
alarm[0] = 2;
steps = 0;

event step {
    steps++;
    show_debug_message($"step {steps}"); // expect: step 1
}

event alarm0 {
    show_debug_message($"alarm {alarm[0]} after {steps}"); // expect: alarm 0 after 1
    instance_create_depth(1, 2, 0, obj_child, { given : 7 }); // expect: parent create
    // expect: child create 7 at 1,2
    game_end(3); // expect-exit: 3
}

event other_game_end {
    show_debug_message("game end"); // expect: game end
}

object obj_parent {
    event create { show_debug_message("parent create"); }
    event cleanup { show_debug_message("clean up"); } // expect: clean up
}

object obj_child : obj_parent {
    event create {
        event_inherited();
        show_debug_message($"child create {given} at {x},{y}");
    }
}
