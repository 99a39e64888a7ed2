// What stands in for GameMaker's networking code of browsers where a checkout of it is missing: the same functions, and
// the same bytes on the wire.

const HELLO = "GM:Studio-Connect\0";
const list = [];

function words(...values) {
    const data = new ArrayBuffer(4 * values.length);
    values.forEach((value, n) => new DataView(data).setUint32(4 * n, value, true));
    return data;
}

function post(event) {
    g_pASyncManager.Add(event.id, null, ASYNC_NETWORKING, event);
}

function data_of(id, bytes, prefixed, kind) {
    for (let at = 0; at < bytes.length; ) {
        const view = new DataView(bytes.buffer, bytes.byteOffset + at);
        const size = prefixed ? view.getUint32(8, true) : bytes.length;
        const head = prefixed ? 12 : 0;
        if (prefixed && (view.getUint32(0, true) !== 0xdeadc0de || view.getUint32(4, true) !== 12)) throw new Error("no packet");
        const buffer = buffer_create(size, eBuffer_Format_Fixed, 1);
        for (const byte of bytes.subarray(at + head, at + head + size)) g_BufferStorage.Get(buffer).yyb_write(eBuffer_U8, byte);
        post({ type: 3, id, buffer, size, message_type: kind });
        at += head + size;
    }
}

function network_create_socket(type) {
    return list.push({ socket: null, can_send: false }) - 1;
}

function network_connect_async(id, url, port) {
    const own = list[id];
    own.socket = new window.WebSocket(`ws://${url}:${port}/`);
    let step = 0;
    own.socket.onmessage = async (event) => {
        const bytes = new Uint8Array(await event.data.arrayBuffer());
        if (step === 0) {
            if (Buffer.from(bytes).toString("latin1") !== HELLO) throw new Error("no greeting");
            own.socket.send(words(0xcafebabe, 0xdeadb00b, 16, 0));
            step = 1;
        } else if (step === 1) {
            if (!Buffer.from(bytes).equals(Buffer.from(words(0xdeafbead, 0xf00dbeeb, 12)))) throw new Error("no acknowledgement");
            step = 2;
            own.can_send = true;
            post({ type: 4, id, succeeded: 1, ip: url, port });
        } else {
            data_of(id, bytes, true, 1);
        }
    };
    return id;
}

function network_create_server(type, port, most) {
    const server = new (require("ws").Server)({ port });
    const index = list.push({ socket: server, can_send: false }) - 1;
    server.on("connection", (socket) => {
        let id = -1;
        socket.send(Buffer.from(HELLO, "latin1"));
        socket.on("message", (bytes) => {
            if (id >= 0) return data_of(id, new Uint8Array(bytes), true);
            if (bytes.length < 16 || bytes.readUInt32LE(0) !== 0xcafebabe) return socket.terminate();
            id = list.push({ socket, can_send: true }) - 1;
            post({ type: 1, id: index, socket: id });
            socket.send(words(0xdeafbead, 0xf00dbeeb, 12));
        });
    });
    return index;
}

function network_send_packet(id, buffer, size) {
    const payload = Buffer.from(buffer_get_address(buffer)).subarray(0, size);
    list[id].socket.send(Buffer.concat([Buffer.from(words(0xdeadc0de, 12, size)), payload]));
    return size;
}
