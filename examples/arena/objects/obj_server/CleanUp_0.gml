/// @description Close the port
network_destroy(server);
buffer_delete(packet);
ds_map_destroy(players);
