// A function of the screen is passed over, also where a text of the program is its name.
show_debug_message("draw_clear");
show_debug_message(draw_clear(c_red)); 
// expect: draw_clear
// expect: undefined
