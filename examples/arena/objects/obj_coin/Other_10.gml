/// @description Picked up: lie somewhere else
x = random_range(radius, room_width - radius);
y = random_range(radius, room_height - radius);
