// Drives an echo server: the port with GameMaker's handshake, then the raw one. Prints what comes back.

"use strict";
const Client = globalThis.WebSocket ?? require("ws").WebSocket;
const [packetPort, rawPort] = process.argv.slice(2);

function open(port) {
    const socket = new Client(`ws://127.0.0.1:${port}/path?x=1`, ["binary", "other"]);
    socket.binaryType = "arraybuffer";
    const waiting = [], come = [];
    socket.onmessage = (event) => (waiting.length ? waiting.shift()(event.data) : come.push(event.data));
    socket.next = () => (come.length ? come.shift() : new Promise((done) => waiting.push(done)));
    socket.opened = new Promise((done) => { socket.onopen = done; });
    socket.closed = new Promise((done) => { socket.onclose = done; });
    return socket;
}

function words(...values) {
    const data = Buffer.alloc(4 * values.length);
    values.forEach((value, n) => data.writeUInt32LE(value, 4 * n));
    return data;
}

async function packets() {
    const socket = open(packetPort);
    console.log(Buffer.from(await socket.next()).toString("latin1").replace("\0", "."));
    socket.send(words(0xcafebabe, 0xdeadb00b, 16, 1));
    console.log(Buffer.from(await socket.next()).toString("hex"));
    const packet = Buffer.concat([words(0xdeadc0de, 12, 5), Buffer.from("hello")]);
    socket.send(Buffer.concat([packet, packet]));
    for (let n = 0; n < 2; n++) console.log(Buffer.from(await socket.next()).compare(packet));
    socket.close(4001, "done");
    console.log((await socket.closed).code);
}

async function raw() {
    const socket = open(rawPort);
    await socket.opened;
    console.log(socket.protocol);
    socket.send("grün ☃");
    console.log(await socket.next());
    for (const size of [0, 125, 126, 65535, 65536, 1000000]) {
        socket.send(Buffer.alloc(size, size));
        const answer = Buffer.from(await socket.next());
        console.log(answer.length, answer.every((byte) => byte === size % 256));
    }
    socket.send(Buffer.alloc(5000000));
    console.log((await socket.closed).code);
}

packets().then(raw).then(() => process.exit(0));
