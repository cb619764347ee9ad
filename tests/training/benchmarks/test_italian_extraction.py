from dataclasses import dataclass, field
from datetime import date

import pytest

from matching.domain import (
    DocumentErrorCode,
    DocumentKind,
    Extraction,
    OccupationMention,
    SkillMention,
)
from matching.errors import DocumentError
from tests.factories import a_skill, a_taxonomy, an_occupation
from training.benchmarks.italian_extraction import agreement, italian_extraction, outcomes
from training.benchmarks.italian_extraction_errors import errors
from training.benchmarks.italian_extraction_set import (
    GoldDocument,
    GoldRow,
    GoldSet,
    RowKind,
    Split,
)

AS_OF = date(2026, 11, 22)


def a_row(uri, *also, kind=RowKind.SKILL, main=False, evidence="parole"):
    return GoldRow(
        kind=kind, uri=uri, accepted=frozenset((uri, *also)), evidence=evidence, main=main
    )


def a_job_row(uri, *also, main=False):
    return a_row(uri, *also, kind=RowKind.OCCUPATION, main=main)


def a_skill_read(uri, evidence="parole"):
    return SkillMention(uri=uri, label=uri, evidence=evidence, start=0, end=1, confidence=0.9)


def a_job_read(uri, *, start=0, months=None, wanted=False, confidence=0.9):
    return OccupationMention(
        uri=uri,
        label=uri,
        isco08="0000",
        evidence="parole",
        start=start,
        end=start + 1,
        confidence=confidence,
        months=months,
        wanted=wanted,
    )


@dataclass
class AnExtractor:
    tongues: dict = field(default_factory=dict)


@dataclass
class AService:
    """Reads in each text what it is told; refuses any other."""

    read: dict
    taxonomy: object
    extractor: AnExtractor = field(default_factory=AnExtractor)

    def extract(self, text, *, kind, as_of):
        if text not in self.read:
            raise DocumentError(DocumentErrorCode.UNSUPPORTED_LANGUAGE, "no")
        skills, jobs = self.read[text]
        return Extraction(kind=kind, language="it", skills=tuple(skills), occupations=tuple(jobs))


# Skills: right A (two of its URIs), false x, missed c and d; right e.
# Jobs: right o1, false o3, missed o2 (only wanted); right o4 by its other URI.
DOCUMENTS = (
    GoldDocument(
        id="dev-c01",
        kind=DocumentKind.CV,
        text="cv",
        rows=(
            a_row("a", "b"),
            a_row("c"),
            a_row("d"),
            a_job_row("o1", main=True),
            a_job_row("o2"),
        ),
    ),
    GoldDocument(
        id="dev-v01",
        kind=DocumentKind.VACANCY,
        text="vacancy",
        rows=(a_row("e"), a_job_row("o4", "o5", main=True)),
    ),
)
READ = {
    "cv": (
        [a_skill_read("a"), a_skill_read("b"), a_skill_read("x"), a_skill_read("x", "altre")],
        [a_job_read("o1", months=10), a_job_read("o3", months=20), a_job_read("o2", wanted=True)],
    ),
    "vacancy": ([a_skill_read("e")], [a_job_read("o5")]),
    "boilerplate": ([a_skill_read("x"), a_skill_read("e"), a_skill_read("e")], [a_job_read("o1")]),
    "nothing": ([], []),
}


def a_service():
    skills = [a_skill(slug) for slug in ("a", "b", "c", "e", "x")]
    jobs = [an_occupation(slug, "0000") for slug in ("o1", "o2", "o3", "o4", "o5")]
    return AService(READ, a_taxonomy(skills, jobs))


def measured(documents=DOCUMENTS, boilerplate=None):
    gold = GoldSet(split=Split.DEV, documents=documents, boilerplate=boilerplate, files={})
    return italian_extraction(a_service(), gold, as_of=AS_OF, draws=50, seed=1)


def test_rates_of_skills_are_over_the_rows_of_all_documents():
    report = measured()
    assert report["precision"] == pytest.approx(2 / 3, abs=1e-6)
    assert report["recall"] == pytest.approx(2 / 4, abs=1e-6)
    assert report["f1"] == pytest.approx(4 / 7, abs=1e-6)


def test_rates_of_occupations_leave_out_what_is_only_wanted():
    report = measured()
    assert report["occupation_precision"] == pytest.approx(2 / 3, abs=1e-6)
    assert report["occupation_recall"] == pytest.approx(2 / 3, abs=1e-6)


def test_the_occupation_named_first_is_the_longest_in_a_cv():
    # o3, of 20 months, is not the main one; o5 of the vacancy is as right as o4.
    assert measured()["occupation_hit@1"] == 0.5


def test_rows_outside_the_taxonomy_are_counted_and_left_out_of_a_recall():
    report = measured()
    assert report["outside_taxonomy"] == 0.25  # d
    assert report["taxonomy_recall"] == pytest.approx(2 / 3, abs=1e-6)
    assert report["occupation_outside_taxonomy"] == 0.0


def test_means_are_over_the_documents_of_a_kind():
    by_kind = measured()["by_kind"]
    assert by_kind["cv"]["documents"] == 1
    assert by_kind["cv"]["f1"] == pytest.approx(2 / 5, abs=1e-6)
    assert by_kind["vacancy"]["f1"] == 1.0
    assert by_kind["vacancy"]["occupation_hit@1"] == 1.0


def test_intervals_hold_the_value_and_come_out_the_same_again():
    report = measured()
    for name in ("precision", "recall", "f1", "occupation_f1", "occupation_hit@1"):
        assert report[f"{name}_low"] <= report[name] <= report[f"{name}_high"]
    # Drawing one document twice gives 1/2, 1/3 or 1.
    assert report["recall_low"] == pytest.approx(1 / 3, abs=1e-6)
    assert report["recall_high"] == 1.0
    assert measured() == report


def test_a_document_that_is_refused_has_all_its_rows_missed():
    refused = GoldDocument(
        id="dev-v02", kind=DocumentKind.VACANCY, text="shqip", rows=(a_row("e"),)
    )
    report = measured((*DOCUMENTS, refused))
    assert report["refused"] == 1
    assert report["recall"] == pytest.approx(2 / 5, abs=1e-6)


def test_what_is_not_defined_is_null():
    empty = GoldDocument(id="dev-v02", kind=DocumentKind.VACANCY, text="nothing")
    report = measured((empty,))
    names = ("precision", "recall", "f1", "f1_low", "occupation_hit@1", "outside_taxonomy")
    assert [report[name] for name in names] == [None] * len(names)
    assert report["by_kind"]["cv"]["documents"] == 0
    assert report["by_kind"]["cv"]["f1"] is None


def test_in_boilerplate_every_concept_found_counts_once_a_text():
    texts = tuple(
        GoldDocument(id=str(number), kind=DocumentKind.VACANCY, text=text)
        for number, text in enumerate(("boilerplate", "nothing", "boilerplate"))
    )
    report = measured(boilerplate=texts)
    assert report["boilerplate_texts"] == 3
    assert report["boilerplate_skills"] == 4
    assert report["boilerplate_occupations"] == 2
    assert measured()["boilerplate_skills"] is None


def test_the_report_says_what_texts_are_read_by():
    service = a_service()
    gold = GoldSet(split=Split.DEV, documents=DOCUMENTS, boilerplate=None, files={})
    assert italian_extraction(service, gold, as_of=AS_OF, draws=5)["taxonomy"] == "lexicon"
    service.extractor.tongues = {"it": None, "en": None}
    report = italian_extraction(service, gold, as_of=AS_OF, draws=5)
    assert report["taxonomy"] == "lexicon and imported taxonomy (it, en)"


def test_agreement_is_the_share_of_rows_in_common():
    one = (a_row("a", "b"), a_row("c"), a_job_row("o1", main=True))
    two = (a_row("b"), a_row("d"), a_row("e"), a_job_row("o1"), a_job_row("o2", main=True))
    read_twice = GoldDocument(id="x", kind=DocumentKind.CV, text="", rows=one, second=two)
    found = agreement([read_twice, *DOCUMENTS])
    assert found == {
        "documents": 1,
        "f1": pytest.approx(2 / 5),  # 2 of 5 skill rows: a and b stand for the same
        "occupation_f1": pytest.approx(2 / 3, abs=1e-6),
        "main": 0.0,
    }
    assert agreement(DOCUMENTS) is None


def test_errors_name_what_was_missed_and_what_is_false_with_their_words():
    service = a_service()
    found = errors(outcomes(service, DOCUMENTS, as_of=AS_OF), service.taxonomy)
    assert [entry["document"] for entry in found] == ["dev-c01", "dev-v01"]
    assert found[0]["main"] is False
    assert found[0]["skill"] == {
        "missed": [
            {"uri": "c", "label": "saper fare c", "evidence": ["parole"]},
            {"uri": "d", "label": None, "evidence": ["parole"]},
        ],
        "false": [{"uri": "x", "label": "saper fare x", "evidence": ["parole", "altre"]}],
    }
    assert found[1]["skill"] == {"missed": [], "false": []}


def test_no_content_is_shown_with_a_document():
    document = GoldDocument(
        id="test-v01",
        kind=DocumentKind.VACANCY,
        text="riservato",
        rows=(a_row("a", evidence="riservato"),),
    )
    assert "riservato" not in repr(document) + repr(document.rows)
