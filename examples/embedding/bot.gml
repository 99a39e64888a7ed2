/// A client of examples/echo_server.gml; load.py runs many of them. The host gives it PORT and done(seconds).
socket = network_create_socket(network_socket_tcp);
buffer = buffer_create(32, buffer_grow, 1);
began = 0;

function say_hello() {
    began = get_timer();
    buffer_seek(buffer, buffer_seek_start, 0);
    buffer_write(buffer, buffer_string, "hello");
    network_send_packet(socket, buffer, buffer_tell(buffer));
}

network_connect_async(socket, "127.0.0.1", PORT);

event async_network {
    switch (async_load[? "type"]) {
        case network_type_non_blocking_connect:
            if (async_load[? "succeeded"]) say_hello(); else game_end(1);
            break;
        case network_type_data:
            done((get_timer() - began) / 1000000);
            game_end();
            break;
    }
}
