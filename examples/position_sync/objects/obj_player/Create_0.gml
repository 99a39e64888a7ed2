/// @desc One player, as the server knows them.

socket = -1;
number = 0;
keys = 0;
last_input = 0;
