// Gives GameMaker's networking code of browsers what it stands on, loads it, and lets it be a client or a server.
//     node browser_peer.js FILE client PORT | server PORT
// A client sends two packets and prints what comes back; a server sends each packet back, turned round, and prints it.

"use strict";
const fs = require("fs");
const vm = require("vm");
const ws = require("ws");
const [file, role, port] = process.argv.slice(2);

const buffers = [];

class Stored {
    constructor(size) {
        this.bytes = new Uint8Array(size);
        this.m_DataView = new DataView(this.bytes.buffer);
        this.at = 0;
    }
    yyb_write(type, value) { this.bytes[this.at++] = value; }
    yyb_seek(base, offset) { this.at = offset; }
}

class BrowserSocket extends ws.WebSocket {
    // A browser hands messages on as Blob.
    set onmessage(heard) {
        this.binaryType = "arraybuffer";
        this.addEventListener("message", (event) => heard({ data: typeof event.data === "string" ? event.data : new Blob([event.data]) }));
    }
}

class FileReader {
    readAsArrayBuffer(blob) {
        blob.arrayBuffer().then((result) => { this.result = result; this.onload(); });
    }
}

const place = {
    window: { WebSocket: BrowserSocket }, require: (name) => (name === "ws" ? { Server: ServerOfLoopback } : null),
    Blob, FileReader, TextEncoder, TextDecoder, Buffer, Uint8Array, ArrayBuffer, DataView, Promise,
    console: { log: (...words) => process.stderr.write(`${words.join(" ")}\n`) },
    debug: (words) => process.stderr.write(`${words}\n`), ErrorFunction: (name) => { throw new Error(name); },
    ASYNC_NETWORKING: 68, eBuffer_Format_Fixed: 0, eBuffer_U8: 1, eBuffer_Start: 0,
    g_BufferStorage: { Get: (index) => buffers[index] },
    buffer_create: (size) => buffers.push(new Stored(size)) - 1,
    buffer_get_size: (index) => buffers[index].bytes.length,
    buffer_get_address: (index) => buffers[index].bytes.buffer,
    g_pASyncManager: { Add: (id, _, kind, event) => { setImmediate(() => heard(event)); return {}; } },
};

function ServerOfLoopback(options) {
    const server = new ws.WebSocketServer({ ...options, host: "127.0.0.1" });
    server.on("listening", () => console.log(`ready ${server.address().port}`));
    return server;
}

vm.createContext(place);
vm.runInContext(fs.readFileSync(file, "utf8"), place, { filename: file });

function packed(text) {
    const index = place.buffer_create(text.length);
    buffers[index].bytes.set(Buffer.from(text, "latin1"));
    return [index, text.length];
}

function text(event) {
    return Buffer.from(buffers[event.buffer].bytes).toString("latin1");
}

let open, left = 2;
const asked = {
    client: {
        4: (event) => {
            console.log(`connected ${event.succeeded}`);
            for (const words of ["hello", "a\0b"]) place.network_send_packet(open, ...packed(words));
        },
        3: (event) => {
            console.log(`${text(event).replace("\0", ".")} ${event.size} ${event.message_type}`);
            if (--left === 0) process.exit(0);
        },
    },
    server: {
        1: (event) => console.log(`client of ${event.id === open}`),
        3: (event) => {
            console.log(text(event).replace("\0", "."));
            place.network_send_packet(event.id, ...packed([...text(event)].reverse().join("")));
            if (--left === 0) setTimeout(() => process.exit(0), 300);
        },
    },
}[role];

function heard(event) {
    asked[event.type]?.(event);
}

if (role === "client") {
    open = place.network_create_socket(6);
    place.network_connect_async(open, "127.0.0.1", Number(port));
} else {
    open = place.network_create_server(6, Number(port), 8);
}
setTimeout(() => process.exit(3), 20000);
