// A mouse that nobody has moved, and slots without gamepads.
show_debug_message([mouse_x, mouse_y, mouse_button, mouse_lastbutton]); // expect: [ 0,0,0,0 ]
show_debug_message(mouse_check_button(mb_none)); // expect: 1
show_debug_message(mouse_check_button(mb_any)); // expect: 0
show_debug_message(mouse_check_button_pressed(mb_left)); // expect: 0
show_debug_message(mouse_check_button_released(mb_left)); // expect: 0
show_debug_message(mouse_clear(mb_any)); // expect: 1
show_debug_message(mouse_wheel_up() || mouse_wheel_down()); // expect: 0
mouse_lastbutton = mb_right;
show_debug_message(mouse_lastbutton); // expect: 2
window_mouse_set(7, 8);
show_debug_message([mouse_x, window_mouse_get_y(), display_mouse_get_x()]); // expect: [ 7,8,7 ]
display_mouse_set(9, 10);
show_debug_message([device_mouse_x(0), device_mouse_y(0), device_mouse_x(1)]); // expect: [ 9,10,0 ]
show_debug_message([device_mouse_raw_x(0), device_mouse_raw_y(0)]); // expect: [ 9,10 ]
show_debug_message([device_mouse_x_to_gui(0), device_mouse_y_to_gui(0)]); // expect: [ 9,10 ]
show_debug_message(device_mouse_check_button(0, mb_none)); // expect: 1
show_debug_message(device_mouse_check_button_pressed(1, mb_left)); // expect: 0
show_debug_message(device_mouse_check_button_released(0, mb_left)); // expect: 0
device_mouse_dbclick_enable(false);
show_debug_message(device_is_keypad_open()); // expect: 0
show_debug_message(device_get_tilt_x() + device_get_tilt_y() + device_get_tilt_z()); // expect: 0
show_debug_message([display_mouse_get_y(), window_mouse_get_x(), window_mouse_get_delta_x()]); // expect: [ 10,9,0 ]
show_debug_message([window_mouse_get_delta_y(), window_mouse_get_locked()]); // expect: [ 0,0 ]

show_debug_message(gamepad_is_supported()); // expect: 1
show_debug_message(gamepad_get_device_count()); // expect: 12
show_debug_message(gamepad_is_connected(0)); // expect: 0
show_debug_message(gamepad_button_check(0, gp_face1)); // expect: 0
show_debug_message(gamepad_button_check_pressed(0, gp_face1) || gamepad_button_check_released(0, gp_face1)); // expect: 0
show_debug_message(gamepad_button_value(0, gp_face1) + gamepad_axis_value(0, gp_axislh)); // expect: 0
show_debug_message([gamepad_button_count(0), gamepad_axis_count(0), gamepad_hat_count(0)]); // expect: [ 0,0,0 ]
show_debug_message(gamepad_hat_value(0, 0)); // expect: 0
show_debug_message("[" + gamepad_get_description(0) + "]"); // expect: []
show_debug_message(gamepad_get_guid(0)); // expect: none
show_debug_message(gamepad_get_mapping(99)); // expect: device index out of range
gamepad_set_axis_deadzone(0, 0.2);
gamepad_set_button_threshold(0, 0.2);
show_debug_message(gamepad_get_axis_deadzone(0) + gamepad_get_button_threshold(0)); // expect: 0
gamepad_set_vibration(0, 1, 1);
gamepad_set_colour(0, c_red);
gamepad_set_color(0, c_red);
gamepad_set_option(0, "x", 1);
show_debug_message(gamepad_get_option(0, "x")); // expect: undefined
gamepad_enumerate();
gamepad_test_mapping(0, "");
gamepad_remove_mapping(0);
