// Cameras that code makes, and views of a program that has no rooms of its own.
function P(v) { show_debug_message(v); }
if (variable_global_exists("again")) exit;
object obj_thing { event create { } }

var eye = camera_create_view(10, 20, 320, 180, 90, obj_thing, 4, 5, 32, 16), plain = camera_create();
P([camera_get_view_x(eye), camera_get_view_y(eye), camera_get_view_width(eye), camera_get_view_height(eye)]); // expect: [ 10,20,320,180 ]
P([camera_get_view_angle(eye), camera_get_view_speed_x(eye), camera_get_view_speed_y(eye)]); // expect: [ 90,4,5 ]
P([camera_get_view_border_x(eye), camera_get_view_border_y(eye), camera_get_view_target(eye) == obj_thing]); // expect: [ 32,16,1 ]
P([camera_get_view_width(plain), camera_get_view_target(plain), camera_get_view_speed_x(plain), camera_get_view_x(999)]); // expect: [ 0,-1,-1,-1 ]
camera_set_view_pos(plain, 1, 2); camera_set_view_size(plain, 3, 4); camera_set_view_angle(plain, 5);
camera_set_view_speed(plain, 6, 7); camera_set_view_border(plain, 8, 9); camera_set_view_target(plain, noone);
P([camera_get_view_x(plain), camera_get_view_height(plain), camera_get_view_angle(plain), camera_get_view_target(plain)]); // expect: [ 1,4,5,-4 ]
camera_copy_transforms(eye, plain);
P([camera_get_view_x(eye), camera_get_view_border_y(eye), camera_get_view_target(eye) == obj_thing]); // expect: [ 1,9,1 ]
camera_set_update_script(eye, P); camera_set_begin_script(eye, P); camera_set_end_script(eye, -1);
P([camera_get_update_script(eye) == P, camera_get_begin_script(eye) == P, camera_get_end_script(eye)]); // expect: [ 1,1,-1 ]
camera_set_view_mat(eye, matrix_build(1, 2, 3, 0, 0, 0, 1, 1, 1)); camera_set_proj_mat(eye, matrix_build_identity());
P([camera_get_view_mat(eye)[12], camera_get_proj_mat(eye)[0], camera_get_proj_mat(eye)[5]]); // expect: [ 1,1,-1 ]
P([camera_get_default(), camera_get_active()]); // expect: [ -1,-1 ]
camera_set_default(eye); camera_apply(eye);
P([camera_get_default() == eye, camera_get_active()]); // expect: [ 1,-1 ]
camera_destroy(eye);
P([camera_get_default(), camera_get_view_x(eye)]); // expect: [ -1,-1 ]
try { camera_get_view_x("eye"); } catch (e) { P(e.message); } // expect: expected a camera, got "eye"
try { camera_set_view_mat(plain, [1, 2]); } catch (e) { P(e.message); } // expect: a matrix is an array of 16 numbers
try { camera_set_view_target(plain, "x"); } catch (e) { P("no target"); } // expect: no target

view_wport[3] = 9; view_wport = 5; P(view_wport); // expect: [ 5,0,0,9,0,0,0,0 ]
view_wport = [1, 2]; P(view_wport); // expect: [ 1,2,0,0,0,0,0,0 ]
P([room_get_viewport(room, 1), room_get_camera(room, 7)]); // expect: [ [ 0,0,0,0,0 ],-1 ]
room_set_viewport(room, 1, true, 5, 6, 320, 240); room_set_camera(room, 1, plain); room_set_view_enabled(room, true);
P([room_get_viewport(room, 1), room_get_camera(room, 1) == plain, view_enabled, view_visible[1]]); // expect: [ [ 1,5,6,320,240 ],1,0,0 ]
try { room_get_viewport(room, 8); } catch (e) { P(e.message); } // expect: view 8 does not exist: views are 0 to 7
global.again = plain;
room_restart();
event step {
    P([view_enabled, view_visible[1], view_wport[1], view_camera[1] == global.again]); // expect: [ 1,1,320,1 ]
    game_end();
}
