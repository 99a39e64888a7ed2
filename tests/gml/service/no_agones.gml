// Without --agones there is no engine to talk to.
show_debug_message(gmlrun_agones_ready()); // expect: 0
show_debug_message(gmlrun_agones_allocate()); // expect: 0
show_debug_message(gmlrun_agones_label("mode", "duel")); // expect: 0
show_debug_message(gmlrun_agones_annotation("map", "forest")); // expect: 0
show_debug_message(gmlrun_agones_shutdown()); // expect: 0
