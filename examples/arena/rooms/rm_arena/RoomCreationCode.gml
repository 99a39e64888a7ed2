// A few more coins, elsewhere in each round.
repeat (3) {
    with (instance_create_layer(0, 0, "Instances", obj_coin)) event_user(0);
}
