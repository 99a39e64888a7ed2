"""The checkout's own test server as a process: it echoes what the tests send, and the run's results go to a file.

    python echo.py CHECKOUT PORT RESULTS

Its requirements (aiohttp, pydantic, requests) are those of the checkout's own requirements.txt.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any


async def serve(checkout: str, port: int, results: Path) -> None:
    """Runs the server on loopback until the process is ended; says so once it listens."""
    sys.path.insert(0, checkout)
    from aiohttp import web
    from classes.server.TestFrameworkServer import TestFrameworkServer

    class Server(TestFrameworkServer):
        """The test server, without its own files of results."""

        @staticmethod
        async def http_result_handler(request: Any) -> Any:
            results.write_bytes(await request.read())
            return web.Response(text="saved")

    await Server().start("127.0.0.1", port)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
