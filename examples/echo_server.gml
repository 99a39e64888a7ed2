// An echo server: what a client sends comes back to it.
// Any GameMaker game connects with network_connect(socket, "127.0.0.1", 6510).

server = network_create_server(network_socket_tcp, 6510, 32);
if (server < 0) {
    show_error("cannot listen on port 6510", true);
}

event async_network {
    switch (async_load[? "type"]) {
        case network_type_connect:
            show_debug_message($"client {async_load[? "socket"]} connected from {async_load[? "ip"]}");
            break;

        case network_type_data:
            network_send_packet(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);
            break;

        case network_type_disconnect:
            show_debug_message($"client {async_load[? "socket"]} left");
            break;
    }
}
