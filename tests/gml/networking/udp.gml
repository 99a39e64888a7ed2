// UDP: a server and a client in one game, with and without header, a broadcast, sockets bound to a port.

server = network_create_server(network_socket_udp, 6510, 8);
show_debug_message(server); // expect: 0
client = network_create_socket_ext(network_socket_udp, 7000);
show_debug_message(client); // expect: 1
show_debug_message(network_create_server(network_socket_udp, 6510, 8) < 0); // expect: 1
show_debug_message(network_create_socket_ext(network_socket_udp, 7000) < 0); // expect: 1
show_debug_message(network_create_socket_ext(network_socket_udp, -1) < 0); // expect: 1
show_debug_message(network_create_server_raw(network_socket_udp, 65536, 8) < 0); // expect: 1

buffer = buffer_create(16, buffer_grow, 1);
buffer_write(buffer, buffer_string, "hi");
stream = network_create_socket(network_socket_tcp);

show_debug_message(network_send_udp(77, "127.0.0.1", 6510, buffer, 3) < 0); // expect: 1
show_debug_message(network_send_udp(stream, "127.0.0.1", 6510, buffer, 3) < 0); // expect: 1
show_debug_message(network_send_udp(client, "127.0.0.1", -1, buffer, 3) < 0); // expect: 1
show_debug_message(network_send_udp(client, "127.0.0.1", 1000000, buffer, 3) < 0); // expect: 1
show_debug_message(network_send_udp(client, "127.0.0.1", 6510, buffer, -1) < 0); // expect: 1
show_debug_message(network_send_packet(client, buffer, 3) < 0); // expect: 1
show_debug_message(network_send_raw(server, buffer, 3) < 0); // expect: 1
show_debug_message(network_send_broadcast(stream, 6510, buffer, 3) < 0); // expect: 1
show_debug_message(network_connect(client, "127.0.0.1", 6510) < 0); // expect: 1
show_debug_message(network_connect_async(server, "127.0.0.1", 6510) < 0); // expect: 1
try { network_send_udp(client, "127.0.0.1", 6510, 1234, 3); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_send_udp(client, "127.0.0.1", 6510, buffer, "three"); } catch (e) { show_debug_message("ERR"); } // expect: ERR

show_debug_message(network_send_udp(client, "127.0.0.1", 6510, buffer, 3)); // expect: 15
step = 0;

event async_network {
    var data = async_load[? "buffer"], size = async_load[? "size"];
    show_debug_message($"{async_load[? "type"] == network_type_data} {async_load[? "id"]} {async_load[? "server"]} {async_load[? "ip"]} {async_load[? "port"]} {size} {async_load[? "message_type"]}");
    switch (step++) {
        case 0: // expect: 1 0 0 127.0.0.1 7000 3 undefined
            show_debug_message(buffer_read(data, buffer_string)); // expect: hi
            show_debug_message(network_send_udp(server, async_load[? "ip"], async_load[? "port"], data, size)); // expect: 15
            break;
        case 1: // expect: 1 1 undefined 127.0.0.1 6510 3 undefined
            show_debug_message(network_send_udp_raw(client, "127.0.0.1", 6510, data, 2)); // expect: 2
            break;
        case 2: // expect: 1 0 0 127.0.0.1 7000 2 undefined
            show_debug_message(network_send_broadcast(server, 7000, data, 2)); // expect: 14
            break;
        case 3: // expect: 1 1 undefined 127.0.0.1 6510 2 undefined
            network_destroy(client);
            network_destroy(server);
            show_debug_message(network_create_server(network_socket_udp, 6510, 8)); // expect: 0
            game_end();
            break;
    }
}
