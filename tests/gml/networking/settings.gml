// Settings of the network and of sockets; what is no socket is passed over, what is no setting is an error.

server = network_create_server(network_socket_tcp, 6510, 4);
network_set_config(network_config_avoid_time_wait, server);
network_set_config(network_config_websocket_protocol, "chat");
network_set_config(network_config_connect_timeout, 1000);
network_set_config(network_config_use_non_blocking_socket, 1);
network_set_config(network_config_message_size_limit, 100);
network_set_config(network_config_message_size_limit, 77, 100);
network_set_config(network_config_avoid_time_wait, -1);
network_set_timeout(77, 1, 1);
network_set_timeout(server, -1, -1);
try { network_set_config(99, 1); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_set_config(network_config_connect_timeout, "soon"); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_set_config(network_config_message_size_limit, server, "much"); } catch (e) { show_debug_message("ERR"); } // expect: ERR

client = network_create_socket(network_socket_tcp);
packet = buffer_create(200, buffer_fixed, 1);
show_debug_message(network_connect(client, "127.0.0.1", 6510) == client); // expect: 1
show_debug_message(network_send_packet(client, packet, 1) < 0); // expect: 1

event async_network {
    switch (async_load[? "type"]) {
        case network_type_non_blocking_connect:
            network_send_packet(client, packet, 100);
            network_send_packet(client, packet, 101);
            break;
        case network_type_connect:
            network_set_config(network_config_message_size_limit, async_load[? "socket"], 100);
            break;
        case network_type_data:
            show_debug_message(async_load[? "size"]); // expect: 100
            break;
        case network_type_disconnect:
            show_debug_message("over the limit"); // expect: over the limit
            game_end();
            break;
    }
}
