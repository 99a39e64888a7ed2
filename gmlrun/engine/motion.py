"""Motion: instances with a speed, or on a path, go in; each step moves them on.

Manual: Asset_Management/Instances; Asset_Management/Paths.
"""

from __future__ import annotations

from gmlrun.engine.events import END_OF_PATH, OTHER
from gmlrun.engine.instances import accelerate, put_at
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gmlrun.engine.instances import Instance
    from gmlrun.engine.world import World


class Motion:
    """The instances of one game that move by themselves."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.moving: dict[Instance, None] = {}
        self.followers: dict[Instance, tuple[float, float]] = {}
        """The instances that follow a path, each with where its path begins; all of them are among those that move."""
        self.follow: Callable[[Instance], bool] = lambda one: False
        """Moves one of them on; returns whether it has come to an end of its path."""
        self.places_are_read = False
        """Whether code asks for `xprevious` or `yprevious`, so that all instances need them, not only moving ones."""

    def forget(self, instance: Instance) -> None:
        """Drops an instance that is no longer there."""
        self.moving.pop(instance, None)
        self.followers.pop(instance, None)

    def keep_places(self) -> None:
        """Sets xprevious and yprevious, before a step."""
        for instance in self.world.instances.values() if self.places_are_read else self.moving:
            instance.xprevious, instance.yprevious = instance.x, instance.y
        for instance in self.followers:
            instance.path_positionprevious = instance.path_position

    def run(self) -> None:
        """Moves every instance that has a speed or a path by one step."""
        moving = iter(list(self.moving))
        while not self.world.dispatch.guard(self._move_each, moving):
            pass

    def _move_each(self, instances: Iterator[Instance]) -> None:
        """One step of motion of each instance that takes part."""
        followers = self.followers
        for instance in instances:
            if instance.__away__:
                continue
            if instance.__friction__ or instance.__gravity__:
                accelerate(instance)
            if followers and instance in followers and self.follow(instance):
                self.world.dispatch.perform(instance, (OTHER, END_OF_PATH))
            across, down = instance.__hspeed__, instance.__vspeed__
            if across or down:
                x, y = instance.x, instance.y
                if type(x) is not float or type(y) is not float:
                    x, y = number_in(instance, "x"), number_in(instance, "y")
                if instance.__object__.grid is None:
                    instance.x, instance.y = x + across, y + down
                else:
                    put_at(instance, x + across, y + down)
