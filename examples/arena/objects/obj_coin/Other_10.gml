/// @description Lie somewhere else, in no wall
do {
    x = random_range(radius, room_width - radius);
    y = random_range(radius, room_height - radius);
} until (!place_meeting(x, y, obj_wall));
