"""The page of an audit is one sound file, without scripts, that can be read aloud."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.training.tabular.audited import people, words
from training.tabular.card import card
from training.tabular.html_page import to_html
from training.tabular.page import Heading, Paragraph, Rows, Strong
from training.tabular.report import audit

_VOID = {"meta"}


class Page(HTMLParser):
    """Every element with its attributes, and what is open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


@pytest.fixture(scope="module", params=["it", "en"])
def page(request: pytest.FixtureRequest) -> str:
    who, table = people(3000, seed=1, planted=0.2)
    table = table.rename(columns={"area": '</td><script>"'})
    found = audit(who, table, declared=["sex", '</td><script>"'], inputs=["age"])
    spoken = words(request.param)
    return to_html(card(found, spoken, outcome="<b>"), spoken)


def test_every_element_is_closed_in_its_place(page: str) -> None:
    assert Page(page).open == []


def test_nothing_runs_and_nothing_is_loaded(page: str) -> None:
    seen = Page(page)
    names = {name for name, _ in seen.seen}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "input", "a"}
    held = {key for _, attributes in seen.seen for key in attributes}
    assert not any(key.startswith("on") or key in ("src", "href", "style") for key in held)
    assert "url(" not in page
    assert "@import" not in page
    assert "&lt;/td&gt;&lt;script&gt;" in page


def test_it_says_its_language_and_its_title_and_headings_go_down_step_by_step(page: str) -> None:
    seen = Page(page)
    (whole,) = seen.all("html")
    assert whole["lang"] in ("it", "en")
    title = {"it": "Verifica", "en": "Audit"}[whole["lang"]]
    assert f"<title>{title}: &lt;b&gt;</title>" in page
    levels = [int(name[1]) for name, _ in seen.seen if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(seen.all("main")) == 1


def test_every_table_has_a_caption_headed_columns_and_headed_lines(page: str) -> None:
    tables = re.findall(r"<table>.*?</table>", page, re.DOTALL)
    assert len(tables) >= 8
    for table in tables:
        tree = ElementTree.fromstring(table)
        assert (tree.findtext("caption") or "").strip()
        columns = tree.findall("thead/tr/th")
        assert all(one.get("scope") == "col" and one.text for one in columns)
        for line in tree.findall("tbody/tr"):
            assert line[0].tag == "th"
            assert line[0].get("scope") == "row"
            assert len(line) == len(columns)


def test_what_scrolls_can_be_reached_by_keyboard_and_is_named(page: str) -> None:
    seen = Page(page)
    names = [attributes["id"] for _, attributes in seen.seen if "id" in attributes]
    assert len(names) == len(set(names))
    scrolling = [one for one in seen.all("div") if one.get("class") == "wide"]
    assert len(scrolling) == len(seen.all("table"))
    for one in scrolling:
        assert (one["role"], one["tabindex"]) == ("region", "0")
        assert one["aria-labelledby"] in names


def test_every_curve_is_named_described_and_has_its_numbers(page: str) -> None:
    seen = Page(page)
    names = {attributes["id"] for _, attributes in seen.seen if "id" in attributes}
    drawings = seen.all("svg")
    assert len(drawings) == len(seen.all("figure")) == len(seen.all("details")) >= 3
    for one in drawings:
        assert one["role"] == "img"
        assert {one["aria-labelledby"], one["aria-describedby"]} <= names


def test_the_same_blocks_give_the_same_bytes_and_text_stays_text() -> None:
    blocks = [Heading(1, "a & b"), Paragraph("x < y\n z"), Rows("c", ("d",), ((Strong("e>"),),))]
    text = to_html(blocks, words())
    assert text == to_html(blocks, words())
    assert "<h1>a &amp; b</h1>\n<p>x &lt; y z</p>" in text
    assert '<th scope="row"><strong>e&gt;</strong></th>' in text


def test_words_are_dark_enough_on_white(page: str) -> None:
    for colour in set(re.findall(r"(?<!-)(?:color|fill): (#[0-9a-f]{6})", page)):
        channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
        linear = np.where(
            channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
        )
        contrast = 1.05 / (linear @ np.array([0.2126, 0.7152, 0.0722]) + 0.05)
        assert contrast >= 4.5, colour
