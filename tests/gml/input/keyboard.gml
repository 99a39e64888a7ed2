// Keys that the program presses itself: they count from the next frame on.
frame = 0;
keyboard_key_press(ord("A"));
keyboard_key_press(vk_lshift);
show_debug_message(keyboard_check(ord("A"))); // expect: 0
show_debug_message(keyboard_check(vk_nokey)); // expect: 1
show_debug_message(keyboard_check(-1)); // expect: 0

function state(_key) {
    return string(keyboard_check_pressed(_key)) + string(keyboard_check(_key)) + string(keyboard_check_released(_key));
}

event keypress:A { show_debug_message("Key Press"); }
event keyboard:vk_anykey { if (frame < 2) show_debug_message($"Key {keyboard_key}"); }
event keyrelease:65 { show_debug_message("Key Release"); }

event step {
    switch (frame++) {
        case 0:
            // expect: Key 160
            // expect: Key Press
            show_debug_message(state(ord("A"))); // expect: 110
            show_debug_message(state(vk_shift)); // expect: 110
            show_debug_message(state(vk_anykey)); // expect: 110
            show_debug_message(state(vk_nokey)); // expect: 001
            show_debug_message(keyboard_check_direct(vk_lshift)); // expect: 1
            show_debug_message(keyboard_lastchar + keyboard_string); // expect: aa
            keyboard_key_press(ord("A"));
            keyboard_key_release(vk_lshift);
            break;
        case 1:
            // expect: Key 0
            show_debug_message(state(ord("A"))); // expect: 010
            show_debug_message(state(vk_lshift) + state(vk_shift)); // expect: 001001
            keyboard_key_release(ord("A"));
            break;
        case 2:
            // expect: Key Release
            show_debug_message(state(ord("A"))); // expect: 001
            show_debug_message(keyboard_lastkey); // expect: 160
            show_debug_message(keyboard_key); // expect: 0
            keyboard_set_map(ord("W"), vk_up);
            show_debug_message(keyboard_get_map(ord("W"))); // expect: 38
            keyboard_key_press(ord("W"));
            break;
        case 3:
            show_debug_message(state(vk_up) + state(ord("W"))); // expect: 110000
            keyboard_unset_map();
            show_debug_message(keyboard_get_map(ord("W"))); // expect: 87
            keyboard_key_release(ord("W"));
            break;
        case 4:
            show_debug_message(state(vk_up)); // expect: 001
            keyboard_key_press(vk_space);
            keyboard_key_press(ord("1"));
            keyboard_key_press(vk_numpad2);
            keyboard_key_press(vk_enter);
            break;
        case 5:
            show_debug_message("[" + keyboard_string + "]"); // expect: [aw 12]
            keyboard_clear(vk_space);
            show_debug_message(state(vk_space)); // expect: 000
            keyboard_key_release(vk_space);
            keyboard_key_press(vk_backspace);
            break;
        case 6:
            show_debug_message(state(vk_space)); // expect: 000
            show_debug_message("[" + keyboard_string + "]"); // expect: [aw 1]
            show_debug_message(ord(keyboard_lastchar)); // expect: 8
            keyboard_string = "mine";
            keyboard_lastchar = "m";
            keyboard_lastkey = vk_nokey;
            show_debug_message(keyboard_string + keyboard_lastchar + string(keyboard_lastkey)); // expect: minem0
            io_clear();
            show_debug_message(state(vk_anykey)); // expect: 000
            show_debug_message("[" + keyboard_string + "]"); // expect: []
            keyboard_set_numlock(true);
            show_debug_message(keyboard_get_numlock()); // expect: 0
            keyboard_virtual_show(kbv_type_default, kbv_returnkey_default, kbv_autocapitalize_none, false);
            keyboard_virtual_set_position(0, 0);
            show_debug_message(keyboard_virtual_status()); // expect: 0
            show_debug_message(keyboard_virtual_height()); // expect: 0
            keyboard_virtual_hide();
            game_end();
    }
}
