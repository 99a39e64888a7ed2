/// @description Walk, and slide along the walls
if (room != rm_arena) exit;

move_and_collide(across * walk_speed, down * walk_speed, obj_wall);
x = clamp(x, radius, room_width - radius);
y = clamp(y, radius, room_height - radius);
