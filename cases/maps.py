"""The maps of cases, on land without boundaries: a dot for each place, or of one place a dot for each case.

The land is a file, `static/land.svg`, which `manage.py make_map` draws; the dots are positions in per cent
of the part of it that is shown. East is where the map has it, in every language.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.models import Case, Place

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
# Of one place the part around it; and what stays free there.
PLACE_WIDTH, FREE_OF_PLACE = 420, 60


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

    def of(self, x: float, y: float) -> tuple[float, float]:
        """The point in per cent of the part."""
        return round((x - self.x) / self.width * 100, 2), round((y - self.y) / self.height * 100, 2)


@dataclass(frozen=True)
class CaseMap:
    """The dots, the largest below the others; the part of the land that is shown; and where dots crowd."""

    dots: list[Dot]
    box: Box
    closer: "CaseMap | None" = None
    land_width: int = WIDTH
    land_height: int = HEIGHT


@dataclass(frozen=True)
class Spot:
    """Where some cases of a place are: their position in per cent, and their radius in pixels."""

    cases: list[Case]
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class PlaceMap:
    """The cases that have a position, those of most cases below the others; and the middle of the place."""

    spots: list[Spot]
    middle: tuple[float, float] | None
    box: Box
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
    box = _box([point for _place, _number, point in placed], least=MIN_WIDTH, free=FREE)
    crowd = _crowd(placed) if box.width > 2 * CLOSER_WIDTH else None
    return _map(placed, box, _map(placed, crowd) if crowd else None)


def place_map(place: Place, cases: Iterable[Case]) -> PlaceMap | None:
    """The map of one place, with these cases; None where neither it nor any of them has a position."""
    at: dict[tuple[float, float], list[Case]] = {}
    for case in cases:
        if case.latitude is not None and case.longitude is not None:
            at.setdefault(projected(float(case.longitude), float(case.latitude)), []).append(case)
    middle = None
    if place.latitude is not None and place.longitude is not None:
        middle = projected(float(place.longitude), float(place.latitude))
    points = [*at, *([middle] if middle else [])]
    if not points:
        return None
    box = _box(points, least=PLACE_WIDTH, free=FREE_OF_PLACE)
    most = max(map(len, at.values()), default=1)
    spots = [Spot(several, *box.of(*point), _radius(len(several), most)) for point, several in at.items()]
    ordered = sorted(spots, key=lambda spot: -len(spot.cases))
    return PlaceMap(ordered, box.of(*middle) if middle else None, box)


def _map(placed: list[Placed], box: Box, closer: CaseMap | None = None) -> CaseMap:
    """The dots of those that lie in the box."""
    most = max(number for _place, number, _point in placed)
    dots = [
        Dot(place, number, *box.of(*point), _radius(number, most))
        for place, number, point in placed
        if box.holds(*point)
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


def _box(points: Sequence[tuple[float, float]], *, least: int, free: int) -> Box:
    """The smallest part of the right shape that holds all points, within the drawing where it fits.

    least: its least width; free: what stays free around the outermost points.
    """
    left, right = min(x for x, _y in points) - free, max(x for x, _y in points) + free
    top, bottom = min(y for _x, y in points) - free, max(y for _x, y in points) + free
    width = min(max(right - left, (bottom - top) * RATIO, least), WIDTH)
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
