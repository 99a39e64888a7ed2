/// @description A player who has connected; obj_server gives the socket and the seat
event_inherited();
player_name = "";
joined = false;
points = 0;
across = 0;
down = 0;
