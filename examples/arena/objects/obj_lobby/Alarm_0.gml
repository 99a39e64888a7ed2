/// @description Go
room_goto(rm_arena);
