// A network event of a program without frames changes the room.

event create {
    network_create_server(network_socket_tcp, 7311, 1);
    network_connect_async(network_create_socket(network_socket_tcp), "127.0.0.1", 7311);
}
event async_network { room_goto(room_add()); }
event cleanup {
    show_debug_message("gone"); // expect: gone
    game_end();
}
