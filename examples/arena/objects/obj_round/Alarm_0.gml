/// @description The round is over
var _ranking = [];
with (obj_player) {
    if (joined) array_push(_ranking, self);
}
array_sort(_ranking, function(_a, _b) { return _b.points - _a.points; });

var _packet = obj_server.packet;
packet_begin(_packet, MESSAGE.RESULT);
buffer_write(_packet, buffer_u8, array_length(_ranking));
for (var _i = 0; _i < array_length(_ranking); _i++) {
    buffer_write(_packet, buffer_string, _ranking[_i].player_name);
    buffer_write(_packet, buffer_u16, _ranking[_i].points);
}
packet_send_all(_packet);
show_debug_message($"{_ranking[0].player_name} wins");
room_goto(rm_lobby);
