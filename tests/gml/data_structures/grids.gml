var g = ds_grid_create(10, 10);
show_debug_message([ds_grid_width(g), ds_grid_height(g), ds_grid_get(g, 0, 0), g[# 10, 0]]); // expect: [ 10,10,0,undefined ]
ds_grid_set_disk(g, 7, 7, 3, 1);
show_debug_message(ds_grid_get_disk_sum(g, 7, 7, 3)); // expect: 27
ds_grid_multiply_disk(g, 7, 7, 3, 10);
ds_grid_add_disk(g, 7, 7, 3, 5);
show_debug_message([ds_grid_get_disk_sum(g, 7, 7, 3), ds_grid_get_disk_mean(g, 7, 7, 3)]); // expect: [ 405,15 ]
show_debug_message([ds_grid_get_disk_min(g, 7, 7, 3), ds_grid_get_disk_max(g, 7, 7, 3)]); // expect: [ 15,15 ]
show_debug_message([ds_grid_value_disk_exists(g, 7, 7, 3, 15), ds_grid_value_disk_x(g, 7, 7, 3, 15), ds_grid_value_disk_y(g, 7, 7, 3, 15)]); // expect: [ 1,4,7 ]
show_debug_message([ds_grid_value_disk_x(g, 7, 7, 3, 99), ds_grid_value_disk_y(g, 7, 7, 3, 99)]); // expect: [ -1,-1 ]

ds_grid_clear(g, 0);
ds_grid_set(g, 5, 5, "Hello");
ds_grid_set(g, 99, 5, "out");
show_debug_message(string_length(ds_grid_write(g))); // expect: 2426
ds_grid_add(g, 5, 5, "!");
ds_grid_multiply(g, 5, 5, 3);
show_debug_message(g[# 5, 5]); // expect: Hello!
ds_grid_add(g, 5, 5, 2);
ds_grid_multiply(g, 5, 5, 3);
show_debug_message(g[# 5, 5]); // expect: 6
show_debug_message([ds_grid_value_exists(g, 9, 9, 0, 0, 6), ds_grid_value_x(g, 0, 0, 9, 9, 6), ds_grid_value_y(g, 0, 0, 9, 9, 7)]); // expect: [ 1,5,-1 ]

ds_grid_set_region(g, 1, 1, 0, 0, 2);
ds_grid_add_region(g, 0, 0, 1, 0, 1);
ds_grid_multiply_region(g, -5, 0, 0, 0, 10);
show_debug_message([g[# 0, 0], g[# 1, 0], g[# 0, 1], ds_grid_get_sum(g, 0, 0, 1, 1)]); // expect: [ 30,3,2,37 ]
show_debug_message([ds_grid_get_min(g, 0, 0, 1, 1), ds_grid_get_max(g, 0, 0, 1, 1), ds_grid_get_mean(g, 0, 0, 1, 1)]); // expect: [ 2,30,9.25 ]
ds_grid_set_grid_region(g, g, 0, 0, 1, 1, 8, 8);
show_debug_message([g[# 8, 8], g[# 9, 9]]); // expect: [ 30,2 ]
ds_grid_add_grid_region(g, g, 0, 0, 1, 1, 8, 8);
ds_grid_multiply_grid_region(g, g, 0, 0, 1, 1, 9, 9);
show_debug_message([g[# 8, 8], g[# 9, 9]]); // expect: [ 60,120 ]

ds_grid_resize(g, 2, 3);
show_debug_message([ds_grid_width(g), g[# 1, 1], g[# 1, 2]]); // expect: [ 2,2,0 ]
ds_grid_sort(g, 0, true);
show_debug_message([g[# 0, 0], g[# 0, 1], g[# 0, 2], g[# 1, 2]]); // expect: [ 0,2,30,3 ]
ds_grid_shuffle(g);
show_debug_message(ds_grid_get_sum(g, 0, 0, 1, 2)); // expect: 37

var w = ds_grid_create(2, 1), r = ds_grid_create(5, 5), c = ds_grid_create(1, 1);
w[# 0, 0] = 1;
w[# 1, 0] = 2;
show_debug_message(ds_grid_write(w)); // expect: 5B020000020000000100000000000000000000000000F03F000000000000000000000040
ds_grid_read(r, ds_grid_write(w));
ds_grid_copy(c, r);
show_debug_message([ds_grid_width(c), ds_grid_height(c), c[# 1, 0]]); // expect: [ 2,1,2 ]
try { ds_grid_create(-1, 1); } catch (e) { show_debug_message("size"); } // expect: size
ds_grid_destroy(c);
try { ds_grid_get(c, 0, 0); } catch (e) { show_debug_message("destroyed"); } // expect: destroyed
