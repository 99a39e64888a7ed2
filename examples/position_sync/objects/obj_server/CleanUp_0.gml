network_destroy(server);
ds_map_destroy(sockets);
buffer_delete(buffer);
