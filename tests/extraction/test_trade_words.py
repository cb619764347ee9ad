from datetime import date

import pytest

from matching.domain import DocumentKind, TradeWord
from matching.extraction import Extractor

TODAY = date(2026, 11, 22)


def words(
    extractor: Extractor, text: str, kind: DocumentKind = DocumentKind.CV
) -> dict[str, TradeWord]:
    found = extractor.extract(text, kind=kind, as_of=TODAY).words
    assert [word.key for word in found] == sorted({word.key for word in found})
    return {word.key: word for word in found}


def test_words_of_the_trade_are_found_where_no_skill_is_named(extractor: Extractor) -> None:
    text = "ESPERIENZE\n2019-2021 Hotel sul lago: sedici camere al giorno, letti, bagni e bagni"
    found = words(extractor, text)
    assert {"camer", "lett", "bagn"} <= set(found)
    assert (found["bagn"].count, found["bagn"].evidence) == (2, "bagni")


@pytest.mark.parametrize(
    "text",
    [
        "Non ho esperienza di saldatura.",
        "Vorrei imparare la saldatura.",
        "Mio marito fa la saldatura.",
        "Impiegato presso ditta di saldatura",
    ],
)
def test_words_denied_wished_or_about_others_are_left_out(extractor: Extractor, text: str) -> None:
    assert "saldatur" not in words(extractor, text)
    assert "saldatur" in words(extractor, "Per anni ho fatto saldatura in reparto.")


def test_words_of_family_and_origin_are_left_out(extractor: Extractor) -> None:
    text = "Sono madre di tre figli, coniugata, di famiglia straniera, e so cucinare in mensa."
    found = words(extractor, text)
    assert "mens" in found
    assert not {"madr", "figl", "famigl", "stranier", "coniugat"} & set(found)


def test_what_a_vacancy_offers_and_its_languages_are_left_out(extractor: Extractor) -> None:
    text = (
        "Cercasi addetto al magazzino.\nRequisiti: uso del transpallet.\n"
        "Si offre: corso di saldatura, mensa."
    )
    found = words(extractor, text, DocumentKind.VACANCY)
    assert "transpallet" in found
    assert not {"saldatur", "mens"} & set(found)


def test_both_genders_have_the_same_words(extractor: Extractor) -> None:
    he = words(extractor, "ESPERIENZE\n2010-2014 cameriere ai piani, addetto alle pulizie")
    she = words(extractor, "ESPERIENZE\n2010-2014 cameriera ai piani, addetta alle pulizie")
    assert {key: word.count for key, word in he.items()} == {
        key: word.count for key, word in she.items()
    }


def test_the_names_of_languages_are_no_trade_words(extractor: Extractor) -> None:
    known = frozenset().union(*extractor.concept_words.values())
    assert "saldatur" in known
    assert not {"rumen", "arab", "ucrain", "wolof"} & known


def test_a_denial_rules_over_the_end_of_a_wrapped_line(extractor: Extractor) -> None:
    text = (
        "Nei lavori che ho fatto finora non ho mai avuto esperienza di\nsaldatura o di tornitura."
    )
    assert not {"saldatur", "tornitur"} & set(words(extractor, text))
