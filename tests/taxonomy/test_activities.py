from typing import Any

import pytest

from matching.errors import LexiconError
from matching.taxonomy.activities import Activity, Phrase, read_activities

URIS = {"addetto-pulizie": "urn:pulizie"}


def read(**entry: Any) -> Activity:
    values = {"occupation": "addetto-pulizie", "did": ["pulizie"]} | entry
    return read_activities({"activity": [values]}, URIS)[0]


def phrase(text: str) -> Phrase:
    return read(did=[text]).did[0]


def test_a_phrase_is_read_word_by_word() -> None:
    first, second = phrase("pulizie .. uffici|scale")
    assert first.fits("pulizie")
    assert not first.gap
    assert second.gap
    assert {word for word in ("uffici", "scale", "case") if second.fits(word)} == {
        "uffici",
        "scale",
    }


def test_a_star_stands_for_any_ending() -> None:
    (step,) = phrase("pulizi*")
    assert step.fits("pulizia")
    assert step.fits("pulizie")
    assert not step.fits("pulito")


@pytest.mark.parametrize(
    ("verb", "forms", "others"),
    [
        ("lavare+", ["lavavo", "lavato", "lavare", "lavando", "lavi"], ["lavoro", "lavanda"]),
        ("pulire+", ["pulivo", "pulito", "pulire", "pulisco", "pulisca"], ["pulizia"]),
        ("fare+", ["facevo", "fatto", "faccio", "fare"], ["farina", "favo"]),
        ("caricare+", ["caricavo", "carichi", "caricato"], ["carica"]),
        ("tagliare+", ["tagliavo", "tagli", "taglio"], ["taglia"]),
    ],
)
def test_a_plus_stands_for_the_forms_of_a_verb(
    verb: str, forms: list[str], others: list[str]
) -> None:
    (step,) = phrase(verb)
    assert [form for form in forms if not step.fits(form)] == []
    assert [form for form in others if step.fits(form)] == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"occupation": "astronauta"}, "does not exist"),
        ({"did": []}, "says nothing"),
        ({"did": "pulizie"}, "list of texts"),
        ({"did": ["Pulizie"]}, "no plain word"),
        ({"did": ["città"]}, "no plain word"),
        ({"did": ["pulizie .."]}, "where one is needed"),
        ({"did": ["pu*"]}, "too short"),
        ({"did": ["pulizie+"]}, "no verb"),
        ({"beside": ["scale"]}, "beside needs at"),
        ({"family": "yes"}, "not true or false"),
        ({"when": "ieri"}, "unknown key"),
    ],
)
def test_a_rule_that_does_not_hold_is_refused(entry: dict[str, Any], said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        read(**entry)


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(LexiconError, match="unknown table"):
        read_activities({"activities": []}, URIS)
