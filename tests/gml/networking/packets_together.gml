// Packets that come together are events of their own, whatever the event of one does to its map and buffer.

server = network_create_server(network_socket_tcp, 6510, 2);
client = network_create_socket(network_socket_tcp);
network_connect(client, "127.0.0.1", 6510);
count = 0;
buffer = buffer_create(16, buffer_grow, 1);
for (var i = 1; i <= 7; i++) {
    buffer_seek(buffer, buffer_seek_start, 0);
    repeat (i) buffer_write(buffer, buffer_u8, i);
    network_send_packet(client, buffer, i);
}

function told() {
    return $"{async_load[? "size"]} of {buffer_read(async_load[? "buffer"], buffer_u8)}";
}

event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    count++;
    show_debug_message($"{count}: {told()} {ds_map_size(async_load)} {async_load[? "mine"]} {buffer_get_size(async_load[? "buffer"])}");
    switch (count) {
        case 1: // expect: 1: 1 of 1 8 undefined 1
            async_load[? "mine"] = 1;
            async_load[? "size"] = 99;
            show_debug_message($"{async_load[? "size"]} {async_load[? "mine"]}"); // expect: 99 1
            break;
        case 2: // expect: 2: 2 of 2 8 undefined 2
            ds_map_clear(async_load);
            show_debug_message(async_load[? "size"]); // expect: undefined
            break;
        case 3: // expect: 3: 3 of 3 8 undefined 3
            var map = async_load;
            ds_map_destroy(map);
            try { show_debug_message(async_load[? "size"]); } catch (e) { show_debug_message("ERR"); } // expect: ERR
            show_debug_message(ds_exists(map, ds_type_map)); // expect: 0
            break;
        case 4: // expect: 4: 4 of 4 8 undefined 4
            buffer_delete(async_load[? "buffer"]);
            break;
        case 5: // expect: 5: 5 of 5 8 undefined 5
            ds_map_add_map(async_load, "owned", ds_map_create());
            other_map = ds_map_create();
            other_map[? "size"] = 77;
            other_map[? "type"] = 0;
            event_perform_async(ev_async_web_networking, other_map);
            show_debug_message(async_load[? "size"]); // expect: 5
            break;
        default: // expect: 6: 6 of 6 8 undefined 6
            // The seventh packet is dropped with its socket.
            network_destroy(async_load[? "id"]);
            alarm[0] = 2;
    }
}

event alarm0 {
    show_debug_message(count); // expect: 6
    game_end();
}
