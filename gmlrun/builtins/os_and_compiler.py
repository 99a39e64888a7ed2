"""Questions of a program to the machine, and about its own start. Manual: OS_And_Compiler."""

from __future__ import annotations

import sys
from pathlib import Path

from gmlrun.builtins.registry import Bool, Chapter, Int, Real, String
from gmlrun.engine.environment import Environment
from gmlrun.execution.headless import passed_over
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.containers import DsMap, Handles
from gmlrun.values.model import Value
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

chapter = Chapter("OS_And_Compiler")

NO_LIBRARIES = "external functions: native libraries cannot be loaded here"

CONSTANTS: dict[str, Any] = {
    "browser_not_a_browser": -1.0,
    "browser_unknown": 0.0,
    "browser_ie": 1.0,
    "browser_firefox": 2.0,
    "browser_chrome": 3.0,
    "browser_safari": 4.0,
    "browser_safari_mobile": 5.0,
    "browser_opera": 6.0,
    "browser_windows_store": 8.0,
    "browser_tizen": 9.0,
    "browser_ie_mobile": 10.0,
    "browser_edge": 11.0,
    "device_ios_unknown": -1.0,
    "device_ios_iphone": 0.0,
    "device_ios_iphone_retina": 1.0,
    "device_ios_ipad": 2.0,
    "device_ios_ipad_retina": 3.0,
    "device_ios_iphone5": 4.0,
    "device_ios_iphone6": 5.0,
    "device_ios_iphone6plus": 6.0,
    "device_emulator": 256.0,
    "device_tablet": 2.0,
    "dll_cdecl": 0.0,
    "dll_stdcall": 1.0,
    "ty_real": 0.0,
    "ty_string": 1.0,
    "network_connect_none": 0.0,
    "network_connect_blocking": 1.0,
    "network_connect_nonblocking": 2.0,
    "network_connect_active": 2.0,
    "network_connect_passive": 3.0,
    "os_unknown": -1.0,
    "os_windows": 0.0,
    "os_win32": 0.0,
    "os_macosx": 1.0,
    "os_psp": 2.0,
    "os_ios": 3.0,
    "os_android": 4.0,
    "os_symbian": 5.0,
    "os_linux": 6.0,
    "os_winphone": 7.0,
    "os_tizen": 8.0,
    "os_win8native": 9.0,
    "os_wiiu": 10.0,
    "os_3ds": 11.0,
    "os_psvita": 12.0,
    "os_bb10": 13.0,
    "os_ps4": 14.0,
    "os_xboxone": 15.0,
    "os_ps3": 16.0,
    "os_xbox360": 17.0,
    "os_uwp": 18.0,
    "os_tvos": 20.0,
    "os_switch": 21.0,
    "os_ps5": 22.0,
    "os_gdk": 23.0,
    "os_xboxseriesxs": 23.0,
    "os_gxgames": 24.0,
    "os_operagx": 24.0,
    "os_switch2": 25.0,
    "os_permission_denied_dont_request": -1.0,
    "os_permission_denied": 0.0,
    "os_permission_granted": 1.0,
}


class Scheduler(GamePart):
    """The timer resolution that a program has asked for, in milliseconds; nothing depends on it here."""

    def __init__(self, rt: Runtime) -> None:
        self.resolution = -1.0


@chapter.variable
def gamemaker_pro(rt: Runtime) -> bool:
    """Whether old programs may use everything, which they may."""
    return True


@chapter.variable
def gamemaker_registered(rt: Runtime) -> bool:
    """Whether old programs may use everything, which they may."""
    return True


@chapter.variable
def gamemaker_version(rt: Runtime) -> float:
    """The version of GameMaker that gmlrun follows, as old programs ask for it."""
    return 2024.0


@chapter.variable
def GM_build_date(rt: Runtime) -> float:
    """The date at which the program was built: now, since it is built when it is started."""
    return rt.clock.now() / 86400 + 25569


@chapter.variable
def GM_project_filename(rt: Runtime) -> str:
    """The whole path of the project's or program's file; its name alone where a program may not read, or has none."""
    settings = rt.settings
    if settings.permissions is not None:
        return settings.program_name
    folder = Path(settings.program_dir).absolute()
    named = (folder / f"{settings.program_name}{ending}" for ending in (".yyp", ".project.gmx", ".gml"))
    found = next(filter(Path.is_file, named), None) or next(folder.glob("*.yyp"), None)
    return settings.program_name if found is None else clean(str(found))


@chapter
def parameter_count(rt: Runtime) -> Real:
    """How many arguments the program was started with."""
    return len(rt.settings.arguments)


@chapter
def parameter_string(rt: Runtime, n: Int) -> str:
    """An argument that the program was started with, from 1 on; 0 is the program's name, others are empty."""
    given = [rt.settings.program_name, *rt.settings.arguments]
    return clean(given[n]) if 0 <= n < len(given) else ""


@chapter
def environment_get_variable(environment: Environment, name: String) -> str:
    """A variable of the process's environment, empty when it is not set."""
    return environment.get(name)


@chapter
def os_get_info(handles: Handles) -> Value:
    """A new ds_map with what is known of the machine: `is64bit`."""
    made = handles.add(DsMap())
    made.set("is64bit", sys.maxsize > 2**32)
    return made


@chapter
def os_is_network_connected(attempt_connection: Int = 0) -> bool:
    """Whether there is a network: taken to be so."""
    return True


@chapter
def os_is_paused() -> bool:
    """Whether the game has lost the focus: never without a screen."""
    return False


@chapter
def os_check_permission(permission: String) -> float:
    """Whether the user has given a permission: always os_permission_granted."""
    granted: float = CONSTANTS["os_permission_granted"]
    return granted


@chapter
def os_request_permission(permission: String, *permissions: String) -> None:
    """Would ask the user for permissions, which are all given."""


@chapter
def os_lock_orientation(flag: Bool) -> None:
    """Would lock the orientation of a screen."""


@chapter
def os_set_orientation_lock(landscape_enable: Bool, portrait_enable: Bool) -> None:
    """Would set which orientations a screen may have."""


@chapter
def os_powersave_enable(flag: Bool) -> None:
    """Would let a screen save power."""


@chapter
def scheduler_resolution_get(scheduler: Scheduler) -> float:
    """The timer resolution that was asked for, in milliseconds; -1 when none was."""
    return scheduler.resolution


@chapter
def scheduler_resolution_set(scheduler: Scheduler, milliseconds: Real) -> None:
    """Notes a timer resolution; the loop's own is always exact."""
    scheduler.resolution = milliseconds


@chapter
def gml_pragma(command: String, *options: Value) -> None:
    """Would give the GameMaker compiler an instruction."""


@chapter
def gml_release_mode(flag: Bool) -> None:
    """Would turn off checks, which stay on here."""


@chapter
def external_define(
    rt: Runtime, dll: String, name: String, calltype: Value, restype: Value, argnumb: Value, *argtypes: Value
) -> float:
    """Would name a function of a native library, which cannot be loaded here; gives -1."""
    passed_over(rt, "external_define", NO_LIBRARIES)
    return -1.0


@chapter
def external_call(rt: Runtime, id: Value, *args: Value) -> Value:
    """Would call a function of a native library, which cannot be loaded here; gives 0."""
    return passed_over(rt, "external_call", NO_LIBRARIES)


@chapter
def external_free(id: Value) -> None:
    """Would let go of a native library."""
