"""A reliability curve as an SVG drawing that needs nothing else: points, their intervals, axes."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from training.tabular.page import Curve
from training.tabular.reliability import Point

_LEFT, _BOTTOM, _TOP, _RIGHT = 64.0, 52.0, 12.0, 16.0
_CAP = 4.0  # half the width of an interval's end
_FEW = 0.5  # up to here there is a tick at each tenth, beyond at each second one


@dataclass(frozen=True, slots=True)
class _Frame:
    """The square that chances from 0 to a limit are drawn in."""

    side: float
    limit: float

    def x(self, chance: float) -> float:
        return _LEFT + self.side * min(chance, self.limit) / self.limit

    def y(self, chance: float) -> float:
        return _TOP + self.side * (1 - min(chance, self.limit) / self.limit)


def curve_svg(
    curve: Curve, *, labelled_by: str, described_by: str, percent: Callable[[int], str]
) -> str:
    """The drawing.

    Parameters
    ----------
    curve
        What is drawn.
    labelled_by, described_by
        Identifiers of the elements of the page that name it and say what it shows.
    percent
        Says a whole number of percent.
    """
    frame = _Frame(360.0 if curve.leading else 220.0, _limit(curve.points))
    width, height = _LEFT + frame.side + _RIGHT, _TOP + frame.side + _BOTTOM
    parts = [
        *_grid(frame, percent),
        *_axes(frame, curve),
        f'<line class="ideal" x1="{_n(frame.x(0))}" y1="{_n(frame.y(0))}" '
        f'x2="{_n(frame.x(frame.limit))}" y2="{_n(frame.y(frame.limit))}"/>',
        *_points(frame, curve.points),
    ]
    body = "\n".join(parts)
    return (
        f'<svg role="img" aria-labelledby="{labelled_by}" aria-describedby="{described_by}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}">\n'
        f"{body}\n</svg>"
    )


def _limit(points: Sequence[Point]) -> float:
    """The least tenth above all that is drawn."""
    most = max(max(point.high, point.mean_risk) for point in points)
    return min(1.0, max(1, math.ceil(most * 10 - 1e-9)) / 10)


def _grid(frame: _Frame, percent: Callable[[int], str]) -> Iterator[str]:
    tenths = round(frame.limit * 10)
    for tenth in range(0, tenths + 1, 1 if frame.limit <= _FEW else 2):
        chance, said = tenth / 10, escape(percent(10 * tenth))
        x, y, below = _n(frame.x(chance)), _n(frame.y(chance)), _n(frame.y(chance) + 4)
        low, high = _n(frame.y(0)), _n(frame.y(frame.limit))
        near, far = _n(frame.x(0)), _n(frame.x(frame.limit))
        yield f'<line class="grid" x1="{x}" y1="{low}" x2="{x}" y2="{high}"/>'
        yield f'<line class="grid" x1="{near}" y1="{y}" x2="{far}" y2="{y}"/>'
        yield f'<text x="{x}" y="{_n(frame.y(0) + 18)}" text-anchor="middle">{said}</text>'
        yield f'<text x="{_n(_LEFT - 8)}" y="{below}" text-anchor="end">{said}</text>'


def _axes(frame: _Frame, curve: Curve) -> Iterator[str]:
    middle = frame.x(frame.limit / 2)
    upwards = frame.y(frame.limit / 2)
    yield (
        f'<text x="{_n(middle)}" y="{_n(frame.y(0) + 42)}" text-anchor="middle">'
        f"{escape(curve.across)}</text>"
    )
    yield (
        f'<text transform="translate(14 {_n(upwards)}) rotate(-90)" text-anchor="middle">'
        f"{escape(curve.upwards)}</text>"
    )


def _points(frame: _Frame, points: Sequence[Point]) -> Iterator[str]:
    line = " ".join(f"{_n(frame.x(one.mean_risk))},{_n(frame.y(one.observed))}" for one in points)
    yield f'<polyline class="curve" points="{line}"/>'
    for one in points:
        x, low, high = frame.x(one.mean_risk), frame.y(one.low), frame.y(one.high)
        left, right = _n(x - _CAP), _n(x + _CAP)
        yield (
            f'<path class="interval" d="M{left} {_n(low)}H{right}M{_n(x)} {_n(low)}V{_n(high)}'
            f'M{left} {_n(high)}H{right}"/>'
        )
        yield f'<circle class="point" cx="{_n(x)}" cy="{_n(frame.y(one.observed))}" r="4"/>'


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
