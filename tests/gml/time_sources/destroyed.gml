/// A destroyed time source is left alone; what never was one is an error.
function P(x) { show_debug_message(string(x)); }
var t = time_source_create(time_source_game, 1, time_source_units_frames, function() { P("never"); });
var number = real(t);
time_source_destroy(t);
time_source_start(t); time_source_stop(t); time_source_pause(t); time_source_resume(t); time_source_reset(t);
time_source_reconfigure(t, 1, time_source_units_frames, function() {});
time_source_start(number);
time_source_destroy(t);
P([time_source_exists(t), time_source_get_state(t), time_source_get_period(t)]); // expect: [ 0,undefined,undefined ]
try { time_source_start("word"); } catch (e) { P("ERR"); } // expect: ERR
try { time_source_start(undefined); } catch (e) { P("ERR"); } // expect: ERR
try { time_source_start(number + 100); } catch (e) { P("ERR"); } // expect: ERR
try { time_source_create(t, 1, time_source_units_frames, function() {}); } catch (e) { P("ERR"); } // expect: ERR
