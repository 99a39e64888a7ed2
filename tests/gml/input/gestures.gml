// The settings of gestures; their events are in tests/project/test_gestures.py.
function P(v) { show_debug_message(v); }
P([gesture_get_drag_time(), gesture_get_flick_speed(), gesture_get_rotate_angle(), gesture_get_tap_count()]); // expect: [ 0.16,2,5,1 ]
gesture_drag_time(0.5);
gesture_tap_count(false);
gesture_pinch_angle_away(3);
P([gesture_get_drag_time(), gesture_get_tap_count(), gesture_get_pinch_angle_away()]); // expect: [ 0.50,0,3 ]
P([gesture_get_pinch_angle_towards(), gesture_get_double_tap_distance(), gesture_get_rotate_time()]); // expect: [ 45,0.10,0.16 ]
try { gesture_drag_distance("far"); } catch (e) { P(string_pos("far", e.message) > 0); } // expect: 1
