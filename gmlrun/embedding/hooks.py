"""Hooks of a host: its functions go in, those that the game calls come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from gmlrun.embedding.values import Bridge, guarded
from gmlrun.engine.events import OTHER_NAMES

if TYPE_CHECKING:
    from gmlrun.engine.async_events import AsyncEvents
    from gmlrun.runtime import Settings
    from gmlrun.sandbox.limits import Limits


def hook(name: str, function: Callable[[str], None]) -> Callable[[str], None]:
    """A host's function that takes lines, as code of the host: no limit of the game ends it, its errors are GML's."""
    return guarded(name, function)


def limited(settings: Settings, limits: Limits) -> Settings:
    """The settings with limits; where these say nothing, the settings' own hold."""
    return settings._replace(
        limits=limits,
        event_timeout=settings.event_timeout if limits.event_time is None else limits.event_time,
        max_sockets=settings.max_sockets if limits.sockets is None else limits.sockets,
    )


def tell_events(events: AsyncEvents, bridge: Bridge, tell: Callable[[str, Mapping[str, object]], None]) -> None:
    """Tells a host of each async event, with its values, before it is delivered."""
    names = {number: name for name, number in reversed(OTHER_NAMES.items())}
    told = guarded("on_event", tell)
    events.watch(
        lambda number, values: told(names[number], {key: bridge.to_python(value) for key, value in values.items()})
    )
