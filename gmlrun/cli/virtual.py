"""`gmlrun run --virtual-time`: a program runs on a clock that jumps and on a network of its own."""

from __future__ import annotations

from gmlrun.build.pipeline import build, load
from gmlrun.cache import Cache
from gmlrun.cli.loading import settings_of, without_collections
from gmlrun.cli.messages import Messages
from gmlrun.runtime import write_stderr, write_stdout
from gmlrun.testing.simulation import Player, Simulation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run_virtually(options: CommandOptions, arguments: list[str]) -> int:
    """Runs a program to its end, or until nothing can happen any more."""
    messages, settings = Messages(options.color), settings_of(options, arguments)
    with without_collections():
        loaded, settings = load(options.paths, settings)
        built = build(loaded, cache=None if options.no_cache else Cache())
    for warning in built.warnings:
        messages.diagnostic(warning)
    simulation = Simulation(options.seed)
    player = simulation.add(settings.program_name, built, loaded, settings)
    player.game.rt.output, player.game.rt.log = write_stdout, write_stderr
    player.game.on_report = messages.report
    if options.profile is None:
        return played(simulation, player)
    from gmlrun.cli.profiling import profiled

    return profiled(player.game, lambda: played(simulation, player), options.profile)


def played(simulation: Simulation, player: Player) -> int:
    """Runs a game to its end; returns its exit code."""
    simulation.start(player)
    simulation.run_out(lambda: player.is_over)
    if not player.is_over:
        write_stderr("the program waits for the network, where nobody else is: it ends here")
        player.loop.finish(0)
    return player.exit_code
