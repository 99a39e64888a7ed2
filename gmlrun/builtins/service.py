"""Functions of gmlrun's own for servers: messages between servers, words to a server's engine."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Function, String
from gmlrun.engine.bus import Bus, Engine
from gmlrun.values.model import Value

chapter = Chapter("gmlrun")


@chapter
def gmlrun_bus_publish(bus: Bus, channel: String, message: String) -> bool:
    """Sends a text to all programs that listen to a channel (`--redis`), itself included; false when too many wait."""
    return bus.carry(channel, message)


@chapter
def gmlrun_bus_subscribe(bus: Bus, self: Value, other: Value, channel: String, callback: Function) -> None:
    """Calls a function with each message of a channel, and the channel's name."""
    bus.subscribe(channel, callback, self, other)


@chapter
def gmlrun_bus_unsubscribe(bus: Bus, channel: String) -> None:
    """Listens to a channel no longer."""
    bus.unsubscribe(channel)


@chapter
def gmlrun_agones_ready(engine: Engine) -> bool:
    """Tells Agones that the server can take players (again); false without `--agones`."""
    return engine.ask("ready", {})


@chapter
def gmlrun_agones_allocate(engine: Engine) -> bool:
    """Tells Agones that players are here, so that the server is not taken away; false without `--agones`."""
    return engine.ask("allocate", {})


@chapter
def gmlrun_agones_label(engine: Engine, key: String, value: String) -> bool:
    """Sets a label of the game server, `agones.dev/sdk-KEY`, which allocators look for; false without `--agones`."""
    return engine.ask("label", {"key": key, "value": value})


@chapter
def gmlrun_agones_annotation(engine: Engine, key: String, value: String) -> bool:
    """Sets an annotation of the game server, as `agones.dev/sdk-KEY`; false without `--agones`."""
    return engine.ask("annotation", {"key": key, "value": value})


@chapter
def gmlrun_agones_shutdown(engine: Engine) -> bool:
    """Tells Agones to take the server away; it then ends the process by SIGTERM; false without `--agones`."""
    return engine.ask("shutdown", {})
