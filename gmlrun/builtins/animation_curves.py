"""Animation curves as data that code evaluates. Manual: Asset_Management/Animation_Curves."""

from __future__ import annotations

from gmlrun.builtins.named_assets import asset_of
from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.engine.curves import Curve, CurveAsset, CurveChannel, CurvePoint
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.conversions import to_int
from gmlrun.values.model import Value
from gmlrun.values.text import quoted

chapter = Chapter("Asset_Management/Animation_Curves")


def found(rt: Runtime, curve: Value) -> Curve | None:
    """The curve that a struct, an asset or its number means."""
    if isinstance(curve, Curve):
        return None if curve.__gone__ else curve
    asset = asset_of(rt, "animcurve", curve) if isinstance(curve, (CurveAsset, float, int)) else None
    return asset.content if isinstance(asset, CurveAsset) else None


def wanted(rt: Runtime, function: str, curve: Value) -> Curve:
    """As `found`; raises GmlError where there is none."""
    made = found(rt, curve)
    if made is None:
        raise GmlError(f"{function}: there is no animation curve {quoted(curve)}")
    return made


@chapter
def animcurve_exists(rt: Runtime, curve_struct_or_id: Value) -> bool:
    """Whether there is such an animation curve."""
    return found(rt, curve_struct_or_id) is not None


@chapter
def animcurve_get(rt: Runtime, curve_id: Value) -> Curve:
    """The struct of an animation curve."""
    return wanted(rt, "animcurve_get", curve_id)


@chapter
def animcurve_get_channel_index(rt: Runtime, curve_struct_or_id: Value, channel_name: String) -> float:
    """The number of a curve's channel by its name, -1 when it has none of that name."""
    channels = wanted(rt, "animcurve_get_channel_index", curve_struct_or_id).channels
    return next((float(at) for at, each in enumerate(channels) if getattr(each, "name", None) == channel_name), -1.0)


@chapter
def animcurve_get_channel(rt: Runtime, curve_struct_or_id: Value, channel_name_or_index: Value) -> Value:
    """A channel of a curve by its name or its number; -1 when there is none of that name."""
    channels = wanted(rt, "animcurve_get_channel", curve_struct_or_id).channels
    if isinstance(channel_name_or_index, str):
        named = (each for each in channels if getattr(each, "name", None) == channel_name_or_index)
        return next(named, -1.0)
    index = to_int(channel_name_or_index)
    if not 0 <= index < len(channels):
        raise GmlError(f"animcurve_get_channel: there is no channel {index}: the curve has {len(channels)}")
    channel: Value = channels[index]
    return channel


@chapter
def animcurve_channel_evaluate(channel: Value, posx: Real) -> float:
    """The value of a channel at a place from 0 to 1; 0 for what is no channel."""
    return channel.value_at(posx) if isinstance(channel, CurveChannel) else 0.0


@chapter
def animcurve_create() -> Curve:
    """A new animation curve without channels."""
    return Curve()


@chapter
def animcurve_destroy(rt: Runtime, curve_struct: Value) -> None:
    """Destroys a curve that the program has made; a project's own stay."""
    curve = wanted(rt, "animcurve_destroy", curve_struct)
    if not isinstance(curve_struct, Curve) or is_of_project(rt, curve):
        raise GmlError("animcurve_destroy: a curve of the project cannot be destroyed")
    curve.__gone__ = True


def is_of_project(rt: Runtime, curve: Curve) -> bool:
    """Whether a curve is one of the project's assets."""
    return any(isinstance(each, CurveAsset) and each.holds(curve) for each in rt.assets.values())


@chapter
def animcurve_channel_new() -> CurveChannel:
    """A new channel without points."""
    return CurveChannel()


@chapter
def animcurve_point_new() -> CurvePoint:
    """A new point."""
    return CurvePoint()
