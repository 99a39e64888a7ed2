// What a game's project says to screen, sound and input passes; what it assigns it reads back.
function P(v) { show_debug_message(v); }

event create {
    P([c_fuchsia == make_colour_rgb(255, 0, 255), vk_left, ord("A"), mb_left, gp_padu, fa_center, bm_add]); // expect: [ 1,37,65,1,32781,1,1 ]
    P([mouse_x, mouse_y, mouse_button, keyboard_lastkey, keyboard_string]); // expect: [ 0,0,0,0,"" ]
    keyboard_string = "typed"; P(keyboard_string); // expect: typed
    background_color = c_red; P(background_colour == c_red); // expect: 1
    view_xport[1] += 5; P([view_xport, view_visible[0], view_camera[7]]); // expect: [ [ 0,5,0,0,0,0,0,0 ],0,-1 ]
    P(audio_play_sound(0, 1, false)); // expect: -1
    draw_set_colour(c_white);
    draw_text(x, y, "nobody sees this");
    P([keyboard_check(vk_space), gamepad_button_check(0, gp_face1)]); // expect: [ 0,0 ]
    P(rollback_game_running); // expect: 0
    self[$ "player_name"] = "own"; P(player_name); // expect: own
    sprite_index = 7; image_xscale = -1; mask_index = 3;
    P([sprite_index, image_xscale, mask_index, image_index, image_alpha, image_blend == c_white]); // expect: [ 7,-1,3,0,1,1 ]
    P([path_index, timeline_index, bbox_left, sprite_width, in_sequence]); // expect: [ -1,-1,0,0,0 ]
    P([colspace.room, colspace.ui_view, colspace.ui_display, colspace.colspace_all]); // expect: [ 0,1,2,3 ]
    try { colspace.room = 9; } catch (e) { P(e.message); } // expect: colspace is a constant
    P(argument_relative); // expect: 0
}
event other_game_end {
    P([mouse_lastbutton, keyboard_key, keyboard_lastchar, application_surface, background_showcolour, background_showcolor]); // expect: [ 0,0,"",-1,1,1 ]
    P([browser_width, browser_height, cursor_sprite, display_aa, font_texture_page_size, webgl_enabled]); // expect: [ 0,0,-1,0,0,0 ]
    P([view_enabled, view_current, view_object[0], view_surface_id[0], view_yport[0], view_wport[0], view_hport[7]]); // expect: [ 0,0,-4,-1,0,0,0 ]
    P([view_xview[0], view_yview[0], view_wview[0], view_hview[0], view_hborder[0], view_vborder[0]]); // expect: [ 0,0,0,0,0,0 ]
    P([view_hspeed[0], view_vspeed[0], view_angle[0], array_length(view_angle)]); // expect: [ 0,0,0,8 ]
}
