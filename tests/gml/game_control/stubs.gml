// What a run without a screen, a launcher or a high-score table truthfully answers.
function P(v) { show_debug_message(v); }
P([game_display_name, game_project_name, game_id]); // expect: [ "stubs","stubs",0 ]
game_change("other", ""); game_save("state.dat"); game_load("state.dat");
var b = buffer_create(1, buffer_grow, 1); game_save_buffer(b); game_load_buffer(b);
highscore_add("Ann", 5); P([highscore_name(1) == "", highscore_value(1)]); // expect: [ 1,0 ]
highscore_clear();
P([score, lives, health]); // expect: [ 0,-1,100 ]
score += 5; lives = 3; health -= 50; P([score, lives, health]); // expect: [ 5,3,50 ]
P([caption_score, caption_lives, caption_health, show_score, show_lives, show_health]); // expect: [ "Score:","Lives:","Health:",1,0,0 ]
caption_score = "Points"; caption_lives = "L"; caption_health = "H"; show_score = false; show_lives = true; show_health = true;
P([caption_score, caption_lives, caption_health, show_score, show_lives, show_health]); // expect: [ "Points","L","H",0,1,1 ]
P([extension_exists("Ext"), extension_get_option_count("Ext"), extension_get_option_names("Ext"), extension_get_options("Ext")]); // expect: [ 0,0,[  ],{  } ]
P([extension_get_option_value("Ext", "o"), extension_get_version("Ext")]); // expect: [ undefined,undefined ]

show_debug_log(true); show_debug_overlay(true); show_debug_overlay(true, false, 1, 1, false, 0);
P([is_debug_overlay_open(), is_mouse_over_debug_overlay(), is_keyboard_used_debug_overlay()]); // expect: [ 0,0,0 ]
P([error_occurred, error_last == ""]); // expect: [ 0,1 ]
error_occurred = true; error_last = "mine"; P([error_occurred, error_last]); // expect: [ 1,"mine" ]

P([room_get_camera(room, 0), room_get_viewport(room, 0), room_caption == ""]); // expect: [ -1,[ 0,0,0,0,0 ],1 ]
room_set_camera(room, 0, 5); room_set_viewport(room, 0, true, 0, 0, 640, 480); room_set_view_enabled(room, true); room_caption = "hall";
P([room_get_camera(room, 0), room_caption == ""]); // expect: [ 5,1 ]
