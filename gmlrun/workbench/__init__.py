"""Tools for packets, beside the runtime: a client at the keyboard, a server, a proxy, captures, bots, a flood."""
