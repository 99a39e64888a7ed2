/// @description Open the port
server = network_create_server(network_socket_tcp, ARENA_PORT, 16);
if (server < 0) {
    show_debug_message($"port {ARENA_PORT} is taken");
    game_end(1);
}
packet = buffer_create(256, buffer_grow, 1);
players = ds_map_create(); // socket -> obj_player
