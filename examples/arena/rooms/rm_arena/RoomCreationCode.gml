// A few more coins, elsewhere in each round.
repeat (3) {
    instance_create_layer(random_range(50, room_width - 50), random_range(50, room_height - 50), "Instances", obj_coin);
}
