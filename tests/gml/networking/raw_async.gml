// Connecting without waiting, without handshake and packet headers; and a server that is not there.

server = network_create_server_raw(network_socket_tcp, 6510, 2);
client = network_create_socket(network_socket_tcp);
lost = network_create_socket(network_socket_tcp);
network_connect_raw_async(client, "127.0.0.1", 6510);
network_connect_raw_async(lost, "127.0.0.1", 6511);
blocked = network_create_socket(network_socket_tcp);
show_debug_message(network_connect_raw(blocked, "127.0.0.1", 6512) < 0); // expect: 1

event async_network {
    switch (async_load[? "type"]) {
        case network_type_non_blocking_connect:
            if (async_load[? "id"] == lost) {
                show_debug_message($"lost {async_load[? "succeeded"]}");
            } else {
                show_debug_message($"client {async_load[? "succeeded"]}"); // expect: client 1
                var b = buffer_create(4, buffer_fixed, 1);
                buffer_write(b, buffer_u32, 7);
                show_debug_message(network_send_raw(client, b, 4)); // expect: 4 // expect: lost 0
            }
            break;
        case network_type_connect: // expect: connected
            show_debug_message("connected");
            break;
        case network_type_data: // expect: 4 7
            show_debug_message($"{async_load[? "size"]} {buffer_peek(async_load[? "buffer"], 0, buffer_u32)}");
            game_end();
            break;
    }
}
