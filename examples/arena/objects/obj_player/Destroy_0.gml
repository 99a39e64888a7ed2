/// @description Gone
if (joined) show_debug_message($"{player_name} leaves");
