// A lobby: players say their name, enter rooms, and chat with those in the same room.
//
// A packet is a kind (u8) and what belongs to it (strings).
//   to the server:   NAME name    JOIN room    CHAT text    LEAVE
//   to the players:  NOTICE text  CHAT name text  ROOM room names...

#macro PORT 6510
#macro MAX_PLAYERS 1000
#macro MAX_NAME 16
#macro MAX_TEXT 200

enum PACKET { NAME, JOIN, CHAT, LEAVE, NOTICE, ROOM }

server = network_create_server(network_socket_tcp, PORT, MAX_PLAYERS);
if (server < 0) {
    show_error($"cannot listen on port {PORT}", true);
}
players = ds_map_create(); // socket -> Player
rooms = {};                // name of a room -> array of Players
packet = buffer_create(256, buffer_grow, 1);

function Player(_socket) constructor {
    socket = _socket;
    name = $"guest {_socket}";
    chat_room = "";
}

// ------------------------------------------------------------------ sending

/// @desc Begins a packet.
function packet_begin(_kind) {
    buffer_seek(packet, buffer_seek_start, 0);
    buffer_write(packet, buffer_u8, _kind);
}

/// @desc Sends the packet to everybody in an array of players.
function packet_send(_players) {
    var _size = buffer_tell(packet);
    for (var i = 0; i < array_length(_players); i++) {
        network_send_packet(_players[i].socket, packet, _size);
    }
}

function notice(_players, _text) {
    packet_begin(PACKET.NOTICE);
    buffer_write(packet, buffer_string, _text);
    packet_send(_players);
}

/// @desc Tells everybody in a room who is there.
function send_room(_room) {
    var _members = rooms[$ _room];
    packet_begin(PACKET.ROOM);
    buffer_write(packet, buffer_string, _room);
    for (var i = 0; i < array_length(_members); i++) {
        buffer_write(packet, buffer_string, _members[i].name);
    }
    packet_send(_members);
}

// -------------------------------------------------------------------- rooms

function leave_room(_player) {
    var _room = _player.chat_room;
    if (_room == "") {
        return;
    }
    var _members = rooms[$ _room];
    array_delete(_members, array_get_index(_members, _player), 1);
    _player.chat_room = "";
    if (array_length(_members) == 0) {
        struct_remove(rooms, _room);
    } else {
        notice(_members, $"{_player.name} has left");
        send_room(_room);
    }
}

function join_room(_player, _room) {
    leave_room(_player);
    if (!struct_exists(rooms, _room)) {
        rooms[$ _room] = [];
    }
    notice(rooms[$ _room], $"{_player.name} has come");
    array_push(rooms[$ _room], _player);
    _player.chat_room = _room;
    send_room(_room);
}

// ---------------------------------------------------------------- receiving

/// @desc A text that a player has sent, as it may be shown to others: what clients send is never trusted.
function read_text(_buffer, _length) {
    return string_trim(string_copy(buffer_read(_buffer, buffer_string), 1, _length));
}

function name_taken(_name) {
    var _all = ds_map_values_to_array(players);
    return array_any(_all, method({ wanted: _name }, function(_player) { return _player.name == wanted; }));
}

function handle_name(_player, _buffer) {
    var _name = read_text(_buffer, MAX_NAME);
    if (_name == "" || name_taken(_name)) {
        notice([_player], "this name cannot be had");
        return;
    }
    _player.name = _name;
    notice([_player], $"hello, {_name}");
}

function handle_join(_player, _buffer) {
    var _room = read_text(_buffer, MAX_NAME);
    if (_room != "") {
        join_room(_player, _room);
    }
}

function handle_chat(_player, _buffer) {
    var _text = read_text(_buffer, MAX_TEXT);
    if (_player.chat_room == "" || _text == "") {
        return;
    }
    packet_begin(PACKET.CHAT);
    buffer_write(packet, buffer_string, _player.name);
    buffer_write(packet, buffer_string, _text);
    packet_send(rooms[$ _player.chat_room]);
}

event async_network {
    switch (async_load[? "type"]) {
        case network_type_connect:
            var _socket = async_load[? "socket"];
            players[? _socket] = new Player(_socket);
            break;

        case network_type_disconnect:
            var _gone = players[? async_load[? "socket"]];
            leave_room(_gone);
            ds_map_delete(players, _gone.socket);
            show_debug_message($"{_gone.name} is gone, {ds_map_size(players)} left");
            break;

        case network_type_data:
            var _player = players[? async_load[? "id"]];
            var _buffer = async_load[? "buffer"];
            if (async_load[? "size"] == 0) {
                break;
            }
            switch (buffer_read(_buffer, buffer_u8)) {
                case PACKET.NAME: handle_name(_player, _buffer); break;
                case PACKET.JOIN: handle_join(_player, _buffer); break;
                case PACKET.CHAT: handle_chat(_player, _buffer); break;
                case PACKET.LEAVE: leave_room(_player); break;
            }
            break;
    }
}
