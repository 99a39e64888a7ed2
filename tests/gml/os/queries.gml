// What the machine answers.
show_debug_message(os_type == os_linux || os_type == os_windows || os_type == os_macosx); // expect: 1
show_debug_message(os_browser == browser_not_a_browser); // expect: 1
show_debug_message(GM_runtime_type); // expect: gms2
show_debug_message(parameter_count()); // expect: 0
show_debug_message(parameter_string(0)); // expect: queries
show_debug_message(parameter_string(7) == ""); // expect: 1
show_debug_message(environment_get_variable("GMLRUN_NO_SUCH") == ""); // expect: 1
show_debug_message(os_get_config()); // expect: Default
show_debug_message(os_is_network_connected()); // expect: 1
show_debug_message(os_is_paused()); // expect: 0
show_debug_message(external_define("x.dll", "f", dll_cdecl, ty_real, 0)); // expect: -1
