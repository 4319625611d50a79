"""The map of cases: a dot for each place, on land without boundaries.

The land is a file, `static/land.svg`, which `manage.py make_map` draws; the dots are positions in per cent
of the part of it that is shown. East is where the map has it, in every language.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.models import Place

# The land is drawn in these units; the projection gives the height.
WIDTH = 4000
# Radians: of the Equal Earth projection the numbers of its authors, and its half width and half height.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2
HALF_WIDTH, HALF_HEIGHT = 2.7066299836960748, 1.3173627591574133
HEIGHT = round(WIDTH * HALF_HEIGHT / HALF_WIDTH)
# The part that is shown: its shape, its least width, and what stays free around the outermost dots.
RATIO = 1.6
MIN_WIDTH = 1100
FREE = 130
# Pixels: the radius of a dot is the least, and a share of the rest that grows with the square root.
MIN_RADIUS, MAX_RADIUS = 5.0, 20.0
RADIUS_OF_ONE = 2.5
# Where dots crowd, they are drawn once more: so many of them, in a part of so many units.
CROWD = 5
CLOSER_WIDTH = 560


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """The point of the land's drawing for a place, by the Equal Earth projection, from the upper left.

    Bojan Šavrič, Tom Patterson, Bernhard Jenny: The Equal Earth map projection, International Journal of
    Geographical Information Science 33 (2019), 454-465, equations 7 to 9.
    """
    theta = math.asin(M * math.sin(math.radians(latitude)))
    power = theta**6
    x = (
        math.radians(longitude)
        * math.cos(theta)
        / (M * (A1 + 3 * A2 * theta**2 + power * (7 * A3 + 9 * A4 * theta**2)))
    )
    y = theta * (A1 + A2 * theta**2 + power * (A3 + A4 * theta**2))
    return (
        (x + HALF_WIDTH) / (2 * HALF_WIDTH) * WIDTH,
        (HALF_HEIGHT - y) / (2 * HALF_HEIGHT) * HEIGHT,
    )


@dataclass(frozen=True)
class Dot:
    """A place on the map: its number of cases, its position in per cent, its radius in pixels."""

    place: Place
    number: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Box:
    """The part of the drawing that is shown, in its units."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is in it."""
        return 0 <= x - self.x <= self.width and 0 <= y - self.y <= self.height


@dataclass(frozen=True)
class CaseMap:
    """The dots, the largest below the others; the part of the land that is shown; and where dots crowd."""

    dots: list[Dot]
    box: Box
    closer: "CaseMap | None" = None
    land_width: int = WIDTH
    land_height: int = HEIGHT


Placed = tuple[Place, int, tuple[float, float]]


def case_map(places: Iterable[tuple[Place, int]]) -> CaseMap | None:
    """The map of these places, each with its number of cases; None where none has a position."""
    placed = [
        (place, number, projected(float(place.longitude), float(place.latitude)))
        for place, number in places
        if place.latitude is not None and place.longitude is not None
    ]
    if not placed:
        return None
    box = _box([point for _place, _number, point in placed])
    crowd = _crowd(placed) if box.width > 2 * CLOSER_WIDTH else None
    return _map(placed, box, _map(placed, crowd) if crowd else None)


def _map(placed: list[Placed], box: Box, closer: CaseMap | None = None) -> CaseMap:
    """The dots of those that lie in the box."""
    most = max(number for _place, number, _point in placed)
    dots = [
        Dot(
            place,
            number,
            round((x - box.x) / box.width * 100, 2),
            round((y - box.y) / box.height * 100, 2),
            _radius(number, most),
        )
        for place, number, (x, y) in placed
        if box.holds(x, y)
    ]
    return CaseMap(sorted(dots, key=lambda dot: -dot.number), box, closer)


def _crowd(placed: list[Placed]) -> Box | None:
    """The part around one of the dots that holds most of them, if that is a crowd."""
    height = round(CLOSER_WIDTH / RATIO)
    points = [point for _place, _number, point in placed]
    boxes = [Box(round(x - CLOSER_WIDTH / 2), round(y - height / 2), CLOSER_WIDTH, height) for x, y in points]
    held, fullest = max(
        ((sum(box.holds(*point) for point in points), box) for box in boxes), key=lambda one: one[0]
    )
    return fullest if held >= CROWD else None


def _box(points: Sequence[tuple[float, float]]) -> Box:
    """The smallest part of the right shape that holds all points, within the drawing where it fits."""
    left, right = min(x for x, _y in points) - FREE, max(x for x, _y in points) + FREE
    top, bottom = min(y for _x, y in points) - FREE, max(y for _x, y in points) + FREE
    width = min(max(right - left, (bottom - top) * RATIO, MIN_WIDTH), WIDTH)
    height = width / RATIO
    return Box(
        round(_within((left + right - width) / 2, width, WIDTH)),
        round(_within((top + bottom - height) / 2, height, HEIGHT)),
        round(width),
        round(height),
    )


def _within(start: float, length: float, whole: float) -> float:
    """The start of a stretch, moved so that it lies in the whole; in its middle where it is longer."""
    return (whole - length) / 2 if length > whole else min(max(start, 0.0), whole - length)


def _radius(number: int, most: int) -> float:
    """Grows with the square root of the number: the area says how many."""
    of_one = min(RADIUS_OF_ONE, (MAX_RADIUS - MIN_RADIUS) / math.sqrt(most))
    return round(MIN_RADIUS + of_one * math.sqrt(number), 1)
