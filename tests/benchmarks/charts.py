"""Pictures in SVG: bars of ratios, lines over logarithms, and flames."""

from __future__ import annotations

import html
import math
from typing import Any, NamedTuple

_FONT = 'font-family="system-ui, sans-serif" font-size="12"'
_INK, _PALE, _RED, _BLUE = "#222222", "#dddddd", "#c0392b", "#2c6fad"
_COLOURS = ("#2c6fad", "#c0392b", "#27864b", "#b7791f", "#7d4ba8", "#555555")


class Bar(NamedTuple):
    """One bar: what it is about, and how many times the cost of the peer ours is."""

    label: str
    ratio: float


def bars(given: list[Bar], title: str) -> str:
    """Ratios on a scale of logarithms; to the left of 1 we are the cheaper."""
    left, right, step = 190, 690, 22
    least = min(0.1, *(bar.ratio for bar in given)) / 1.3
    most = max(10.0, *(bar.ratio for bar in given)) * 1.3
    height = 58 + step * len(given)

    def x(ratio: float) -> float:
        return left + (right - left) * math.log(ratio / least) / math.log(most / least)

    parts = [_text(10, 20, title, weight="bold")]
    for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50):
        if least <= tick <= most:
            parts += (_line(x(tick), 34, x(tick), height - 20, _INK if tick == 1 else _PALE),)
            parts.append(_text(x(tick), height - 6, f"{tick:g}×", anchor="middle"))
    for row, bar in enumerate(given):
        top = 38 + row * step
        begin, end = sorted((x(1), x(bar.ratio)))
        colour = _BLUE if bar.ratio <= 1 else _RED
        parts.append(_box(begin, top, max(end - begin, 1), step - 6, colour))
        parts.append(_text(left - 8, top + 12, bar.label, anchor="end"))
        anchor, place = ("end", begin - 4) if bar.ratio <= 1 else ("start", end + 4)
        parts.append(_text(place, top + 12, f"{bar.ratio:.2f}", anchor=anchor))
    return _picture(right + 50, height, parts)


def lines(given: dict[str, list[tuple[float, float]]], title: str, across: str, up: str) -> str:
    """Points (x, y) of each line, both on scales of logarithms."""
    left, right, top, bottom = 70, 560, 52, 356
    xs = [x for points in given.values() for x, _ in points]
    ys = [y for points in given.values() for _, y in points]
    x_low, x_high = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)))
    y_low, y_high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            left + (right - left) * (math.log10(x) - x_low) / (x_high - x_low),
            bottom - (bottom - top) * (math.log10(y) - y_low) / (y_high - y_low),
        )

    parts = [_text(10, 20, title, weight="bold")]
    for power in range(x_low, x_high + 1):
        place = at(10.0**power, 10.0**y_low)[0]
        parts += (_line(place, top, place, bottom, _PALE), _text(place, bottom + 16, _short(10.0**power), "middle"))
    for power in range(y_low, y_high + 1):
        place = at(10.0**x_low, 10.0**power)[1]
        parts += (_line(left, place, right, place, _PALE), _text(left - 6, place + 4, f"{10.0**power:g}", "end"))
    parts += (_text((left + right) / 2, bottom + 34, across, "middle"), _text(left - 6, top - 12, up, "end"))
    ends = _apart({name: at(*points[-1])[1] for name, points in given.items()})
    for number, (name, points) in enumerate(given.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in points))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += (_dot(*at(*point), colour) for point in points)
        parts.append(_text(at(*points[-1])[0] + 8, ends[name] + 4, name, colour=colour))
    return _picture(right + 110, bottom + 46, parts)


def flame(tree: dict[str, Any], title: str, depth: int = 20) -> str:
    """Each function a box as wide as its share of the time, the functions that it calls above it."""
    width, step = 1000, 20
    boxes: list[tuple[int, float, float, str]] = []

    def place(node: dict[str, Any], level: int, begin: float) -> None:
        share = node["count"] / tree["count"]
        boxes.append((level, begin, share, node["name"]))
        if level < depth:
            for below in node["below"]:
                place(below, level + 1, begin)
                begin += below["count"] / tree["count"]

    place(tree, 0, 0.0)
    levels = max(level for level, *_ in boxes) + 1
    parts = [_text(10, 20, title, weight="bold")]
    for level, begin, share, name in boxes:
        x, y, wide = 10 + begin * (width - 20), 34 + (levels - 1 - level) * step, share * (width - 20)
        parts.append(f"<g><title>{html.escape(name)}: {share:.1%}</title>")
        parts.append(_box(x, y, max(wide - 1, 0.5), step - 1, _hue(name)))
        room = int((wide - 6) / 6.6)
        if room > 5:
            shown = name if len(name) <= room else name.partition(": ")[2] or name
            shown = shown if len(shown) <= room else shown[: room - 1] + "…"
            parts.append(_text(x + 4, y + 14, shown, size=11))
        parts.append("</g>")
    return _picture(width, 44 + levels * step, parts)


def _hue(name: str) -> str:
    """A light colour for each part of the program, the same in every picture."""
    parts = ("all", "pipeline", "readers", "text", "repair", "structure", "typeset", "writers.docx", "writers.epub")
    for number, part in enumerate(parts):
        if name.startswith(part):
            return f"hsl({number * 40}, 60%, 80%)"
    return "hsl(20, 70%, 75%)"


def _apart(places: dict[str, float], least: float = 15) -> dict[str, float]:
    """The places of labels, moved down where they would lie on one another."""
    moved: dict[str, float] = {}
    last = -math.inf
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        last = moved[name] = max(place, last + least)
    return moved


def _short(number: float) -> str:
    for size, unit in ((1e6, "MB"), (1e3, "KB")):
        if number >= size:
            return f"{number / size:g} {unit}"
    return f"{number:g}"


def _picture(width: float, height: float, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" {_FONT}>'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#ffffff"/>', *parts, "</svg>", ""])


def _text(
    x: float, y: float, words: str, anchor: str = "start", *, weight: str = "", colour: str = _INK, size: int = 12
) -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    small = f' font-size="{size}"' if size != 12 else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{bold}{small}>{html.escape(words)}</text>'
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"/>'


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def _dot(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
