"""Colour profiles (ICC version 2), made here so that none of unknown licence lies about."""

import struct

Matrix = tuple[tuple[float, float, float], ...]

# Gamma, and the XYZ of red, green and blue as profiles hold them, adapted to D50 (published values of each space).
RGB: dict[str, tuple[float, Matrix]] = {
    "Adobe RGB": (
        563 / 256,
        ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    ),
    "Display P3": (
        2.2,
        ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    ),
    "ProPhoto": (1.8, ((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03134, 0.00009, 0.82491))),
}
D50 = (0.9642, 1.0, 0.82491)
SRGB: Matrix = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))


def profile(name: str) -> bytes:
    """The profile of that name."""
    gamma, primaries = RGB[name]
    curve = _curve(gamma)
    tags = {f"{one}TRC": curve for one in "rgb"}
    tags |= {f"{one}XYZ": _xyz(colour) for one, colour in zip("rgb", primaries, strict=True)}
    return _profile(b"RGB ", tags)


def grey(gamma: float) -> bytes:
    """A profile of a grey with that gamma."""
    return _profile(b"GRAY", {"kTRC": _curve(gamma)})


def in_profile(colour: tuple[int, ...], name: str) -> tuple[int, int, int]:
    """The numbers that mean the sRGB colour in the profile."""
    gamma, primaries = RGB[name]
    linear = [_linear(one / 255) for one in colour]
    xyz = [sum(SRGB[one][axis] * linear[one] for one in range(3)) for axis in range(3)]
    red, green, blue = (max(0.0, min(1.0, one)) ** (1 / gamma) for one in _solve(primaries, xyz))
    return round(red * 255), round(green * 255), round(blue * 255)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _solve(columns: Matrix, wanted: list[float]) -> list[float]:
    """By Cramer's rule."""
    whole = _determinant(columns)
    return [
        _determinant(tuple(tuple(wanted) if at == one else column for at, column in enumerate(columns)))
        / whole  # type: ignore[misc]
        for one in range(3)
    ]


def _determinant(columns: Matrix) -> float:
    (a, b, c), (d, e, f), (g, h, i) = columns
    return a * (e * i - f * h) - d * (b * i - c * h) + g * (b * f - c * e)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(colour: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, colour))


def _curve(gamma: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)


def _profile(space: bytes, tags: dict[str, bytes]) -> bytes:
    text = b"desc" + bytes(4) + struct.pack(">I", 5) + b"Made\0" + bytes(78)
    tags = {"desc": text + bytes(-len(text) % 4), "wtpt": _xyz(D50), **tags}
    at = 132 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += name.encode() + struct.pack(">II", at + len(data), len(content))
        data += content
    head = struct.pack(">I4sI4s4s4s", at + len(data), b"lcms", 0x02400000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + b"".join(map(_fixed, D50))
    return head + bytes(128 - len(head)) + table + data
