/// @description Nobody left: no round
if (players_ready() == 0) room_goto(rm_lobby);
