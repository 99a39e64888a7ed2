"""Functions of gmlrun's own for servers: messages between servers, words to a server's engine."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Function, String
from gmlrun.engine.bus import Bus, Engine
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass

chapter = Chapter("gmlrun")


@chapter
def gmlrun_bus_publish(rt: Runtime, channel: String, message: String) -> bool:
    """Sends a text to all programs that listen to a channel (`--redis`), itself included; false when too many wait."""
    return rt.service(Bus).carry(channel, message)


@chapter
def gmlrun_bus_subscribe(rt: Runtime, self: Value, other: Value, channel: String, callback: Function) -> None:
    """Calls a function with each message of a channel, and the channel's name."""
    rt.service(Bus).subscribe(channel, callback, self, other)


@chapter
def gmlrun_bus_unsubscribe(rt: Runtime, channel: String) -> None:
    """Listens to a channel no longer."""
    rt.service(Bus).unsubscribe(channel)


@chapter
def gmlrun_agones_ready(rt: Runtime) -> bool:
    """Tells Agones that the server can take players (again); false without `--agones`."""
    return rt.service(Engine).ask("ready", {})


@chapter
def gmlrun_agones_allocate(rt: Runtime) -> bool:
    """Tells Agones that players are here, so that the server is not taken away; false without `--agones`."""
    return rt.service(Engine).ask("allocate", {})


@chapter
def gmlrun_agones_label(rt: Runtime, key: String, value: String) -> bool:
    """Sets a label of the game server, `agones.dev/sdk-KEY`, which allocators look for; false without `--agones`."""
    return rt.service(Engine).ask("label", {"key": key, "value": value})


@chapter
def gmlrun_agones_annotation(rt: Runtime, key: String, value: String) -> bool:
    """Sets an annotation of the game server, as `agones.dev/sdk-KEY`; false without `--agones`."""
    return rt.service(Engine).ask("annotation", {"key": key, "value": value})


@chapter
def gmlrun_agones_shutdown(rt: Runtime) -> bool:
    """Tells Agones to take the server away; it then ends the process by SIGTERM; false without `--agones`."""
    return rt.service(Engine).ask("shutdown", {})
