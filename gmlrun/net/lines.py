"""Times of bad lines, the same on the simulated network and on the real clock."""

RETRY = 0.2
"""Seconds until TCP sends again what was lost; on the simulated network each further wait is twice as long."""
LATER = 0.02
"""Seconds that a datagram which is overtaken comes later, at least."""
