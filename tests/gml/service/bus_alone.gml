// Without --redis, messages reach the program's own subscribers, after the event that sent them.
heard = [];
gmlrun_bus_subscribe("news", function(message, channel) { array_push(heard, channel + ": " + message); });
gmlrun_bus_subscribe("news", method({ list: heard }, function(message) { array_push(list, "second " + message); }));
show_debug_message(gmlrun_bus_publish("news", "one")); // expect: 1
show_debug_message(array_length(heard)); // expect: 0
gmlrun_bus_publish("other", "nobody listens");
alarm[0] = 3;
event alarm0 {
    show_debug_message(heard); // expect: [ "news: one","second one" ]
    gmlrun_bus_unsubscribe("news");
    gmlrun_bus_unsubscribe("never");
    gmlrun_bus_publish("news", "two");
    alarm[1] = 3;
}
event alarm1 {
    show_debug_message(array_length(heard)); // expect: 2
    game_end();
}
