// A machine without a display: nothing has a size, nothing has the focus, no surface exists.
function P(v) { show_debug_message(v); }
P([display_get_width(), display_get_height(), display_get_gui_width(), display_get_gui_height()]); // expect: [ 0,0,0,0 ]
P([display_get_dpi_x(), display_get_dpi_y(), display_get_frequency(), display_get_orientation()]); // expect: [ 0,0,0,0 ]
P([display_mouse_get_x(), display_mouse_get_y(), window_mouse_get_x(), window_mouse_get_y()]); // expect: [ 0,0,0,0 ]
P([window_get_x(), window_get_y(), window_get_width(), window_get_height(), window_get_caption()]); // expect: [ 0,0,0,0,"" ]
P([window_has_focus(), window_get_fullscreen(), window_get_borderless_fullscreen(), window_get_showborder()]); // expect: [ 0,0,0,0 ]
P([window_mouse_get_delta_x(), window_mouse_get_delta_y(), window_mouse_get_locked()]); // expect: [ 0,0,0 ]
P([surface_exists(1), surface_get_width(1), surface_get_height(1), surface_get_format(1), surface_get_texture(1)]); // expect: [ 0,-1,-1,-1,-1 ]
P([surface_has_depth(1), surface_format_is_supported(surface_rgba8unorm)]); // expect: [ 0,0 ]
P([surface_get_target(), surface_get_target_depth(), application_surface_is_enabled(), application_surface_is_draw_enabled()]); // expect: [ -1,-1,0,0 ]
view_set_wport(2, 320); view_set_hport(2, 240); view_set_xport(2, 5); view_set_yport(2, 6); view_set_visible(2, true);
view_set_camera(2, 9); view_set_surface_id(2, 8);
P([view_get_wport(2), view_get_hport(2), view_get_xport(2), view_get_yport(2), view_get_visible(2), view_get_camera(2), view_get_surface_id(2)]); // expect: [ 320,240,5,6,1,9,8 ]
P([view_wport[2], view_get_wport(0)]); // expect: [ 320,0 ]
try { view_get_wport(8); } catch (e) { P(e.message); } // expect: view 8 does not exist: views are 0 to 7
