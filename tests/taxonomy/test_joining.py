"""The lexicon and an import together: what can be looked up, and what a language is read by."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from matching.domain import ConceptKind
from matching.taxonomy import Concept, LabelRule, Taxonomy
from matching.taxonomy.esco import ImportedTaxonomy, import_archives, open_imported
from matching.taxonomy.esco.joining import joined, readable
from matching.taxonomy.esco.reading import reading_taxonomy
from tests.taxonomy.archives import (
    CARE,
    ENGLISH,
    ISCO_9613,
    ITALIAN,
    KEEPER,
    LUNAR,
    POLISH,
    RAKE,
    RAKER,
    SPREADSHEETS,
    TIDES,
    Labels,
    a_release,
)

GARDENER = "urn:valoriamo:occupation:gardener"
OWN = "urn:valoriamo:skill:sweeping"


def a_concept(uri: str, kind: ConceptKind, **labels: tuple[str, ...]) -> Concept:
    return Concept(uri=uri, slug=uri, kind=kind, family="luna", labels=labels)


LEXICON = Taxonomy(
    concepts={
        concept.uri: concept
        for concept in (
            a_concept(OWN, ConceptKind.SKILL, it=("spazzare",), en=("sweeping", "moon polishing")),
            a_concept(RAKE, ConceptKind.SKILL, it=("rastrello",), en=("raking",)),
            a_concept(GARDENER, ConceptKind.OCCUPATION, it=("giardiniere",)),
        )
    },
    rules={("skill", "rastrell'"): LabelRule(label="rastrello", prefer=RAKE)},
    digest="luna",
)
Make = Callable[..., ImportedTaxonomy]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def importing(**languages: Labels) -> ImportedTaxonomy:
        import_archives(a_release(tmp_path, languages=languages or {"en": ENGLISH}), tmp_path / "t")
        return open_imported(tmp_path / "t")

    return importing


def changed(labels: Labels, **new: tuple[str, Sequence[str]]) -> Labels:
    names = {"polish": POLISH, "tides": TIDES, "keeper": KEEPER, "raker": RAKER,
             "sheets": SPREADSHEETS, "rake": RAKE, "lunar": LUNAR}  # fmt: skip
    return {**labels, **{names[name]: value for name, value in new.items()}}


def forms(taxonomy: Taxonomy, language: str = "en") -> Mapping[str, tuple[str, ...]]:
    found = {uri: c.labels.get(language, ()) for uri, c in taxonomy.concepts.items()}
    return {uri: labels for uri, labels in found.items() if labels}


# looking up


def test_imported_concepts_are_looked_up_and_not_gone_through(make: Make) -> None:
    taxonomy = joined(LEXICON, make())
    assert list(taxonomy.concepts) == [OWN, RAKE, GARDENER]
    assert len(taxonomy.concepts) == 3
    keeper = taxonomy.concepts[KEEPER]
    assert keeper.kind is ConceptKind.OCCUPATION
    assert keeper.isco08 == "9613"
    assert keeper.labels == {"en": ("moon keeper", "keeper of moons", "lunar caretaker")}
    assert (keeper.essential, keeper.optional) == ({POLISH, TIDES}, {RAKE})
    assert taxonomy.concepts.get(KEEPER) is keeper
    assert taxonomy.concepts.get("urn:none") is None


def test_a_concept_of_the_lexicon_stays_as_it_is(make: Make) -> None:
    taxonomy = joined(LEXICON, make(en=ENGLISH, it=ITALIAN))
    assert taxonomy.concepts[RAKE] is LEXICON.concepts[RAKE]
    assert taxonomy.skills == LEXICON.skills
    assert taxonomy.specificity(POLISH) == LEXICON.specificity(OWN)


def test_broader_concepts_are_followed_through_an_import(make: Make) -> None:
    taxonomy = joined(LEXICON, make())
    assert list(taxonomy.ancestors(RAKER))[:2] == [KEEPER, ISCO_9613]
    assert list(taxonomy.ancestors(POLISH)) == [CARE]


def test_the_digest_tells_which_import_it_is(make: Make, tmp_path: Path) -> None:
    first = joined(LEXICON, make()).digest
    assert first == joined(LEXICON, make()).digest
    assert len({first, joined(LEXICON, make(it=ITALIAN)).digest, LEXICON.digest}) == 3


@pytest.mark.parametrize(
    ("language", "said"),
    [("it", "it moon keeper"), ("en", "moon keeper"), ("fr", "it moon keeper")],
)
def test_a_label_is_in_the_language_asked_for_else_italian(
    make: Make, language: str, said: str
) -> None:
    taxonomy = joined(LEXICON, make(en=ENGLISH, it=ITALIAN))
    assert taxonomy.concepts[KEEPER].label(language) == said


def test_without_italian_a_label_is_english_and_without_labels_the_uri() -> None:
    assert a_concept("x", ConceptKind.SKILL, de=("a",), en=("b",)).label() == "b"
    assert a_concept("x", ConceptKind.SKILL, de=("a",)).label() == "a"
    assert a_concept("x", ConceptKind.SKILL).label() == "x"


def test_a_language_is_readable_with_labels_of_half_the_occupations_or_skills(
    tmp_path: Path,
) -> None:
    def table(language: str, *uris: str) -> Path:
        path = tmp_path / f"{language}.csv"
        rows = [f"{uri},x {number}" for number, uri in enumerate(uris)]
        path.write_text(f"conceptUri,label_{language}\n" + "\n".join(rows), "utf-8")
        return path

    tables = [table("ro", KEEPER), table("fr", POLISH, TIDES), table("es", ISCO_9613, CARE)]
    import_archives([*a_release(tmp_path), *tables], tmp_path / "t")
    imported = open_imported(tmp_path / "t")
    assert imported.languages == ("en", "es", "fr", "ro")
    assert readable(imported) == ("en", "ro")


# reading


def test_a_language_is_read_by_its_own_labels_only(make: Make) -> None:
    imported = make(en=ENGLISH, fr=ITALIAN)
    french = reading_taxonomy(LEXICON, imported, "fr")
    assert {code for c in french.concepts.values() for code in c.labels} == {"fr"}
    assert forms(french, "fr")[KEEPER][0] == "it moon keeper"
    assert OWN not in forms(french, "fr")


def test_our_words_come_first_and_keep_their_phrases(make: Make) -> None:
    found = forms(reading_taxonomy(LEXICON, make(), "en"))
    assert found[RAKE] == ("raking", "rake craters", "crater raking")
    assert found[OWN] == ("sweeping", "moon polishing")
    assert found[POLISH] == ("polish moons", "keep moons shiny")


def test_a_form_of_several_concepts_belongs_to_the_one_that_prefers_it(make: Make) -> None:
    labels = changed(
        ENGLISH,
        polish=("shine moons", ["know tides"]),
        tides=("know tides", []),
        sheets=("x y", []),
    )
    found = forms(reading_taxonomy(LEXICON, make(en=labels), "en"))
    assert found[POLISH] == ("shine moons",)
    assert found[TIDES] == ("know tides",)


def test_a_form_of_several_concepts_that_none_prefers_is_read_as_nothing(make: Make) -> None:
    labels = changed(ENGLISH, polish=("one two", ["both of"]), tides=("three four", ["both of"]))
    found = forms(reading_taxonomy(LEXICON, make(en=labels), "en"))
    assert (found[POLISH], found[TIDES]) == (("one two",), ("three four",))


def test_a_form_that_two_concepts_prefer_is_read_as_nothing(make: Make) -> None:
    labels = changed(ENGLISH, polish=("same thing", []), tides=("Same things' ", ["same thing"]),
                     sheets=("same thing", ["other"]))  # fmt: skip
    found = forms(reading_taxonomy(LEXICON, make(en=labels), "en"))
    assert POLISH not in found
    assert found[SPREADSHEETS] == ("other",)


def test_a_skill_and_an_occupation_may_share_a_form(make: Make) -> None:
    labels = changed(ENGLISH, polish=("moon care", []), keeper=("moon care", []))
    found = forms(reading_taxonomy(LEXICON, make(en=labels), "en"))
    assert found[POLISH] == found[KEEPER] == ("moon care",)


def test_groups_single_letters_and_forms_without_words_are_not_read(make: Make) -> None:
    labels = changed(ENGLISH, sheets=("R", ["***", "moon sheets"]))
    found = forms(reading_taxonomy(LEXICON, make(en=labels), "en"))
    assert found[SPREADSHEETS] == ("moon sheets",)
    assert CARE not in found


ALONE = LabelRule(label="plan", alone=True)


@pytest.mark.parametrize(
    ("kind", "key", "rule"),
    [
        ("skill", "plan", ALONE),
        ("occupation", "raker", LabelRule(label="raker", title_only=True, alone=True)),
        ("skill", "moonCAD", None),
        ("skill", "raking", None),
        ("skill", "tide theory", None),
    ],
)
def test_an_imported_form_of_one_word_counts_only_alone_unless_it_is_a_name(
    make: Make, kind: str, key: str, rule: LabelRule | None
) -> None:
    labels = changed(ENGLISH, polish=("plan", []), raker=("raker", []), sheets=("MoonCAD", []))
    rules = reading_taxonomy(LEXICON, make(en=labels), "en").rules
    assert rules.get((kind, key.lower())) == rule


def test_a_word_that_is_also_written_small_or_names_an_origin_is_no_name(make: Make) -> None:
    labels = changed(
        ENGLISH, sheets=("Sunrise", []), polish=("polish at sunrise", []), tides=("ABC", [])
    )
    rules = reading_taxonomy(LEXICON, make(en=labels), "en").rules
    for word in ("sunris", "lunarian", "abc"):
        assert rules[("skill", word)].alone


def test_german_nouns_are_no_names(make: Make) -> None:
    labels = changed(ENGLISH, sheets=("Planung", []), polish=("MondCAD", []))
    rules = reading_taxonomy(LEXICON, make(de=labels), "de").rules
    assert rules[("skill", "planung")].alone
    assert rules.get(("skill", "mondcad")) is None


def test_the_rules_of_the_lexicon_are_for_italian_words(make: Make) -> None:
    rules = reading_taxonomy(LEXICON, make(), "en").rules
    assert (list(rules), len(rules)) == ([], 0)
    assert ("skill", "rastrell' moon") not in rules


def test_each_language_and_import_has_a_digest_of_its_own(make: Make) -> None:
    both = make(en=ENGLISH, it=ITALIAN)
    digests = {reading_taxonomy(LEXICON, both, code).digest for code in ("en", "it")}
    digests.add(reading_taxonomy(LEXICON, make(en=ENGLISH, fr=ITALIAN), "en").digest)
    assert len(digests) == 3
