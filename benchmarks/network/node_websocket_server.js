// The other measure: an echo server of the npm package `ws`, with GameMaker's handshake and header
// and coalesced sends. Prints the port that it listens on, then serves until it is killed.

"use strict";
const path = require("path");
const { WebSocketServer } = require(
    require.resolve("ws", { paths: [path.join(__dirname, "../../.venv/npm"), __dirname] }));

const HELLO = Buffer.from("GM:Studio-Connect\0", "latin1");
const ACKNOWLEDGE = Buffer.alloc(12);
[0xdeafbead, 0xf00dbeeb, 12].forEach((word, n) => ACKNOWLEDGE.writeUInt32LE(word, 4 * n));
const HEADER_SIZE = 12, MAGIC = 0xdeadc0de;

function frame(payload) {
    const packet = Buffer.allocUnsafe(HEADER_SIZE + payload.length);
    packet.writeUInt32LE(MAGIC, 0);
    packet.writeUInt32LE(HEADER_SIZE, 4);
    packet.writeUInt32LE(payload.length, 8);
    payload.copy(packet, HEADER_SIZE);
    return packet;
}

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", backlog: 1024, perMessageDeflate: false }, () =>
    console.log(server.address().port));

server.on("connection", (client, { socket }) => {
    let greeted = false;
    client.on("error", () => client.terminate());
    client.on("message", (message) => {
        if (!greeted) {
            greeted = true;
            client.send(ACKNOWLEDGE);
            return;
        }
        if (!socket.writableCorked) {
            socket.cork();
            process.nextTick(() => socket.uncork());
        }
        const size = message.readUInt32LE(8);
        client.send(frame(message.subarray(HEADER_SIZE, HEADER_SIZE + size)));
    });
    client.send(HELLO);
});
