-- A Wireshark dissector for what GameMaker games send: the handshake of TCP and WebSocket streams, and
-- packets with their header, over TCP, UDP and WebSocket. Streams and datagrams are recognised by their
-- first bytes; filter by `gamemaker`, `gamemaker.size > 1000`, `gamemaker.handshake`.

local gamemaker = Proto("gamemaker", "GameMaker networking")

local handshake = ProtoField.string("gamemaker.handshake", "Handshake")
local game = ProtoField.int32("gamemaker.game", "Game id")
local magic = ProtoField.uint32("gamemaker.magic", "Magic", base.HEX)
local header = ProtoField.uint32("gamemaker.header_size", "Size of the header")
local size = ProtoField.uint32("gamemaker.size", "Size of the payload")
local payload = ProtoField.bytes("gamemaker.payload", "Payload")
gamemaker.fields = { handshake, game, magic, header, size, payload }

local HEADER_SIZE = 12
local PACKET = 0xDEADC0DE
local HELLO, HELLO_SIZE = 0x533A4D47, 18 -- "GM:S", as a little-endian number

-- First four bytes, whole size, name, offset of the game id.
local STEPS = {
    [HELLO] = { HELLO_SIZE, "hello" },
    [0xCAFEBABE] = { 16, "signature", 12 },
    [0xDEAFBEAD] = { 12, "acknowledgement" },
}

local function is_ours(buffer)
    if buffer:len() < 4 then return false end
    local first = buffer(0, 4):le_uint()
    return STEPS[first] ~= nil or first == PACKET
end

-- How long the unit is that begins here; of bytes that begin none, all that are there.
local function unit_size(buffer, info, offset)
    local rest = buffer(offset):tvb()
    if rest:len() < 4 then return rest:len() end
    local first = rest(0, 4):le_uint()
    if STEPS[first] then return STEPS[first][1] end
    if first == PACKET and rest:len() >= HEADER_SIZE then return HEADER_SIZE + rest(8, 4):le_uint() end
    return rest:len()
end

local function add_step(buffer, info, tree, step)
    tree:append_text(": " .. step[2])
    tree:add(handshake, buffer(), step[2])
    if step[3] then tree:add_le(game, buffer(step[3], 4)) end
    info.cols.info:append(" " .. step[2])
end

local function add_packet(buffer, info, tree)
    local length = buffer(8, 4):le_uint()
    tree:append_text(": packet of " .. length .. " bytes")
    tree:add_le(magic, buffer(0, 4))
    tree:add_le(header, buffer(4, 4))
    tree:add_le(size, buffer(8, 4))
    if buffer:len() > HEADER_SIZE then tree:add(payload, buffer(HEADER_SIZE)) end
    info.cols.info:append(" packet(" .. length .. ")")
end

local function add_unit(buffer, info, root)
    local tree = root:add(gamemaker, buffer())
    local first = buffer:len() >= 4 and buffer(0, 4):le_uint()
    if STEPS[first] and buffer:len() >= STEPS[first][1] then
        add_step(buffer, info, tree, STEPS[first])
    elseif first == PACKET and buffer:len() >= HEADER_SIZE then
        add_packet(buffer, info, tree)
    else
        tree:append_text(": no packet")
    end
    return buffer:len()
end

local function name_columns(info)
    info.cols.protocol = "GameMaker"
    info.cols.info = ""
end

function gamemaker.dissector(buffer, info, root)
    name_columns(info)
    dissect_tcp_pdus(buffer, root, HEADER_SIZE, unit_size, add_unit)
    return buffer:len()
end

-- Datagrams and WebSocket messages hold whole units.
local function dissect_message(buffer, info, root)
    if not is_ours(buffer) then return false end
    name_columns(info)
    local at = 0
    while at < buffer:len() do
        local length = math.min(unit_size(buffer, info, at), buffer:len() - at)
        add_unit(buffer(at, length):tvb(), info, root)
        at = at + length
    end
    return true
end

local function dissect_stream(buffer, info, root)
    if not is_ours(buffer) then return false end
    info.conversation = gamemaker
    gamemaker.dissector(buffer, info, root)
    return true
end

gamemaker:register_heuristic("tcp", dissect_stream)
gamemaker:register_heuristic("udp", dissect_message)
gamemaker:register_heuristic("ws", dissect_message)
