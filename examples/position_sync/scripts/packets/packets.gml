// What the server and the client have in common: the packets and the rules of movement.

#macro PORT 6510
#macro MAX_PLAYERS 64
#macro WORLD_WIDTH 1024
#macro WORLD_HEIGHT 768
#macro MOVE_SPEED 4
#macro STEPS_PER_UPDATE 3

enum PACKET {
    WELCOME, // server: your id (u16)
    INPUT,   // client: number of the input (u32), keys that are held (u8)
    STATE,   // server: how many players (u16), each: id (u16), number of the last input that counts (u32), x, y (f32)
    LEFT     // server: id of the player (u16)
}

enum KEY {
    RIGHT = 1,
    UP = 2,
    LEFT = 4,
    DOWN = 8
}

/// @desc Moves a player by one step.
function move_player(_player, _keys) {
    var _h = ((_keys & KEY.RIGHT) != 0) - ((_keys & KEY.LEFT) != 0);
    var _v = ((_keys & KEY.DOWN) != 0) - ((_keys & KEY.UP) != 0);
    _player.x = clamp(_player.x + _h * MOVE_SPEED, 0, WORLD_WIDTH);
    _player.y = clamp(_player.y + _v * MOVE_SPEED, 0, WORLD_HEIGHT);
}

/// @desc Begins a packet in a buffer that is used again and again.
function packet_begin(_buffer, _kind) {
    buffer_seek(_buffer, buffer_seek_start, 0);
    buffer_write(_buffer, buffer_u8, _kind);
}

function packet_send(_socket, _buffer) {
    return network_send_packet(_socket, _buffer, buffer_tell(_buffer));
}
