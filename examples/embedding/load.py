"""Many clients in GML against one server, in one process: prints how long the answers took.

python examples/embedding/load.py PORT [CLIENTS]     (the server: gmlrun examples/echo_server.gml)
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from pathlib import Path

from gmlrun import CompiledProgram, Game, Host


async def measure(port: int, clients: int) -> list[float]:
    """The seconds from each client's packet to its echo."""
    times: list[float] = []
    host = Host()
    host.constant("PORT", port)

    @host.function
    def done(seconds: float) -> None:
        """Takes the time of one answer."""
        times.append(seconds)

    bot = CompiledProgram(Path(__file__).with_name("bot.gml"), host=host)
    await asyncio.gather(*(Game(bot).run_async() for _ in range(clients)))
    return times


if __name__ == "__main__":
    found = asyncio.run(measure(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200))
    print(f"{len(found)} answers, median {statistics.median(found) * 1000:.1f} ms, worst {max(found) * 1000:.1f} ms")
