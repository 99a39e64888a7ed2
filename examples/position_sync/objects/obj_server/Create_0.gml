/// @desc The server decides where everybody is; clients only say which keys they hold.

server = network_create_server(network_socket_tcp, PORT, MAX_PLAYERS);
if (server < 0) {
    show_error($"cannot listen on port {PORT}", true);
}
sockets = ds_map_create(); // socket -> instance of obj_player
buffer = buffer_create(1024, buffer_grow, 1);
steps = 0;
