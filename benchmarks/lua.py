"""The same programs in Lua 5.4, for a look beside GML and Python: a name goes in, the seconds of a run come out."""

from __future__ import annotations

import shutil
import subprocess

RUNS = 12
HARNESS = """
local result = bench()
local best = math.huge
for _ = 1, RUNS do
    local start = os.clock()
    bench()
    best = math.min(best, os.clock() - start)
end
print(string.format("%.17g %.17g", result, best))
"""

CLASS = """
local function class()
    local made = {}
    made.__index = made
    return made
end
"""

PROGRAMS = {
    "fib": """
local function fib(n)
    if n < 2 then return n end
    return fib(n - 1) + fib(n - 2)
end
function bench() return fib(22) end
""",
    "sieve": """
function bench()
    local limit, composite, count = 60000, {}, 0
    for i = 0, limit do composite[i] = false end
    for i = 2, limit do
        if not composite[i] then
            count = count + 1
            for j = i * i, limit, i do composite[j] = true end
        end
    end
    return count
end
""",
    "nested_loops": """
function bench()
    local total = 0
    for i = 0, 59 do
        for j = 0, 59 do
            for k = 0, 59 do total = total + i * j - k end
        end
    end
    return total
end
""",
    "mandelbrot": """
function bench()
    local size, sum, byte_acc, bit_num = 40, 0, 0, 0
    for py = 0, size - 1 do
        local ci = 2.0 * py / size - 1.0
        for px = 0, size - 1 do
            local cr = 2.0 * px / size - 1.5
            local zrzr, zi, zizi, escape = 0.0, 0.0, 0.0, 0
            for _ = 1, 50 do
                local zr = zrzr - zizi + cr
                zi = 2.0 * zr * zi + ci
                zrzr = zr * zr
                zizi = zi * zi
                if zrzr + zizi > 4.0 then
                    escape = 1
                    break
                end
            end
            byte_acc = (byte_acc << 1) + escape
            bit_num = bit_num + 1
            if bit_num == 8 then
                sum = sum ~ byte_acc
                byte_acc, bit_num = 0, 0
            elseif px == size - 1 then
                sum = sum ~ (byte_acc << (8 - bit_num))
                byte_acc, bit_num = 0, 0
            end
        end
    end
    return sum
end
""",
    "permute": CLASS
    + """
local Permute = class()
function Permute:run(size)
    self.count, self.v = 0, {}
    for i = 0, size - 1 do self.v[i] = i end
    self:permute(size)
    return self.count
end
function Permute:permute(n)
    self.count = self.count + 1
    if n ~= 0 then
        local n1 = n - 1
        self:permute(n1)
        for i = n1, 0, -1 do
            self:swap(n1, i)
            self:permute(n1)
            self:swap(n1, i)
        end
    end
end
function Permute:swap(i, j)
    local held = self.v[i]
    self.v[i] = self.v[j]
    self.v[j] = held
end
function bench()
    local one = setmetatable({}, Permute)
    return one:run(6) + one.v[3]
end
""",
    "struct_methods": CLASS
    + """
local Counter = class()
function Counter:add(amount)
    self.count = self.count + amount
    return self.count
end
function bench()
    local counter = setmetatable({ count = 0 }, Counter)
    for i = 0, 99999 do counter:add(i) end
    return counter.count
end
""",
    "towers": CLASS
    + """
local Towers = class()
function Towers:push_disk(disk, pile)
    local top = self.piles[pile]
    if top ~= nil and disk.size >= top.size then error("Cannot put a big disk on a smaller one") end
    disk.next = top
    self.piles[pile] = disk
end
function Towers:pop_disk(pile)
    local top = self.piles[pile]
    if top == nil then error("Attempting to remove a disk from an empty pile") end
    self.piles[pile] = top.next
    top.next = nil
    return top
end
function Towers:move_top(from, to)
    self:push_disk(self:pop_disk(from), to)
    self.moved = self.moved + 1
end
function Towers:move(disks, from, to)
    if disks == 1 then
        self:move_top(from, to)
        return
    end
    local spare = 3 - from - to
    self:move(disks - 1, from, spare)
    self:move_top(from, to)
    self:move(disks - 1, spare, to)
end
function bench()
    local one = setmetatable({ piles = {}, moved = 0 }, Towers)
    for i = 11, 0, -1 do one:push_disk({ size = i }, 0) end
    one:move(11, 0, 1)
    return one.moved
end
""",
}


def installed() -> str:
    """The command of Lua 5.4, empty where it is not installed."""
    return shutil.which("lua5.4") or ""


def measured(name: str) -> tuple[float, float] | None:
    """What a program returns in Lua, and the seconds of its best run; None where there is none, or no Lua."""
    command = installed()
    if not command or name not in PROGRAMS:
        return None
    source = PROGRAMS[name] + HARNESS.replace("RUNS", str(RUNS))
    done = subprocess.run([command, "-"], input=source, capture_output=True, text=True, check=True, timeout=60)
    result, seconds = done.stdout.split()
    return float(result), float(seconds)
