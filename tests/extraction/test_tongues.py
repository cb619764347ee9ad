"""Texts in the languages of an imported taxonomy, each read by its own labels."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matching.domain import DocumentErrorCode, DocumentKind, Extraction
from matching.errors import DocumentError
from matching.extraction import Extractor
from matching.extraction.tongues import Tongues
from matching.profiles import profile_from
from matching.taxonomy.esco import import_archives, open_imported
from matching.taxonomy.esco.joining import joined
from tests.taxonomy.archives import ENGLISH, KEEPER, POLISH, RAKE, RAKER, TIDES, Labels, a_release

FRENCH: Labels = {
    **{uri: (f"fr {label}", []) for uri, (label, _) in ENGLISH.items()},
    POLISH: ("polir les lunes", []),
    KEEPER: ("gardien de lune", ["gardienne de lune"]),
    TIDES: ("planification", []),
}
ITALIAN: Labels = {
    **{uri: (f"it {label}", []) for uri, (label, _) in ENGLISH.items()},
    POLISH: ("lucidare le lune", []),
}
IN_ENGLISH = """Mary Example
Moon keeper, Sky Ltd, 2014 - 2017
I polish moons every day, and I plan the work of the team for the whole week.
Crater raker, Sky Ltd, 2019 - 2022
It was hard work, and we did it with a great deal of planning.
"""
IN_FRENCH = """Gardienne de lune, 2015 - 2018
J'ai travaillé trois ans et je sais polir les lunes ; la planification du travail est importante
pour moi. Je cherche un emploi dans une autre entreprise.
"""
IN_ITALIAN = """Ho lavorato cinque anni come magazziniera, dal 2015 al 2020, e guido il muletto.
Il mio nome di gioco era Polish moons, moon keeper, e mi piaceva molto. So lucidare le lune.
"""


@pytest.fixture(scope="module")
def polyglot(extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    folder = tmp_path_factory.mktemp("tongues")
    languages = {"en": ENGLISH, "fr": FRENCH, "it": ITALIAN}
    import_archives(a_release(folder, languages=languages), folder / "store")
    imported = open_imported(folder / "store")
    return replace(
        extractor,
        taxonomy=joined(extractor.taxonomy, imported),
        tongues=Tongues(extractor.taxonomy, imported, folder / "cache"),
    )


def read(extractor: Extractor, text: str, kind: DocumentKind = DocumentKind.CV) -> Extraction:
    return extractor.extract(text, kind=kind, as_of=date(2026, 11, 22))


def skills(found: Extraction) -> Mapping[str, str]:
    return {mention.uri: mention.evidence for mention in found.skills}


def test_an_english_text_is_read_by_imported_labels_and_by_ours(polyglot: Extractor) -> None:
    text = f"{IN_ENGLISH}- forklift driving, order picking, raking craters, rake craters\n"
    found = read(polyglot, text)
    assert found.language == "en"
    assert skills(found)[POLISH] == "polish moons"
    assert skills(found)[RAKE] == "rake craters"
    assert "order picking" in skills(found).values()
    assert [(job.uri, job.isco08, job.months) for job in found.occupations] == [
        (KEEPER, "9613", 36),
        (RAKER, "9613", 36),
    ]
    assert all(text[m.start : m.end] == m.evidence for m in (*found.skills, *found.occupations))


def test_a_french_text_is_read_where_it_was_refused(
    polyglot: Extractor, extractor: Extractor
) -> None:
    with pytest.raises(DocumentError) as refused:
        read(extractor, IN_FRENCH)
    assert refused.value.code is DocumentErrorCode.UNSUPPORTED_LANGUAGE
    found = read(polyglot, IN_FRENCH)
    assert found.language == "fr"
    assert skills(found) == {POLISH: "polir les lunes"}
    assert [(job.uri, job.evidence) for job in found.occupations] == [(KEEPER, "Gardienne de lune")]


def test_a_single_ordinary_word_is_read_only_as_an_item(polyglot: Extractor) -> None:
    listed = read(polyglot, IN_FRENCH + "COMPÉTENCES\npolir les lunes, planification, soudure\n")
    assert TIDES not in skills(read(polyglot, IN_FRENCH))
    assert skills(listed)[TIDES] == "planification"


def test_a_language_that_was_not_imported_is_refused_with_those_that_can_be_read(
    polyglot: Extractor,
) -> None:
    romanian = "Caut un loc de muncă în construcții. Am lucrat cinci ani ca zidar."
    with pytest.raises(DocumentError, match="only Italian, English and French can be read"):
        read(polyglot, romanian)


@pytest.mark.parametrize("text", ["Polish moons\nRake craters", "Crater raker"])
def test_a_title_or_a_list_of_terms_is_read_in_the_language_in_which_it_names_more(
    polyglot: Extractor, extractor: Extractor, text: str
) -> None:
    alone = read(extractor, text, DocumentKind.VACANCY)
    assert alone.language == "it"
    assert not {POLISH, RAKE} & skills(alone).keys()
    found = read(polyglot, text, DocumentKind.VACANCY)
    assert found.language == "en"
    assert {*skills(found), *(job.uri for job in found.occupations)} in ({POLISH, RAKE}, {RAKER})


@pytest.mark.parametrize("text", ["Cameriera, barista, hostess", "Call center", "OSS", "Excel"])
def test_what_italian_and_another_language_name_alike_stays_italian(
    polyglot: Extractor, extractor: Extractor, text: str
) -> None:
    kind = DocumentKind.VACANCY
    assert read(polyglot, text, kind) == read(extractor, text, kind)


def test_a_short_cv_is_not_guessed_at_because_a_name_could_sway_it(polyglot: Extractor) -> None:
    assert read(polyglot, "Grace Smith\nCrater raker").language == "it"


def test_an_italian_text_is_read_as_without_an_import(
    polyglot: Extractor, extractor: Extractor
) -> None:
    assert read(polyglot, IN_ITALIAN) == read(extractor, IN_ITALIAN)
    assert read(extractor, IN_ITALIAN).language == "it"


def test_what_was_read_in_another_language_becomes_a_profile(polyglot: Extractor) -> None:
    profile = profile_from("p", read(polyglot, IN_FRENCH))
    assert [skill.uri for skill in profile.skills] == [POLISH]
    assert [job.uri for job in profile.occupations] == [KEEPER]


def test_only_the_languages_that_texts_are_in_are_loaded(
    extractor: Extractor, tmp_path: Path
) -> None:
    import_archives(a_release(tmp_path, languages={"en": ENGLISH, "fr": FRENCH}), tmp_path / "t")
    tongues = Tongues(extractor.taxonomy, open_imported(tmp_path / "t"), tmp_path / "cache")
    assert (list(tongues), len(tongues), "fr" in tongues, "it" in tongues) == (
        ["en", "fr"],
        2,
        True,
        False,
    )
    assert tongues.get("it") is None
    assert not (tmp_path / "cache").exists()
    first = tongues["fr"]
    assert tongues["fr"] is first
    assert len(list((tmp_path / "cache").iterdir())) == 1
