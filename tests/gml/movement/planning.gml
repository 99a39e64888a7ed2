// Grids of cells and the paths through them; steps and paths without anything in the way.
function P(v) { show_debug_message(v); }

var g = mp_grid_create(0, 0, 5, 4, 10, 10);
P([mp_grid_get_cell(g, 0, 0), mp_grid_get_cell(g, 5, 0), mp_grid_get_cell(g, -1, 0)]); // expect: [ 0,-1,-1 ]
mp_grid_add_rectangle(g, 20, 0, 29, 29);
mp_grid_add_cell(g, 9, 9);
P([mp_grid_get_cell(g, 2, 0), mp_grid_get_cell(g, 2, 2), mp_grid_get_cell(g, 2, 3)]); // expect: [ -1,-1,0 ]
var p = path_add();
P(mp_grid_path(g, p, 3, 4, 44, 6, false)); // expect: 1
P([path_get_number(p), path_get_point_x(p, 0), path_get_point_y(p, 0), path_get_point_x(p, 10), path_get_point_y(p, 10), path_get_closed(p)]); // expect: [ 11,3,4,44,6,0 ]
var line = "";
for (var i = 1; i < 10; i++) line += string(path_get_point_x(p, i)) + "," + string(path_get_point_y(p, i)) + " ";
P(line); // expect: 5,15 5,25 5,35 15,35 25,35 35,35 35,25 35,15 35,5 
P([mp_grid_path(g, p, 3, 4, 44, 6, true), path_get_number(p)]); // expect: [ 1,9 ]
P([mp_grid_path(g, p, 25, 4, 44, 6, true), mp_grid_path(g, p, 3, 4, 25, 6, true), mp_grid_path(g, p, 3, 4, 50, 6, true)]); // expect: [ 0,0,0 ]
P([mp_grid_path(g, p, -1, 4, 5, 6, true), mp_grid_path(g, -1, 1, 4, 5, 6, true), path_get_number(p)]); // expect: [ 0,0,9 ]
mp_grid_add_cell(g, 2, 3);
P(mp_grid_path(g, p, 3, 4, 44, 6, true)); // expect: 0
mp_grid_clear_cell(g, 2, 1);
P([mp_grid_path(g, p, 3, 4, 44, 6, true), path_get_number(p)]); // expect: [ 1,5 ]
mp_grid_clear_rectangle(g, 20, 0, 20, 0);
P([mp_grid_path(g, p, 3, 4, 3, 6, true), path_get_number(p)]); // expect: [ 1,2 ]
var d = ds_grid_create(5, 4);
mp_grid_to_ds_grid(g, d);
P([d[# 2, 0], d[# 2, 2], d[# 4, 3]]); // expect: [ 0,-1,0 ]
ds_grid_resize(d, 4, 4);
try { mp_grid_to_ds_grid(g, d); } catch (e) { P(e.message); } // expect: the mp_grid and the ds_grid must have the same size
mp_grid_clear_all(g);
P(mp_grid_get_cell(g, 2, 3)); // expect: 0
mp_grid_add_instances(g, all, true);
mp_grid_destroy(g);
mp_grid_destroy(g);
mp_grid_destroy(77);
timeline_delete(77);
try { mp_grid_clear_all(g); } catch (e) { P(string_pos("mp_grid", e.message) > 0); } // expect: 1
try { mp_grid_create(0, 0, 5, 5, 0, 10); } catch (e) { P(e.message); } // expect: the cells of an mp_grid must have a size, not 0 x 10

object walker {}
with (instance_create_depth(0, 0, 0, walker)) {
    P([mp_linear_step(3, 4, 2.5, true), x, y, round(direction)]); // expect: [ 0,1.50,2,307 ]
    P([mp_linear_step(3, 4, 2.5, false), x, y, mp_linear_step_object(3, 4, 1, walker)]); // expect: [ 1,3,4,1 ]
    direction = 0;
    P([mp_potential_step(13, 4, 4, true), x, y]); // expect: [ 0,7,4 ]
    P([mp_potential_step_object(-13, 4, 4, walker), round(x), round(y), direction]); // expect: [ 0,10,2,30 ]
    x = 7; y = 4;
    mp_potential_settings(180, 10, 1, false);
    P([mp_potential_step(-13, 4, 4, true), x, round(y), direction]); // expect: [ 0,3,4,180 ]
    y = 4;
    P([mp_linear_path(p, 3, 34, 10, true), path_get_number(p), path_get_length(p), x, y]); // expect: [ 1,4,30,3,4 ]
    P([mp_potential_path(p, 3, 34, 10, 2, true), path_get_number(p), path_get_length(p), x, y, direction]); // expect: [ 1,4,30,3,4,180 ]
    P([mp_linear_path(p, 3, 34, 0, true), mp_linear_path_object(-1, 3, 34, 5, walker), mp_potential_path_object(p, 3, 34, 5, 0.5, walker)]); // expect: [ 0,0,0 ]
    P([array_length(move_and_collide(4, 3, walker)), x, y]); // expect: [ 0,7,7 ]
    hspeed = 2; vspeed = 1;
    move_bounce_all(true); move_bounce_solid(false); move_bounce_all(false);
    P([hspeed, vspeed]); // expect: [ 2,1 ]
    move_random(10, 10);
    P([x % 10, y % 10, x < room_width, y < room_height]); // expect: [ 0,0,1,1 ]
}
