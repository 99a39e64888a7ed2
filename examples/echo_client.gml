// Connects to echo_server.gml, sends three packets, shows what comes back, and ends.

socket = network_create_socket(network_socket_tcp);
packets = ["hello", "from", "GML"];
answers = 0;

if (network_connect(socket, "127.0.0.1", 6510) < 0) {
    show_error("there is no server on port 6510", true);
}

for (var i = 0; i < array_length(packets); i++) {
    var buffer = buffer_create(64, buffer_grow, 1);
    buffer_write(buffer, buffer_string, packets[i]);
    var sent = network_send_packet(socket, buffer, buffer_tell(buffer));
    show_debug_message($"sent \"{packets[i]}\": {sent} bytes");
    buffer_delete(buffer);
}

event async_network {
    if (async_load[? "type"] != network_type_data) {
        exit;
    }
    var text = buffer_read(async_load[? "buffer"], buffer_string);
    show_debug_message($"received \"{text}\": {async_load[? "size"]} bytes");
    answers++;
    if (answers == array_length(packets)) {
        network_destroy(socket);
        game_end();
    }
}
