from xml.etree import ElementTree

import pytest

from training.tabular.curve import curve_svg
from training.tabular.page import Curve, Rows
from training.tabular.reliability import Point

NUMBERS = Rows("", (), ())


def drawn(*points: tuple[float, float, float, float], leading: bool = True) -> ElementTree.Element:
    curve = Curve(
        title="t",
        said="s",
        across="foretold <>",
        upwards="observed",
        points=tuple(
            Point(mean_risk=risk, observed=seen, low=low, high=high, n=50)
            for risk, seen, low, high in points
        ),
        numbers=NUMBERS,
        leading=leading,
    )
    text = curve_svg(curve, labelled_by="a", described_by="b", percent=lambda one: f"{one}%")
    return ElementTree.fromstring(text)


def numbers(element: ElementTree.Element, *names: str) -> list[float]:
    return [float(element.get(name) or "nan") for name in names]


def test_a_point_on_the_ideal_lies_on_the_dashed_line() -> None:
    tree = drawn((0.2, 0.2, 0.1, 0.4))
    (point,) = tree.findall("circle")
    (ideal,) = [one for one in tree.findall("line") if one.get("class") == "ideal"]
    x1, y1, x2, y2 = numbers(ideal, "x1", "y1", "x2", "y2")
    x, y = numbers(point, "cx", "cy")
    assert y - y1 == pytest.approx((y2 - y1) / (x2 - x1) * (x - x1), abs=0.2)
    # The axes end at the tenth above all that is drawn, here .4: the point is half way.
    assert (x - x1) / (x2 - x1) == pytest.approx(0.5, abs=0.01)


def test_who_fares_worse_than_foretold_lies_above_and_intervals_hold_their_point() -> None:
    tree = drawn((0.2, 0.3, 0.25, 0.36), (0.5, 0.4, 0.3, 0.52))
    points, bars = tree.findall("circle"), tree.findall("path")
    for point, bar, above in zip(points, bars, (True, False), strict=True):
        x, y = numbers(point, "cx", "cy")
        d = bar.get("d") or ""
        low = float(d[1:].split("H")[0].split()[1])
        high = float(d.split("V")[1].split("M")[0])
        assert high < y < low
        side = 360.0
        ideal = 12 + side - (x - 64)
        assert (y < ideal) is above


@pytest.mark.parametrize(
    ("high", "ticks"), [(0.04, ["0%", "10%"]), (0.95, ["0%", "20%", "40%", "60%", "80%", "100%"])]
)
def test_axes_are_labelled_to_the_tenth_above(high: float, ticks: list[str]) -> None:
    tree = drawn((0.02, 0.02, 0.01, high))
    said = [one.text for one in tree.findall("text")]
    assert [one for one in said if one in ticks][::2] == ticks
    assert {"foretold <>", "observed"} <= set(said)


def test_all_that_is_drawn_lies_inside_the_drawing() -> None:
    for leading in (True, False):
        tree = drawn((1.0, 1.0, 0.9, 1.0), (0.0, 0.0, 0.0, 0.1), leading=leading)
        width, height = (float(one) for one in (tree.get("viewBox") or "").split()[2:])
        for point in tree.findall("circle"):
            x, y = numbers(point, "cx", "cy")
            assert 0 < x < width
            assert 0 < y < height
