"""Draws how long pages take by the number of cases: an SVG that is readable on light and on dark."""

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.benchmarks.lines import Lines

# What is drawn: figure and page, the name beside the line, and a dash pattern, so that no line is known by colour alone.
SERIES = (
    ("entries: CPU", "case", "a case", ""),
    ("lists: CPU", "list of cases", "list of cases", "8 4"),
    ("lists: CPU", "cases of the busiest actor as signatory", "cases of one actor", "2 4"),
    ("others: CPU", "home", "home", "12 3 2 3"),
    ("entries: CPU", "busiest actor", "the busiest actor", "5 2"),
    ("desk: CPU", "cases", "the desk's list of cases", "1 3"),
)
WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 44, 48
LABEL_HEIGHT = 18
STYLE = """
    svg { --ink: #1c1c1c; --quiet: #767676; --line: #d8d8d8; background: #fff; font: 13px system-ui, sans-serif; }
    .c0 { --own: #0b5f8a; } .c1 { --own: #a33a00; } .c2 { --own: #2c6e2f; }
    .c3 { --own: #7a3b9e; } .c4 { --own: #8a6100; } .c5 { --own: #a01f4f; }
    @media (prefers-color-scheme: dark) {
      svg { --ink: #f0f0f0; --quiet: #a0a0a0; --line: #3c3c3c; background: #161616; }
      .c0 { --own: #6bbde6; } .c1 { --own: #ff9b66; } .c2 { --own: #86cf88; }
      .c3 { --own: #cf9df0; } .c4 { --own: #e0b952; } .c5 { --own: #ff8fb4; }
    }
    text { fill: var(--ink); } .quiet { fill: var(--quiet); }
    line { stroke: var(--line); } polyline { fill: none; stroke: var(--own); stroke-width: 2; }
    circle { fill: var(--own); } .own { fill: var(--own); }
"""
Points = list[tuple[float, float]]


def drawing(lines: Lines) -> str:
    """The whole SVG; both axes are logarithmic, so a straight line that rises is a growth with the casebook."""
    series = _series(lines)
    sizes = sorted({size for _name, _dash, points in series for size, _value in points})
    values = [value for _name, _dash, points in series for _size, value in points]
    if not values:
        return _svg([])
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    last = max(last, first + 1)

    def x(size: float) -> float:
        low, high = math.log10(sizes[0]), math.log10(sizes[-1])
        return LEFT + (WIDTH - LEFT - RIGHT) * (
            (math.log10(size) - low) / (high - low) if high > low else 0.5
        )

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (math.log10(value) - first) / (last - first)

    parts = [_text(LEFT, 22, "ms of CPU for a rendered page, by the number of cases")]
    for power in range(first, last + 1):
        at = y(10**power)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(_text(LEFT - 8, at + 4, f"{10**power:,g}", "quiet", "end"))
    for size in sizes:
        parts.append(_text(x(size), HEIGHT - BOTTOM + 22, f"{size:,.0f}", "quiet", "middle"))
    places = _apart([y(points[-1][1]) for _name, _dash, points in series])
    for number, ((name, dash, points), place) in enumerate(zip(series, places, strict=True)):
        drawn = [(x(size), y(value)) for size, value in points]
        parts += _line(number, name, dash, drawn, place)
    return _svg(parts)


def _series(lines: Lines) -> list[tuple[str, str, Points]]:
    found = []
    for figure, page, name, dash in SERIES:
        points = sorted((one.size, one.value) for one in lines.of(figure) if one.page == page)
        if points:
            found.append((name, dash, [(float(size), value) for size, value in points]))
    return found


def _line(number: int, name: str, dash: str, drawn: Points, place: float) -> list[str]:
    path = " ".join(f"{one:.1f},{other:.1f}" for one, other in drawn)
    dots = [f'<circle cx="{one:.1f}" cy="{other:.1f}" r="3"/>' for one, other in drawn]
    return [
        f'<g class="c{number}">',
        f'<polyline points="{path}" stroke-dasharray="{dash or "none"}"/>',
        *dots,
        _text(WIDTH - RIGHT + 10, place + 4, name, "own"),
        "</g>",
    ]


def _apart(places: Sequence[float]) -> list[float]:
    """The places of the labels, moved down where they would touch."""
    moved, lowest = [0.0] * len(places), -math.inf
    for index in sorted(range(len(places)), key=places.__getitem__):
        lowest = moved[index] = max(places[index], lowest + LABEL_HEIGHT)
    return moved


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{style}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(parts: Sequence[str]) -> str:
    inside = "\n  ".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' role="img" aria-labelledby="title">\n'
        '  <title id="title">CPU time of rendered pages by the number of cases</title>\n'
        f"  <style>{STYLE}  </style>\n  {inside}\n</svg>\n"
    )
