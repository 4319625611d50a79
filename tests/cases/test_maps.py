"""The map: an equal-area projection, dots where places are, and land without boundaries."""

import json
import math
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from cases import maps
from cases.management.commands import make_map
from cases.maps import HEIGHT, WIDTH, case_map, projected
from cases.models import Place

LAND = Path(settings.ROOT) / "static" / "land.svg"
MAX_BYTES = 25_000
# Of the rectangle around it, the globe fills this part: its area, 4π, over that of the rectangle.
EARTH_IN_BOX = 4 * math.pi / (4 * maps.HALF_WIDTH * maps.HALF_HEIGHT)
# Metres, as the tests of PROJ have them for +proj=eqearth on the ellipsoid WGS 84. We take the globe for a sphere:
# theirs is the sphere of the same area, and its latitudes those that keep areas (Snyder 1987, equation 3-18).
RADIUS = 6_371_007.1809
ECCENTRICITY = 0.006_694_379_990_14
OF_PROJ = [
    (0.0, 0.0, 0.0, 0.0),
    (180.0, 0.0, 17_243_959.06, 0.0),
    (0.0, 90.0, 0.0, 8_392_927.6),
    (-180.0, 90.0, -10_216_474.79, 8_392_927.6),
    (180.0, 45.0, 14_792_474.75, 5_466_867.76),
    (-70.0, -31.2, -6_241_081.64, -3_907_019.16),
]


def place(latitude: Any = None, longitude: Any = None) -> Place:
    is_there = latitude is not None
    return Place(
        latitude=Decimal(str(latitude)) if is_there else None,
        longitude=Decimal(str(longitude)) if is_there else None,
    )


def authalic(latitude: float) -> float:
    """The latitude on the sphere for one on the ellipsoid."""
    e, phi = ECCENTRICITY, math.radians(latitude)
    by_two = e / 3 + 31 * e**2 / 180 + 59 * e**3 / 560
    by_four = 17 * e**2 / 360 + 61 * e**3 / 1260
    return math.degrees(phi - by_two * math.sin(2 * phi) + by_four * math.sin(4 * phi))


@pytest.mark.parametrize("longitude, latitude, x, y", OF_PROJ)
def test_it_projects_as_another_library_does(longitude: float, latitude: float, x: float, y: float) -> None:
    unit = 2 * maps.HALF_WIDTH * RADIUS / WIDTH

    found_x, found_y = projected(longitude, authalic(latitude))

    assert (found_x - WIDTH / 2) * unit == pytest.approx(x, abs=1)
    # The height of the drawing is a whole number of units.
    assert (HEIGHT / 2 - found_y) * unit == pytest.approx(y, abs=unit)


@given(st.floats(-179, 179), st.floats(-85, 85))
def test_a_piece_of_the_globe_has_its_true_share_of_the_map(longitude: float, latitude: float) -> None:
    step = 0.01
    (x, y), (east, _y) = projected(longitude, latitude), projected(longitude + step, latitude)
    _x, north = projected(longitude, latitude + step)

    # Rows of the projection are level: a piece is as wide as its step to the east, as high as that north.
    share = abs((east - x) * (north - y)) / (WIDTH * HEIGHT * EARTH_IN_BOX)
    of_globe = math.radians(step) * (
        math.sin(math.radians(latitude + step)) - math.sin(math.radians(latitude))
    )

    assert share == pytest.approx(of_globe / (4 * math.pi), rel=0.01)


def test_a_place_without_a_position_has_no_dot() -> None:
    assert case_map([(place(), 3)]) is None
    drawn = case_map([(place(), 3), (place(33, 44), 1)])
    assert drawn is not None
    assert len(drawn.dots) == 1


def test_all_dots_lie_in_what_is_shown() -> None:
    drawn = case_map(
        [(place(latitude, longitude), 1) for latitude, longitude in ((60, -170), (-50, 175), (0, 0))]
    )

    assert drawn is not None
    assert all(0 <= dot.x <= 100 and 0 <= dot.y <= 100 for dot in drawn.dots)


def test_one_place_is_shown_with_what_is_around_it() -> None:
    drawn = case_map([(place(15.5, 47.5), 6)])

    assert drawn is not None
    assert drawn.box.width == maps.MIN_WIDTH
    [dot] = drawn.dots
    assert (dot.x, dot.y) == (pytest.approx(50, abs=0.1), pytest.approx(50, abs=0.1))


def test_the_area_of_a_dot_grows_with_the_number_and_large_ones_lie_below() -> None:
    drawn = case_map([(place(15, 47), 1), (place(33, 44), 9), (place(33, 36), 400)])

    assert drawn is not None
    assert [dot.number for dot in drawn.dots] == [400, 9, 1]
    radii = [dot.radius for dot in drawn.dots]
    assert radii == sorted(radii, reverse=True)
    assert radii[0] == maps.MAX_RADIUS


def test_where_dots_crowd_they_are_drawn_once_more() -> None:
    crowd = [(place(30 + number, 35 + number), 1) for number in range(maps.CROWD)]
    far = [(place(0, -120), 1), (place(0, 120), 1)]

    drawn, apart = case_map([*crowd, *far]), case_map([*crowd[:2], *far])

    assert drawn is not None
    assert drawn.closer is not None
    assert len(drawn.closer.dots) == maps.CROWD
    assert apart is not None
    assert apart.closer is None


# --- the land ----------------------------------------------------------------------------


def test_the_land_is_one_shape_without_boundaries_or_names_and_small() -> None:
    svg = LAND.read_text(encoding="utf-8")

    assert {*re.findall("<([a-z]+)", svg)} == {"svg", "path"}
    assert svg.count("<path") == 1
    assert "stroke" not in svg
    assert len(brotli.compress(svg.encode())) <= MAX_BYTES


@pytest.mark.parametrize(
    "longitude, latitude, is_land",
    [(35.8, 33.9, True), (44.2, 15.4, True), (50.55, 26.05, True), (106.8, -6.5, True), (45, 65, True),
     (-100, 40, True), (20, 35, False), (-30, 0, False), (51, 42, False), (60, 10, False), (179, 0, False)],
    ids=["Lebanon", "Yemen", "Bahrain", "Java", "Russia", "North America", "the Mediterranean", "the Atlantic",
         "the Caspian Sea", "the Indian Ocean", "the Pacific"],
)  # fmt: skip
def test_land_is_where_there_is_land(longitude: float, latitude: float, is_land: bool) -> None:
    inside = False
    at_x, at_y = projected(longitude, latitude)
    for ring in rings(LAND.read_text(encoding="utf-8")):
        for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y > at_y) != (v > at_y) and at_x < (u - x) * (at_y - y) / (v - y) + x:
                inside = not inside

    assert inside == is_land


def rings(svg: str) -> list[list[tuple[int, int]]]:
    """The corners of the shores, from the steps of the path, which z closes."""
    found = []
    for shore in re.findall("M([^z]*)z", svg):
        start, steps = shore.split("l")
        x, y = map(int, re.findall(r"-?\d+", start))
        numbers = [*map(int, re.findall(r"-?\d+", steps))]
        ring = [(x, y)]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            ring.append((x, y))
        found.append(ring)
    return found


def a_topology(ring: list[tuple[float, float]]) -> dict[str, Any]:
    """A TopoJSON of one ring, in steps of a hundredth of a degree."""
    whole = [(round(x * 100), round(y * 100)) for x, y in ring]
    steps = [whole[0], *((u - x, v - y) for (x, y), (u, v) in pairwise(whole))]
    land = {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]]}]}
    transform = {"scale": [0.01, 0.01], "translate": [0, 0]}
    return {"transform": transform, "arcs": [steps], "objects": {"land": land}}


def drawn_from(topology: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    file = tmp_path / "50m.json"
    file.write_text(json.dumps(topology))
    monkeypatch.setattr(make_map, "LAND", tmp_path / "land.svg")
    call_command("make_map", file, verbosity=0)
    return (tmp_path / "land.svg").read_text()


def test_a_shore_is_drawn_at_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    svg = drawn_from(a_topology([(0, 0), (20, 0), (20, 20), (0, 20), (0, 0)]), tmp_path, monkeypatch)

    [ring] = rings(svg)
    corners = {
        (round(x), round(y))
        for x, y in (projected(0, 0), projected(20, 0), projected(20, 20), projected(0, 20))
    }
    assert {*ring} == corners


def test_land_across_the_edge_is_drawn_on_both_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = [(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)]

    east, west = sorted(rings(drawn_from(a_topology(ring), tmp_path, monkeypatch)), reverse=True)

    assert min(x for x, _y in east) > WIDTH * 0.9
    assert max(x for x, _y in west) < WIDTH * 0.1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"transform": {}}'])
def test_what_is_no_topology_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "50m.json"
    file.write_text(text)

    with pytest.raises(CommandError, match="no TopoJSON"):
        call_command("make_map", file)
