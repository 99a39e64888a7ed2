"""Functions that no version for servers has: those of consoles, shops and services, and of earlier versions."""

from __future__ import annotations

from gmlrun.runtime.absent import BOOL, HANDLE, NUMBER, TEXT

PLATFORMS = {
    "achievement": "Achievements",
    "ads": "Advertisements",
    "analytics": "Analytics",
    "d3d": "3D Drawing of 1.4",
    "cloud": "Cloud Saving",
    "facebook": "Facebook",
    "gdk": "the Xbox GDK",
    "iap": "In-App Purchases",
    "joystick": "Joysticks",
    "psn": "PlayStation",
    "ps4": "PlayStation",
    "ps5": "PlayStation",
    "push": "Push Notifications",
    "shop": "Shops",
    "steam": "Steam",
    "switch": "Nintendo Switch",
    "uwp": "Windows UWP",
    "mplay": "Multiplayer of Game Maker 8",
    "registry": "the Registry of Windows",
    "transition": "Transitions of Game Maker 8",
    "vita": "PlayStation Vita",
    "win8": "Windows 8",
    "winphone": "Windows Phone",
    "xboxlive": "Xbox Live",
    "xboxone": "Xbox One",
}
"""The families by what the names of their functions begin with."""

TILES = [
    "alpha",
    "background",
    "blend",
    "depth",
    "height",
    "left",
    "top",
    "visible",
    "width",
    "x",
    "xscale",
    "y",
    "yscale",
    "region",
    "position",
    "scale",
]
TILE_FUNCTIONS = [
    "add",
    "delete",
    "exists",
    "delete_at",
    "find",
    "get_count",
    "get_id",
    "get_ids",
    "get_ids_at_depth",
    "layer_delete",
    "layer_delete_at",
    "layer_depth",
    "layer_find",
    "layer_hide",
    "layer_shift",
    "layer_show",
]
SOUNDS = [
    "add",
    "delete",
    "discard",
    "exists",
    "fade",
    "get_kind",
    "get_name",
    "get_preload",
    "global_volume",
    "isplaying",
    "loop",
    "pan",
    "play",
    "replace",
    "restore",
    "stop",
    "stop_all",
    "volume",
]
BACKGROUNDS = [
    "add",
    "assign",
    "create_color",
    "create_colour",
    "create_from_surface",
    "create_gradient",
    "delete",
    "duplicate",
    "exists",
    "flush",
    "flush_multi",
    "get_height",
    "get_name",
    "get_texture",
    "get_uvs",
    "get_width",
    "prefetch",
    "prefetch_multi",
    "replace",
    "save",
    "set_alpha_from_background",
]

EXECUTION = [
    "execute_file",
    "execute_program",
    "execute_shell",
    "execute_string",
    "object_event_add",
    "object_event_clear",
    "script_get_text",
    "variable_local_array2_get",
    "variable_local_array2_set",
    "variable_local_array_get",
    "variable_local_array_set",
    "variable_local_exists",
    "variable_local_get",
    "variable_local_set",
]
DIALOGS = [
    "get_color",
    "get_colour",
    "get_directory",
    "get_directory_alt",
    "load_info",
    "message_alpha",
    "message_background",
    "message_button",
    "message_button_font",
    "message_caption",
    "message_input_color",
    "message_input_font",
    "message_mouse_color",
    "message_position",
    "message_size",
    "message_text_charset",
    "message_text_font",
    "show_image",
    "show_info",
    "show_menu",
    "show_menu_pos",
    "show_message_ext",
    "show_text",
    "show_video",
]
WINDOWS = [
    "background_create_from_screen",
    "disk_free",
    "disk_size",
    "io_handle",
    "keyboard_wait",
    "mouse_wait",
    "room_set_caption",
    "room_set_code",
    "room_set_speed",
    "screen_redraw",
    "screen_wait_vsync",
    "set_program_priority",
    "sound_3d_set_sound_cone",
    "sound_3d_set_sound_distance",
    "sound_3d_set_sound_position",
    "sound_3d_set_sound_velocity",
    "sound_effect_chorus",
    "sound_effect_echo",
    "sound_effect_reverb",
    "sound_effect_set",
    "sound_set_search_directory",
    "sprite_create_from_screen",
    "sprite_set_precise",
    "window_get_showicons",
    "window_get_sizeable",
    "window_get_stayontop",
    "window_set_showborder",
    "window_set_showicons",
    "window_set_sizeable",
    "window_set_stayontop",
]

RETIRED = {
    **dict.fromkeys(EXECUTION, "Executing Texts, of Game Maker 8"),
    **dict.fromkeys(DIALOGS, "Dialogs of Game Maker 8"),
    **dict.fromkeys(WINDOWS, "Game Maker 8"),
    **{f"tile_{word}_{what}": "Tiles of 1.4" for word in ("get", "set") for what in TILES},
    **{f"tile_{what}": "Tiles of 1.4" for what in TILE_FUNCTIONS},
    **{f"sound_{what}": "Sounds of 1.4" for what in SOUNDS},
    **{f"background_{what}": "Backgrounds of 1.4" for what in BACKGROUNDS},
    "draw_background": "Drawing",
    "draw_background_ext": "Drawing",
    "draw_background_general": "Drawing",
    "draw_background_part": "Drawing",
    "draw_background_part_ext": "Drawing",
    "draw_background_stretched": "Drawing",
    "draw_background_stretched_ext": "Drawing",
    "draw_background_tiled": "Drawing",
    "draw_background_tiled_ext": "Drawing",
    "draw_enable_alphablend": "Drawing",
    "draw_set_alpha_test": "Drawing",
    "draw_set_alpha_test_ref_value": "Drawing",
    "draw_get_alpha_test": "Drawing",
    "draw_get_alpha_test_ref_value": "Drawing",
    "draw_set_blend_mode": "Drawing",
    "draw_set_blend_mode_ext": "Drawing",
    "draw_set_color_write_enable": "Drawing",
    "draw_set_colour_write_enable": "Drawing",
    "font_replace": "Fonts",
    "object_get_depth": "Objects of 1.4",
    "object_set_depth": "Objects of 1.4",
    "room_set_background": "Rooms of 1.4",
    "room_set_background_color": "Rooms of 1.4",
    "room_set_background_colour": "Rooms of 1.4",
    "room_set_view": "Rooms of 1.4",
    "room_tile_add": "Rooms of 1.4",
    "room_tile_add_ext": "Rooms of 1.4",
    "room_tile_clear": "Rooms of 1.4",
    "screen_refresh": "Screens of 1.4",
    "set_automatic_draw": "Screens of 1.4",
    "set_synchronization": "Screens of 1.4",
    "texture_set_blending": "Textures",
    "texture_set_interpolation": "Textures",
    "texture_set_interpolation_ext": "Textures",
    "texture_set_repeat": "Textures",
    "texture_set_repeat_ext": "Textures",
    "window_get_region_height": "Windows of 1.4",
    "window_get_region_width": "Windows of 1.4",
    "window_set_region_scale": "Windows of 1.4",
    "window_set_region_size": "Windows of 1.4",
}
"""Functions of 1.4 and of Game Maker 8 that later versions do not have."""


QUESTIONS = frozenset(
    ("active", "available", "can", "check", "enabled", "exists", "has", "initialised", "initialized", "is", "isplaying")
)
QUESTIONS |= frozenset(("loaded", "playing", "question", "supported", "valid"))
TEXTS = frozenset(("caption", "language", "name", "string", "text", "url"))
AMOUNTS = frozenset(("alpha", "count", "depth", "gain", "height", "left", "number", "size", "time", "top", "width"))
AMOUNTS |= frozenset(("x", "xscale", "y", "yscale", "blend", "length", "position", "region", "scale", "visible"))


def kind_of_result(name: str) -> str:
    """The kind of what a function gives of which the manual says nothing, by the words of its name."""
    words = name.split("_")
    if QUESTIONS.intersection(words):
        return BOOL
    if words[-1] in TEXTS:
        return TEXT
    if words[-1] in AMOUNTS and "set" not in words:
        return NUMBER
    return HANDLE


def family_elsewhere(name: str) -> str:
    """The family of a function that only another platform or an earlier version has, or empty."""
    first, separator, rest = name.partition("_")
    if not separator or not rest or rest != rest.lower():
        return ""
    return RETIRED.get(name) or PLATFORMS.get(first, "")
