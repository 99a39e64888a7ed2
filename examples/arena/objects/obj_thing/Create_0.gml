/// @description Everything in the arena has a place and a size
depth = -y;
