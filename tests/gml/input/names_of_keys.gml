// Key events as GMEdit names them; a single digit is the key with that digit.
waits = false;
keyboard_key_press(ord("7"));
keyboard_key_press(vk_f1);
keyboard_key_press(186);

event keypress:7 { show_debug_message("seven"); }
event keypress:f1 { show_debug_message("F1"); }
event keypress:key186 { show_debug_message("semicolon"); }
event keypress:vk_nokey { if (waits) { show_debug_message("no key"); game_end(); } }
event keypress:1 { show_debug_message("one"); }
event keypress:vk_anykey { show_debug_message("any key"); waits = true; }
// expect: seven
// expect: F1
// expect: semicolon
// expect: any key
// expect: no key
