// A player of the arena who runs for the nearest coin, and ends after a round. This file is no part of the project;
// the packets are those of its script:
//
//     gmlrun examples/arena/client.gml examples/arena/scripts/arena_protocol/arena_protocol.gml -- Ada

player_name = parameter_count() > 0 ? parameter_string(1) : "somebody";
host = "127.0.0.1";
seat = -1;
heading = "";
place = { x: 0, y: 0 }; // where I was when I last heard
detour = 0;             // so many more packets I walk around what is in the way
packet = buffer_create(64, buffer_grow, 1);
socket = network_create_socket(network_socket_tcp);
network_connect_async(socket, host, ARENA_PORT);

/// @desc Says who I am, once there is somebody to say it to.
function join(_succeeded) {
    if (!_succeeded) {
        show_debug_message($"nobody listens at {host}");
        game_end(1);
        return;
    }
    packet_begin(packet, MESSAGE.JOIN);
    buffer_write(packet, buffer_string, player_name);
    packet_send(socket, packet);
}

/// @desc Where the packet says that I am, as {x, y}; the reading goes on behind the players.
function read_own_place(_buffer) {
    var _place = undefined;
    repeat (buffer_read(_buffer, buffer_u8)) {
        var _seat = buffer_read(_buffer, buffer_u8);
        buffer_read(_buffer, buffer_u16);
        var _x = buffer_read(_buffer, buffer_f32), _y = buffer_read(_buffer, buffer_f32);
        if (_seat == seat) _place = { x: _x, y: _y };
    }
    return _place;
}

/// @desc The nearest coin of the packet, as {x, y}.
function read_nearest_coin(_buffer, _place) {
    var _nearest = _place, _best = infinity;
    repeat (buffer_read(_buffer, buffer_u8)) {
        var _x = buffer_read(_buffer, buffer_f32), _y = buffer_read(_buffer, buffer_f32);
        var _distance = point_distance(_place.x, _place.y, _x, _y);
        if (_distance < _best) {
            _best = _distance;
            _nearest = { x: _x, y: _y };
        }
    }
    return _nearest;
}

/// @desc Tells the server where to walk, when that has changed.
function walk(_across, _down) {
    var _heading = $"{_across} {_down}";
    if (_heading == heading) return;
    heading = _heading;
    packet_begin(packet, MESSAGE.MOVE);
    buffer_write(packet, buffer_s8, _across);
    buffer_write(packet, buffer_s8, _down);
    packet_send(socket, packet);
}

function show_result(_buffer) {
    repeat (buffer_read(_buffer, buffer_u8)) {
        var _name = buffer_read(_buffer, buffer_string);
        show_debug_message($"{_name}: {buffer_read(_buffer, buffer_u16)} points");
    }
}

/// @desc Does what a packet says.
function packet_receive(_buffer) {
    switch (buffer_read(_buffer, buffer_u8)) {
        case MESSAGE.WELCOME:
            seat = buffer_read(_buffer, buffer_u8);
            break;
        case MESSAGE.STATE:
            var _place = read_own_place(_buffer);
            if (is_undefined(_place)) break;
            var _coin = read_nearest_coin(_buffer, _place);
            if (detour > 0) detour--;
            else if (point_distance(_place.x, _place.y, place.x, place.y) < 0.5) detour = 25;
            place = _place;
            var _direction = point_direction(_place.x, _place.y, _coin.x, _coin.y) + (detour > 0 ? 100 : 0);
            walk(round(lengthdir_x(100, _direction)), round(lengthdir_y(100, _direction)));
            break;
        case MESSAGE.RESULT:
            show_result(_buffer);
            game_end();
            break;
    }
}

event async_network {
    switch (async_load[? "type"]) {
        case network_type_non_blocking_connect:
            join(async_load[? "succeeded"]);
            break;
        case network_type_data:
            packet_receive(async_load[? "buffer"]);
            break;
        case network_type_disconnect:
            show_debug_message("the server has gone");
            game_end(1);
            break;
    }
}

event cleanup {
    network_destroy(socket);
    buffer_delete(packet);
}
