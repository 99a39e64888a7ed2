"""Events by hand: running them, and what the one that runs is. Manual: Asset_Management/Objects/Object_Events."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Int
from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import COLLISION, OTHER, EventNumber
from gmlrun.engine.instances import Instance, ObjectType
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.containers import DsMap, Handles
from gmlrun.values.conversions import to_int
from gmlrun.values.model import Value
from gmlrun.values.text import quoted

chapter = Chapter("Asset_Management/Objects/Object_Events")

USER_EVENT = 10


def event_of(rt: Runtime, type: Value, numb: Value) -> EventNumber:
    """An event by its two numbers; raises GmlError for values that are none."""
    for value in (type, numb):
        if not isinstance(value, (float, int, ObjectType)):
            raise GmlError(f"an event is named by two numbers, not by {quoted(value)}")
    if isinstance(numb, ObjectType):
        return COLLISION, numb.index
    return to_int(type), to_int(numb)


@chapter
def event_perform(rt: Runtime, world: World, self: Value, other: Value, type: Value, numb: Value) -> None:
    """Runs one of this instance's events at once, its own or an inherited one."""
    event = event_of(rt, type, numb)
    if isinstance(self, Instance):
        world.dispatch.perform(self, event, other)


@chapter
def event_perform_object(
    rt: Runtime, world: World, self: Value, other: Value, obj: Value, type: Value, numb: Value
) -> None:
    """Runs an event of another object at once, in this instance."""
    event = event_of(rt, type, numb)
    kind = world.object_of(obj)
    if kind is None:
        raise GmlError(f"event_perform_object: there is no object {quoted(obj)}")
    if isinstance(self, Instance):
        world.dispatch.perform_as(kind, self, event, other)


@chapter
def event_user(rt: Runtime, world: World, self: Value, other: Value, numb: Int) -> None:
    """Runs one of this instance's user events, 0 to 15, at once; for another number nothing happens."""
    if not 0 <= numb < 16:
        rt.warn_once("event_user", f"event_user({numb}) does nothing: there are the events 0 to 15")
    elif isinstance(self, Instance):
        world.dispatch.perform(self, (OTHER, USER_EVENT + numb), other)


@chapter
def event_inherited(world: World, self: Value, other: Value) -> None:
    """Runs the parent object's code for the event that is running."""
    world.dispatch.inherited(self, other)


@chapter
def event_perform_async(async_events: AsyncEvents, handles: Handles, type: Int, ds_map: Value) -> None:
    """Runs an async event in every instance that has it, with a map as its `async_load`, freed afterwards."""
    async_events.run_with(type, handles.get(DsMap, ds_map))


# ---------------------------------------------------------------- what is running


def event_type(rt: Runtime) -> float:
    """The type of the event that is running, an `ev_` constant; 0 outside one."""
    running = rt.service(World).dispatch.running
    return float(running[-1].number[0]) if running else 0.0


def event_number(rt: Runtime) -> Value:
    """The number of the event that is running; for a collision the other object."""
    world = rt.service(World)
    if not world.dispatch.running:
        return 0.0
    type_, number = world.dispatch.running[-1].number
    return world.object_of(number) if type_ == COLLISION else float(number)


def event_object(rt: Runtime) -> Value:
    """The object whose code is running; -1 outside an event."""
    running = rt.service(World).dispatch.running
    return running[-1].owner if running else -1.0


def event_action(rt: Runtime) -> float:
    """The number of the action in its event: events have only one."""
    return 0.0


def event_data(rt: Runtime) -> Value:
    """The map of a broadcast event or of a gesture; -1 in any other event."""
    return rt.service(World).dispatch.event_data


chapter.variable(event_type)
chapter.variable(event_number)
chapter.variable(event_object)
chapter.variable(event_action)
variables = Chapter("GML_Overview/Variables/Builtin_Global_Variables")


def argument_relative(rt: Runtime) -> bool:
    """Whether an old action was to be relative: never, since there are none."""
    return False


variables.variable(argument_relative)
chapter.variable(event_data)

CONSTANTS: dict[str, float] = {
    "ev_alarm": 2.0,
    "ev_animation_end": 7.0,
    "ev_animation_event": 59.0,
    "ev_animation_update": 58.0,
    "ev_async_audio_playback": 74.0,
    "ev_async_audio_playback_ended": 80.0,
    "ev_async_audio_recording": 73.0,
    "ev_async_dialog": 63.0,
    "ev_async_push_notification": 71.0,
    "ev_async_save_load": 72.0,
    "ev_async_social": 70.0,
    "ev_async_system_event": 75.0,
    "ev_async_web": 62.0,
    "ev_async_web_cloud": 67.0,
    "ev_async_web_iap": 66.0,
    "ev_async_web_image_load": 60.0,
    "ev_async_web_networking": 68.0,
    "ev_async_web_steam": 69.0,
    "ev_audio_playback": 74.0,
    "ev_audio_playback_ended": 80.0,
    "ev_audio_recording": 73.0,
    "ev_boundary": 1.0,
    "ev_boundary_view0": 50.0,
    "ev_boundary_view1": 51.0,
    "ev_boundary_view2": 52.0,
    "ev_boundary_view3": 53.0,
    "ev_boundary_view4": 54.0,
    "ev_boundary_view5": 55.0,
    "ev_boundary_view6": 56.0,
    "ev_boundary_view7": 57.0,
    "ev_broadcast_message": 76.0,
    "ev_cleanup": 12.0,
    "ev_close_button": 30.0,
    "ev_collision": 4.0,
    "ev_create": 0.0,
    "ev_destroy": 1.0,
    "ev_dialog_async": 63.0,
    "ev_draw": 8.0,
    "ev_draw_begin": 72.0,
    "ev_draw_end": 73.0,
    "ev_draw_normal": 0.0,
    "ev_draw_post": 77.0,
    "ev_draw_pre": 76.0,
    "ev_end_of_path": 8.0,
    "ev_game_end": 3.0,
    "ev_game_start": 2.0,
    "ev_gesture": 13.0,
    "ev_gesture_double_tap": 1.0,
    "ev_gesture_drag_end": 4.0,
    "ev_gesture_drag_start": 2.0,
    "ev_gesture_dragging": 3.0,
    "ev_gesture_flick": 5.0,
    "ev_gesture_pinch_end": 9.0,
    "ev_gesture_pinch_in": 7.0,
    "ev_gesture_pinch_out": 8.0,
    "ev_gesture_pinch_start": 6.0,
    "ev_gesture_rotate_end": 12.0,
    "ev_gesture_rotate_start": 10.0,
    "ev_gesture_rotating": 11.0,
    "ev_gesture_tap": 0.0,
    "ev_global_gesture_double_tap": 65.0,
    "ev_global_gesture_drag_end": 68.0,
    "ev_global_gesture_drag_start": 66.0,
    "ev_global_gesture_dragging": 67.0,
    "ev_global_gesture_flick": 69.0,
    "ev_global_gesture_pinch_end": 73.0,
    "ev_global_gesture_pinch_in": 71.0,
    "ev_global_gesture_pinch_out": 72.0,
    "ev_global_gesture_pinch_start": 70.0,
    "ev_global_gesture_rotate_end": 76.0,
    "ev_global_gesture_rotate_start": 74.0,
    "ev_global_gesture_rotating": 75.0,
    "ev_global_gesture_tap": 64.0,
    "ev_global_left_button": 50.0,
    "ev_global_left_press": 53.0,
    "ev_global_left_release": 56.0,
    "ev_global_middle_button": 52.0,
    "ev_global_middle_press": 55.0,
    "ev_global_middle_release": 58.0,
    "ev_global_right_button": 51.0,
    "ev_global_right_press": 54.0,
    "ev_global_right_release": 57.0,
    "ev_gui": 64.0,
    "ev_gui_begin": 74.0,
    "ev_gui_end": 75.0,
    "ev_joystick1_button1": 21.0,
    "ev_joystick1_button2": 22.0,
    "ev_joystick1_button3": 23.0,
    "ev_joystick1_button4": 24.0,
    "ev_joystick1_button5": 25.0,
    "ev_joystick1_button6": 26.0,
    "ev_joystick1_button7": 27.0,
    "ev_joystick1_button8": 28.0,
    "ev_joystick1_down": 19.0,
    "ev_joystick1_left": 16.0,
    "ev_joystick1_right": 17.0,
    "ev_joystick1_up": 18.0,
    "ev_joystick2_button1": 36.0,
    "ev_joystick2_button2": 37.0,
    "ev_joystick2_button3": 38.0,
    "ev_joystick2_button4": 39.0,
    "ev_joystick2_button5": 40.0,
    "ev_joystick2_button6": 41.0,
    "ev_joystick2_button7": 42.0,
    "ev_joystick2_button8": 43.0,
    "ev_joystick2_down": 34.0,
    "ev_joystick2_left": 31.0,
    "ev_joystick2_right": 32.0,
    "ev_joystick2_up": 33.0,
    "ev_keyboard": 5.0,
    "ev_keypress": 9.0,
    "ev_keyrelease": 10.0,
    "ev_left_button": 0.0,
    "ev_left_press": 4.0,
    "ev_left_release": 7.0,
    "ev_middle_button": 2.0,
    "ev_middle_press": 6.0,
    "ev_middle_release": 9.0,
    "ev_mouse": 6.0,
    "ev_mouse_enter": 10.0,
    "ev_mouse_leave": 11.0,
    "ev_mouse_wheel_down": 61.0,
    "ev_mouse_wheel_up": 60.0,
    "ev_no_button": 3.0,
    "ev_no_more_health": 9.0,
    "ev_no_more_lives": 6.0,
    "ev_other": 7.0,
    "ev_outside": 0.0,
    "ev_outside_view0": 40.0,
    "ev_outside_view1": 41.0,
    "ev_outside_view2": 42.0,
    "ev_outside_view3": 43.0,
    "ev_outside_view4": 44.0,
    "ev_outside_view5": 45.0,
    "ev_outside_view6": 46.0,
    "ev_outside_view7": 47.0,
    "ev_pre_create": 14.0,
    "ev_push_notification": 71.0,
    "ev_right_button": 1.0,
    "ev_right_press": 5.0,
    "ev_right_release": 8.0,
    "ev_room_end": 5.0,
    "ev_room_start": 4.0,
    "ev_social": 70.0,
    "ev_step": 3.0,
    "ev_step_begin": 1.0,
    "ev_step_end": 2.0,
    "ev_step_normal": 0.0,
    "ev_system_event": 75.0,
    "ev_trigger": 11.0,
    "ev_user0": 10.0,
    "ev_user1": 11.0,
    "ev_user10": 20.0,
    "ev_user11": 21.0,
    "ev_user12": 22.0,
    "ev_user13": 23.0,
    "ev_user14": 24.0,
    "ev_user15": 25.0,
    "ev_user2": 12.0,
    "ev_user3": 13.0,
    "ev_user4": 14.0,
    "ev_user5": 15.0,
    "ev_user6": 16.0,
    "ev_user7": 17.0,
    "ev_user8": 18.0,
    "ev_user9": 19.0,
    "ev_web_async": 62.0,
    "ev_web_cloud": 67.0,
    "ev_web_iap": 66.0,
    "ev_web_image_load": 60.0,
    "ev_web_networking": 68.0,
    "ev_web_sound_load": 61.0,
    "ev_web_steam": 69.0,
}
