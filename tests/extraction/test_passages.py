"""The passages in which facts are looked for."""

from matching.domain import DocumentKind
from matching.extraction import Index
from matching.extraction.facts import fact
from matching.extraction.mentions import Reading, read
from matching.extraction.passages import moved, passages
from matching.extraction.segments import segments
from matching.normalisation import plain


def reading(index: Index, text: str, kind: DocumentKind = DocumentKind.CV) -> Reading:
    return read(text, plain(text), kind, segments(text, kind), index)


def test_a_header_belongs_to_the_passage_after_it(index: Index) -> None:
    (passage,) = passages(reading(index, "Patente: B"))
    assert passage.text == "Patente: B"
    assert passage.text[passage.body :].strip() == "B"


def test_silent_sections_hold_no_passage_and_contacts_do(index: Index) -> None:
    text = "CONTATTI\nmagazzino, patente B\n\nINTERESSI\npatente nautica"
    held = [passage.text for passage in passages(reading(index, text))]
    assert len(held) == 1
    assert "patente B" in held[0]


def test_a_wish_is_told_from_what_was_done(index: Index) -> None:
    text = "ESPERIENZE\n2010-2012 part-time\n\nOBIETTIVO\npart-time"
    assert [passage.wish for passage in passages(reading(index, text))] == [False, True]


def test_a_fact_is_moved_to_its_place_in_the_document(index: Index) -> None:
    text = "ESPERIENZE\nmuratore\n\nOBIETTIVO\npart-time"
    last = list(passages(reading(index, text)))[-1]
    start = last.text.index("part-time")
    (item,) = moved(last, [fact(last.text, "part_time", start, start + 9)], strict=True)
    assert text[item.start : item.end] == item.evidence == "part-time"


def test_what_is_said_of_somebody_else_is_left_out(index: Index) -> None:
    text = "Mio marito ha la patente C"
    (passage,) = passages(reading(index, text))
    start = text.index("patente")
    assert not list(moved(passage, [fact(text, "C", start, start + 9)], strict=False))
