"""Assets that are loaded before they can be heard and seen: here they are there as soon as somebody asks for them.

Games wait for that before their first room. Manual: Asset_Management/Audio/Audio_Groups, Asset_Management/Shaders.
"""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Real, String
from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import SAVE_LOAD
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.conversions import to_int
from gmlrun.values.model import AssetRef, Value

chapter = Chapter("Asset_Management/Audio/Audio_Groups")
shaders = Chapter("Asset_Management/Shaders")
textures = Chapter("Drawing/Textures")

DEFAULT = 0
"""The index of the group that is loaded from the start."""
FETCHED = 3.0
"""The status of textures that are ready for use."""


class AudioGroups(GamePart):
    """The audio groups of a project, and which of them are loaded."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.loaded = {DEFAULT}
        self.loading: set[int] = set()

    def find(self, group: Value) -> AssetRef | None:
        """The group that a handle or a number stands for."""
        index = to_int(group)
        groups = (asset for asset in self.rt.assets.values() if getattr(asset, "kind", "") == "audio group")
        return next((asset for asset in groups if asset.index == index), None)

    def load(self, group: AssetRef) -> bool:
        """Loads a group until its event; False where it is loaded, or loads already."""
        index = group.index
        if index in self.loaded | self.loading:
            return False
        self.loading.add(index)

        def begin() -> None:
            if index in self.loading:
                self.loading.discard(index)
                self.loaded.add(index)

        self.rt.service(AsyncEvents).post(SAVE_LOAD, {"type": "audiogroup_load", "group_id": group}, begin=begin)
        return True


@chapter
def audio_group_load(groups: AudioGroups, groupID: Value) -> bool:
    """Whether a group begins to load; an Async Save/Load event tells when it has."""
    group = groups.find(groupID)
    return group is not None and groups.load(group)


@chapter
def audio_group_unload(groups: AudioGroups, groupID: Value) -> bool:
    """Whether a group was loaded, or being loaded; it no longer is. The default group stays."""
    group = groups.find(groupID)
    if group is None or group.index == DEFAULT or group.index not in groups.loaded | groups.loading:
        return False
    groups.loaded.discard(group.index)
    groups.loading.discard(group.index)
    return True


@chapter
def audio_group_is_loaded(groups: AudioGroups, groupID: Value) -> bool:
    """Whether a group is loaded."""
    group = groups.find(groupID)
    return group is not None and group.index in groups.loaded


@chapter
def audio_group_load_progress(groups: AudioGroups, groupID: Value) -> Real:
    """How much of a group is loaded: 100, or 0."""
    group = groups.find(groupID)
    return 100 if group is not None and group.index in groups.loaded else 0


@chapter
def audio_group_name(groups: AudioGroups, groupID: Value) -> str:
    """The name of a group, empty for none."""
    group = groups.find(groupID)
    return "" if group is None else group.name


@shaders
def shader_is_compiled(shader: Value) -> bool:
    """Whether a value is a shader of the project: there is no graphics card that could refuse it."""
    return isinstance(shader, AssetRef) and shader.kind == "shader"


@textures
def texturegroup_load(groupname: String, prefetch: Bool = True) -> Real:
    """0: a group of textures is ready, though nothing draws with it."""
    return 0


@textures
def texturegroup_unload(groupname: String) -> None:
    """Does nothing: no textures are kept."""


@textures
def texturegroup_get_status(groupname: String) -> Real:
    """That a group of textures is ready for use."""
    return FETCHED


@textures
def texture_is_ready(tex_id: Value) -> bool:
    """True: nothing has to be waited for before something is drawn with a texture."""
    return True
