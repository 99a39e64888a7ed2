// A chat room for web pages: index.html beside this file is its client.
// A message is a text of JSON, {"name": …} to join and {"text": …} from then on; all get {"name": …, "text": …}.

server = network_create_server_raw(network_socket_ws, 6510, 64);
if (server < 0) {
    show_error("cannot listen on port 6510", true);
}
names = {}; // of those who have joined, by socket

function tell_all(name, text) {
    var buffer = buffer_create(256, buffer_grow, 1);
    buffer_write(buffer, buffer_text, json_stringify({name: name, text: text}));
    var sockets = variable_struct_get_names(names);
    for (var i = 0; i < array_length(sockets); i++) {
        network_send_raw(real(sockets[i]), buffer, buffer_tell(buffer), network_send_text);
    }
    buffer_delete(buffer);
}

// The field of a message, as a text of at most 200 characters; empty when it has none.
function field(message, key) {
    return is_struct(message) && is_string(message[$ key]) ? string_copy(message[$ key], 1, 200) : "";
}

event async_network {
    var key = string(async_load[? "type"] == network_type_data ? async_load[? "id"] : async_load[? "socket"]);
    switch (async_load[? "type"]) {
        case network_type_data:
            var message = undefined;
            try {
                message = json_parse(buffer_read(async_load[? "buffer"], buffer_text));
            } catch (fault) {
                exit; // what is no JSON is not for us
            }
            if (variable_struct_exists(names, key)) {
                tell_all(names[$ key], field(message, "text"));
            } else if (field(message, "name") != "") {
                names[$ key] = field(message, "name");
                show_debug_message($"{names[$ key]} has joined");
                tell_all("", $"{names[$ key]} has joined");
            }
            break;

        case network_type_disconnect:
            if (variable_struct_exists(names, key)) {
                var name = names[$ key];
                variable_struct_remove(names, key);
                show_debug_message($"{name} has left");
                tell_all("", $"{name} has left");
            }
            break;
    }
}
