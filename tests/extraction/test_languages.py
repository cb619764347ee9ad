"""Languages and their levels, told apart from nationalities and things."""

from datetime import date

import pytest

from matching.domain import DocumentKind, Importance
from matching.extraction import Extractor
from matching.extraction.languages import LEVELS, level_near, rank

AS_OF = date(2026, 11, 22)


@pytest.fixture
def spoken(extractor: Extractor):
    def read(text: str, kind: DocumentKind = DocumentKind.CV) -> dict[str, str | None]:
        found = extractor.extract(text, kind=kind, as_of=AS_OF)
        return {item.code: item.level for item in found.facts.languages}

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("madrelingua italiana", {"it": "C2"}),
        ("lingua madre: rumeno", {"ro": "C2"}),
        ("italiano: buono; inglese: A2", {"it": "B2", "en": "A2"}),
        ("parlo arabo e francese", {"ar": None, "fr": None}),
        ("Parlo arabo, francese e un po' di italiano", {"ar": None, "fr": None, "it": "A2"}),
        ("Buona conoscenza del tedesco e dello spagnolo", {"de": "B2", "es": "B2"}),
        ("spagnolo madrelingua - italiano fluente", {"es": "C2", "it": "C1"}),
        ("certificazione CELI 2 (B1) lingua italiana", {"it": "B1"}),
        ("inglese livello base, tedesco liv. A2", {"en": "A2", "de": "A2"}),
        ("LINGUE\nINGLESE: BUONO\nSPAGNOLO: SCOLASTICO", {"en": "B2", "es": "A2"}),
        ("Inglese scolastico", {"en": "A2"}),
        ("italiano buono parlato, poco scritto", {"it": "B2"}),
        ("Ottima conoscenza della lingua inglese", {"en": "C1"}),
        ("buona conoscenza di inglese e francese", {"en": "B2", "fr": "B2"}),
        ("parlo bene l'italiano e un po' di francese", {"it": "B2", "fr": "A2"}),
        (
            "Lingue: arabo (madrelingua), italiano (buono), francese (scolastico)",
            {"ar": "C2", "it": "B2", "fr": "A2"},
        ),
        ("ucraino madrelingua, russo ottimo, italiano A2", {"uk": "C2", "ru": "C1", "it": "A2"}),
        ("bilingue italiano/tedesco", {"it": "C2", "de": "C2"}),
        ("Spoken languages: English (fluent), Italian (basic)", {"en": "C1", "it": "A2"}),
        ("hindi e punjabi", {"hi": None, "pa": None}),
        ("so l'inglese abbastanza", {"en": "B1"}),
        ("wolof, francese bene, italiano buono", {"wo": None, "fr": "B2", "it": "B2"}),
    ],
)
def test_a_language_is_read_with_its_level(spoken, text, expected) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Italiano\nC1 C1 B2 B2 B2\nInglese  A2  A2  A1  A1  A1",
        "Italiano  Ascolto C1 Lettura C1 Interazione B2 Produzione orale B2 Scritto B2\n"
        "Inglese  Ascolto A2 Lettura A2 Interazione A1 Produzione orale A1 Scritto A1",
        "Altre lingue\nItaliano\n  C1\n  C1\n  B2\n  B2\n  B2\n"
        "Inglese\n  A2\n  A2\n  A1\n  A1\n  A1",
        "Italiano: C1/C1/B2/B2/B2\nInglese: A2/A2/A1/A1/A1",
    ],
)
def test_of_the_five_columns_of_europass_the_lowest_counts(spoken, text) -> None:
    assert spoken(text) == {"it": "B2", "en": "A1"}


def test_the_mother_tongue_stands_under_its_header(spoken) -> None:
    assert spoken("Madrelingua\nRumeno\nAltre lingue\nItaliano B1") == {"ro": "C2", "it": "B1"}


@pytest.mark.parametrize(
    "text",
    [
        "cittadinanza rumena",
        "nazionalità italiana",
        "nata in Albania",
        "origine marocchina",
        "Sono rumena e ho esperienza",
        "Sono rumeno e ho esperienza",
        "cittadino albanese",
        "Origine: albanese",
        "LINGUE\nSono rumeno",
        "ragazzo senegalese",
        "operaio albanese",
        "Passaporto italiano",
        "chiave inglese e cacciavite",
        "insalata russa",
        "clientela tedesca",
        "mercato tedesco e francese",
        "ristorante cinese",
        "giardino all'italiana",
        "prato inglese",
        "bagno turco",
        "Ho vissuto in Germania e in Russia",
        "non parlo inglese",
        "Ditta Greco Francesco",
    ],
)
def test_nationalities_and_things_are_no_languages(spoken, text) -> None:
    assert spoken(text) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cittadinanza: rumena\n", "Cittadinanza: italiana\n"),
        ("Sono albanese. ", "Sono italiana. "),
        ("Nata a Durazzo (Albania)\n", "Nata a Como\n"),
        ("Nazionalità: ucraina\n", "Nazionalità: italiana\n"),
    ],
)
def test_a_nationality_leaves_no_trace(extractor: Extractor, one: str, other: str) -> None:
    rest = "Cameriera ai piani dal 2015 al 2019.\nLingue: inglese B1"

    def seen(text: str):
        found = extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF)
        return (
            [(m.uri, m.evidence) for m in found.skills],
            [(m.uri, m.months) for m in found.occupations],
            [(item.code, item.level) for item in found.facts.languages],
            found.facts.comune,
        )

    assert seen(one + rest) == seen(other + rest) == seen(rest)


def test_a_vacancy_asks_for_a_language_it_insists_on_or_would_like(extractor: Extractor) -> None:
    text = "Cercasi portiere di notte.\nRichiesto inglese B2.\nGradita conoscenza del tedesco."
    found = extractor.extract(text, kind=DocumentKind.VACANCY, as_of=AS_OF).facts.languages
    assert [(item.code, item.level, item.importance) for item in found] == [
        ("de", None, Importance.OPTIONAL),
        ("en", "B2", Importance.ESSENTIAL),
    ]


def test_levels_are_ranked_from_none_up() -> None:
    assert [rank(level) for level in (None, *LEVELS)] == [-1, 0, 1, 2, 3, 4, 5]


def test_a_level_of_the_next_language_is_not_taken() -> None:
    words = "inglese, tedesco b2"
    assert level_near(words, 0, 7, 9) is None
    assert level_near(words, 9, 16, len(words)) == "B2"
