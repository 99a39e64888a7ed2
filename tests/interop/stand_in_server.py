"""What stands in for the test server of GameMaker's own tests where a checkout of it is missing: the same answers.

python stand_in_server.py PORT
"""

from __future__ import annotations

import asyncio
import struct
import sys

from aiohttp import WSMsgType, web


async def echo(request: web.Request) -> web.StreamResponse:
    """The body that came."""
    return web.Response(body=await request.read(), content_type="application/octet-stream")


async def status(request: web.Request) -> web.StreamResponse:
    """An answer with the status that the address asks for."""
    code = int(request.match_info["status"])
    return web.json_response({"message": f"This is a status {code} test operation."}, status=code)


async def packets(request: web.Request) -> web.StreamResponse:
    """GameMaker's handshake; then every message goes back."""
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.send_bytes(b"GM:Studio-Connect\0")
    signature = await socket.receive_bytes()
    if len(signature) != 16 or struct.unpack("<III", signature[:12]) != (0xCAFEBABE, 0xDEADB00B, 16):
        await socket.close()
        return socket
    await socket.send_bytes(struct.pack("<III", 0xDEAFBEAD, 0xF00DBEEB, 12))
    async for message in socket:
        await socket.send_bytes(message.data)
    return socket


async def raw(request: web.Request) -> web.StreamResponse:
    """Every message goes back as it came."""
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        await (socket.send_str if message.type == WSMsgType.TEXT else socket.send_bytes)(message.data)
    return socket


async def serve(port: int) -> None:
    """Runs until the process is ended; says so once it listens."""
    app = web.Application()
    app.add_routes([web.post("/echo", echo), web.get("/status/{status}", status)])
    app.add_routes([web.get("/gm_websocket", packets), web.get("/raw_websocket", raw)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
