// What is known of the machine, and what a phone or a console would have.
function P(v) { show_debug_message(v); }
P([string_length(os_get_language()), string_length(os_get_region()) == 2 || os_get_region() == ""]); // expect: [ 2,1 ]
var info = os_get_info(); P([ds_exists(info, ds_type_map), is_bool(info[? "is64bit"])]); ds_map_destroy(info); // expect: [ 1,1 ]
P([os_check_permission("camera") == os_permission_granted, os_permission_granted, os_permission_denied]); // expect: [ 1,1,0 ]
os_request_permission("camera", "microphone"); os_lock_orientation(true); os_set_orientation_lock(true, false); os_powersave_enable(true);
P([os_device == device_ios_unknown, os_version, GM_is_sandboxed, GM_build_type, gamemaker_pro, gamemaker_registered, gamemaker_version >= 2022]); // expect: [ 1,0,1,"exe",1,1,1 ]
P([is_string(GM_version), is_string(GM_runtime_version), date_get_year(GM_build_date) >= 2024, filename_name(GM_project_filename)]); // expect: [ 1,1,1,"stubs.gml" ]
P(GM_project_filename == working_directory + "stubs.gml" || string_ends_with(GM_project_filename, "/os/stubs.gml")); // expect: 1
P(scheduler_resolution_get()); // expect: -1
scheduler_resolution_set(4); P(scheduler_resolution_get()); // expect: 4
gml_pragma("forceinline"); gml_pragma("UnityBuild", "true"); gml_release_mode(true);
P(external_call(external_define("none.dll", "f", dll_cdecl, ty_real, 1, ty_real), 5)); // expect: 0
external_free("none.dll");
P([string_ends_with(working_directory, "/"), program_directory == working_directory, string_ends_with(game_save_id, "/")]); // expect: [ 1,1,1 ]
P([string_starts_with(temp_directory, game_save_id), string_starts_with(cache_directory, game_save_id), temp_directory != cache_directory]); // expect: [ 1,1,1 ]
