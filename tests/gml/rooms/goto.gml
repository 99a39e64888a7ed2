// Rooms: what is made when, what goes along, and what a persistent room keeps.

object obj_guest {
    event create { seen = 0; show_debug_message($"create {room_get_name(room)}"); }
    event other_room_start { show_debug_message($"room start {++seen}"); }
    event other_room_end { show_debug_message("room end"); }
    event destroy { show_debug_message("never"); }
    event cleanup { show_debug_message("clean up"); }
}

persistent = true;
first = room_add();
second = room_add();
show_debug_message(room_first == room && room_last == second); // expect: 1
show_debug_message(room_next(first) == second && room_next(second) == -1); // expect: 1
show_debug_message(room_previous(first) == room && room_previous(room) == -1); // expect: 1
show_debug_message($"{room_exists(second)} {room_exists(7)}"); // expect: 1 0
room_set_width(second, 100);
room_set_height(second, 50);
room_set_persistent(second, true);
room_instance_add(second, 3, 4, obj_guest);
room_instance_add(first, 0, 0, obj_guest);
room_instance_clear(first);
copy = room_duplicate(second);
show_debug_message(array_length(room_get_info(copy).instances)); // expect: 1
show_debug_message(room_assign(copy, first)); // expect: 1
show_debug_message(array_length(room_get_info(copy).instances)); // expect: 0
show_debug_message(room_get_name(77)); // expect: <undefined>
try { room_goto(77); } catch (e) { show_debug_message("ERR"); } // expect: ERR
step_ = 0;
room_goto(second);
show_debug_message("still here"); // expect: still here
// expect: main in room_goto
// expect: create __newroom2
// expect: main in __newroom2
// expect: room start 1

event other_room_start { show_debug_message($"main in {room_get_name(room)}"); }
event step {
    switch (++step_) {
        case 1:
            show_debug_message($"{room_width} {room_height} {room_persistent} {obj_guest.x}"); // expect: 100 50 1 3
            room_goto_previous();
            // expect: room end
            // expect: main in __newroom1
            break;
        case 2:
            show_debug_message(instance_exists(obj_guest)); // expect: 0
            room_goto_next();
            // expect: main in __newroom2
            // expect: room start 2
            break;
        case 3:
            room_persistent = false;
            room_restart();
            // expect: room end
            // expect: clean up
            // expect: create __newroom2
            // expect: main in __newroom2
            // expect: room start 1
            break;
        case 4:
            try { room_goto(-1); } catch (e) { show_debug_message("ERR"); } // expect: ERR
            game_end();
            // expect: room end
            // expect: clean up
    }
}
