function P(v) { show_debug_message(v); }
P(c_red); // expect: 255
P(make_colour_rgb(1, 2, 3) == $030201); // expect: 1
P(make_color_rgb(255, 0, 0) == c_red); // expect: 1
P(make_colour_rgb(1.9, "2", true)); // expect: 66049
P([colour_get_red(#102030), colour_get_green(#102030), colour_get_blue(#102030)]); // expect: [ 16,32,48 ]
P([color_get_red(c_teal), color_get_green(c_teal), color_get_blue(c_teal)]); // expect: [ 0,128,128 ]
P([colour_get_hue(c_lime), colour_get_saturation(c_lime), colour_get_value(c_lime)]); // expect: [ 85,255,255 ]
P([color_get_hue(c_gray), color_get_saturation(c_gray), color_get_value(c_gray)]); // expect: [ 0,0,128 ]
P([make_colour_hsv(0, 255, 255) == c_red, make_color_hsv(85, 255, 255) == c_lime]); // expect: [ 1,1 ]
P([make_colour_hsv(255, 255, 255) == c_red, make_colour_hsv(0, 0, 128) == c_grey]); // expect: [ 1,1 ]
P(make_colour_hsv(100, 145, 300) == make_colour_hsv(100, 145, 300)); // expect: 1
P(merge_colour(c_black, c_white, 0.5) == make_colour_rgb(127, 127, 127)); // expect: 1
P([merge_color(c_red, c_blue, 0) == c_red, merge_colour(c_red, c_blue, 1) == c_blue]); // expect: [ 1,1 ]
P(merge_colour(make_colour_rgb(3, 0, 0), make_colour_rgb(3, 0, 0), 0.05) == make_colour_rgb(3, 0, 0)); // expect: 1
try { make_colour_rgb("red", 0, 0); } catch (e) { P(e.message); } // expect: argument 1 of make_colour_rgb: expected a number, got "red"
