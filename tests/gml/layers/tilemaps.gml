// Tilemaps that code makes: cells, pixels, sizes, masks. Without a tileset of the project a tile has 16 by 16 pixels.
function P(v) { show_debug_message(v); }
var ground = layer_create(100, "ground");
var map = layer_tilemap_create(ground, 32, 64, -1, 4, 3);
P([layer_tilemap_exists(ground, map), layer_tilemap_get_id("ground") == map, layer_tilemap_get_id(layer_create(1))]); // expect: [ 1,1,-1 ]
P([tilemap_get_width(map), tilemap_get_height(map), tilemap_get_tile_width(map), tilemap_get_tile_height(map)]); // expect: [ 4,3,16,16 ]
P([tilemap_get_x(map), tilemap_get_y(map), tilemap_get(map, 0, 0), tilemap_get(map, 4, 0), tilemap_get(map, 0, -1)]); // expect: [ 32,64,0,-1,-1 ]
P([tilemap_set(map, 7, 3, 2), tilemap_set(map, 7, 3, 3), tilemap_get(map, 3, 2)]); // expect: [ 1,0,7 ]
P([tilemap_get_at_pixel(map, 80, 96), tilemap_get_at_pixel(map, 95.9, 111.9), tilemap_get_at_pixel(map, 96, 96), tilemap_get_at_pixel(map, 31, 64)]); // expect: [ 7,7,-1,-1 ]
P([tilemap_get_cell_x_at_pixel(map, 80, 96), tilemap_get_cell_y_at_pixel(map, 80, 96), tilemap_get_cell_x_at_pixel(map, 0, 0), tilemap_get_cell_y_at_pixel(map, NaN, 0)]); // expect: [ 3,2,-1,-1 ]
layer_x(ground, 16); layer_y(ground, -16);
P([layer_get_x(ground), layer_get_y(ground), tilemap_get_at_pixel(map, 96, 80), tilemap_set_at_pixel(map, 9, 48, 48), tilemap_get(map, 0, 0)]); // expect: [ 16,-16,7,1,9 ]
tilemap_x(map, 0); tilemap_y(map, 0);
P([tilemap_get_cell_x_at_pixel(map, 16, 0), tilemap_get_cell_y_at_pixel(map, 16, 0)]); // expect: [ 0,1 ]
tilemap_set_width(map, 2); tilemap_set_height(map, 4);
P([tilemap_get(map, 0, 0), tilemap_get(map, 1, 2), tilemap_get(map, 1, 3), tilemap_get(map, 3, 2)]); // expect: [ 9,0,0,-1 ]
tilemap_clear(map, 5);
P([tilemap_get(map, 1, 3), tilemap_get_mask(map), tilemap_get_global_mask(), tilemap_get_frame(map)]); // expect: [ 5,2147483647,2147483647,0 ]
tilemap_set_mask(map, 255); tilemap_set_global_mask(15);
P([tilemap_get_mask(map), tilemap_get_global_mask()]); // expect: [ 255,15 ]
tilemap_tileset(map, 3); layer_tilemap_set_colmask(map, 4);
P([tilemap_get_tileset(map), layer_tilemap_get_colmask(map)]); // expect: [ 3,4 ]

var tile = tile_set_rotate(tile_set_flip(tile_set_mirror(tile_set_index(0, 12), true), true), true);
P([tile, tile_get_index(tile), tile_get_mirror(tile), tile_get_flip(tile), tile_get_rotate(tile), tile_get_empty(tile)]); // expect: [ 1879048204,12,1,1,1,0 ]
P([tile == (12 | tile_mirror | tile_flip | tile_rotate), tile & tile_index_mask, tile_get_empty(tile_set_empty(tile))]); // expect: [ 1,12,1 ]
P([tile_set_mirror(tile, false) == tile - tile_mirror, tile_get_flip(0), tile_get_rotate(0), tile_get_mirror(0)]); // expect: [ 1,0,0,0 ]

try { layer_tilemap_create(ground, 0, 0, -1, 100000, 100000); } catch (e) { P(e.message); } // expect: a tilemap has up to 16777216 cells, not 100000 columns of 100000 rows
try { tilemap_set_width(map, -1); } catch (e) { P("no width"); } // expect: no width
try { tilemap_get("map", 0, 0); } catch (e) { P(e.message); } // expect: expected a tilemap, got "map"
try { layer_tilemap_get_id([]); } catch (e) { P(e.message); } // expect: expected a layer, got [  ]
P([layer_tilemap_create("none", 0, 0, -1, 1, 1), layer_tilemap_get_id("none"), tilemap_get_width(12345), tilemap_set(-1, 0, 0, 0)]); // expect: [ -1,-1,-1,0 ]
P([tileset_get_name(0), tileset_get_info(0)]); // expect: [ "<undefined>",undefined ]
layer_tilemap_destroy(map); layer_tilemap_destroy(map);
P([layer_tilemap_exists(ground, map), tilemap_get(map, 0, 0), tilemap_get_x(map)]); // expect: [ 0,-1,-1 ]
