// The other measure: an echo server of Node's `net`, with GameMaker's handshake, header and coalesced sends.
// Prints the port that it listens on, then serves until it is killed.

"use strict";
const net = require("net");

const HELLO = Buffer.from("GM:Studio-Connect\0", "latin1");
const ACKNOWLEDGE = Buffer.alloc(12);
[0xdeafbead, 0xf00dbeeb, 12].forEach((word, n) => ACKNOWLEDGE.writeUInt32LE(word, 4 * n));
const SIGNATURE_SIZE = 16, HEADER_SIZE = 12, MAGIC = 0xdeadc0de;

function frame(payload) {
    const packet = Buffer.allocUnsafe(HEADER_SIZE + payload.length);
    packet.writeUInt32LE(MAGIC, 0);
    packet.writeUInt32LE(HEADER_SIZE, 4);
    packet.writeUInt32LE(payload.length, 8);
    payload.copy(packet, HEADER_SIZE);
    return packet;
}

const server = net.createServer({ noDelay: true }, (socket) => {
    let rest = Buffer.alloc(0), greeted = false;
    socket.write(HELLO);
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
        if (rest.length) data = Buffer.concat([rest, data]);
        let at = 0;
        const out = [];
        if (!greeted && data.length >= SIGNATURE_SIZE) {
            greeted = true;
            at = SIGNATURE_SIZE;
            out.push(ACKNOWLEDGE);
        }
        while (greeted && data.length - at >= HEADER_SIZE) {
            const size = data.readUInt32LE(at + 8), end = at + HEADER_SIZE + size;
            if (end > data.length) break;
            out.push(frame(data.subarray(at + HEADER_SIZE, end)));
            at = end;
        }
        rest = data.subarray(at);
        if (out.length) socket.write(out.length === 1 ? out[0] : Buffer.concat(out));
    });
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 1024 }, () => console.log(server.address().port));
