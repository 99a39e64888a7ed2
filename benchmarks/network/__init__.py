"""What a server costs: packets a second of the GML echo server against a bare one in Python."""
