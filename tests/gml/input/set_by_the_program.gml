// A program may set mouse_button, as it may set keyboard_key; io_clear forgets it.
mouse_button = mb_right;
show_debug_message([mouse_button == mb_right, mouse_check_button(mb_right)]); // expect: [ 1,0 ]
io_clear();
show_debug_message(mouse_button == mb_none); // expect: 1
