"""Importance by place in a document."""

from matching.domain import DocumentKind, Importance
from matching.extraction import Index
from matching.extraction.mentions import read
from matching.extraction.optional import OptionalScopes
from matching.extraction.segments import segments
from matching.normalisation import plain


def importance(index: Index, text: str, word: str, kind: DocumentKind) -> Importance | None:
    reading = read(text, plain(text), kind, segments(text, kind), index)
    return OptionalScopes(reading).at(text.index(word))


def test_what_a_vacancy_would_like_is_optional(index: Index) -> None:
    text = "Cercasi saldatore.\nGradito patentino del muletto.\nPatente B indispensabile."
    assert importance(index, text, "patentino", DocumentKind.VACANCY) is Importance.OPTIONAL
    assert importance(index, text, "Patente B", DocumentKind.VACANCY) is Importance.ESSENTIAL
    assert importance(index, text, "saldatore", DocumentKind.VACANCY) is Importance.ESSENTIAL


def test_a_preferred_section_is_optional(index: Index) -> None:
    text = "Cercasi saldatore\nRequisiti preferenziali:\n- patentino del muletto"
    assert importance(index, text, "patentino", DocumentKind.VACANCY) is Importance.OPTIONAL


def test_a_cv_has_no_importance(index: Index) -> None:
    assert importance(index, "gradito muletto", "muletto", DocumentKind.CV) is None


def test_outside_every_sentence_all_is_essential(index: Index) -> None:
    text = "Cercasi saldatore\n\n\nRequisiti:\n"
    assert importance(index, text, "Requisiti", DocumentKind.VACANCY) is Importance.ESSENTIAL
