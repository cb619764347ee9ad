"""The form of the project's own sets. What fails names a document or a line, never its words."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from matching.domain import ConceptKind
from matching.taxonomy import Taxonomy
from training.benchmarks.italian_extraction_set import GoldSet, RowKind, Split, read_gold

EXTRACTION = Path(__file__).parents[2] / "data" / "gold" / "extraction"
ESCO = re.compile(
    r"http://data\.europa\.eu/esco/(skill|occupation)/"
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+\.)+\w+")


@pytest.fixture(scope="module", params=[Split.DEV, Split.TEST])
def gold(request: pytest.FixtureRequest) -> GoldSet:
    # Reading refuses evidence that is not in the text, repeated rows and unknown documents.
    return read_gold(EXTRACTION, request.param)


def ids(documents: Iterable[str]) -> list[str]:
    return sorted(set(documents))


def test_each_half_has_twenty_vacancies_and_twenty_cvs(gold: GoldSet) -> None:
    kinds = [str(document.kind) for document in gold.documents]
    assert (kinds.count("vacancy"), kinds.count("cv"), len(kinds)) == (20, 20, 40)


def test_identifiers_say_the_half_and_the_kind(gold: GoldSet) -> None:
    wrong = [
        document.id
        for document in gold.documents
        if not re.fullmatch(rf"{gold.split}-{str(document.kind)[0]}\d\d", document.id)
    ]
    assert wrong == []


def test_every_document_has_skills_and_one_or_two_main_occupations(gold: GoldSet) -> None:
    mains = {one.id: sum(row.main for row in one.rows) for one in gold.documents}
    assert ids(name for name, count in mains.items() if count not in (1, 2)) == []
    assert ids(one.id for one in gold.documents if not one.of(RowKind.SKILL)) == []


def test_every_concept_is_of_the_lexicon_or_has_the_form_of_esco(
    gold: GoldSet, taxonomy: Taxonomy
) -> None:
    def fits(uri: str, kind: RowKind) -> bool:
        concept = taxonomy.concepts.get(uri)
        if concept is not None:
            return (concept.kind is ConceptKind.OCCUPATION) == (kind is RowKind.OCCUPATION)
        match = ESCO.fullmatch(uri)
        return match is not None and match[1] == kind

    wrong = ids(
        document.id
        for document in gold.documents
        for row in (*document.rows, *(document.second or ()))
        if not all(fits(uri, row.kind) for uri in row.accepted)
    )
    assert wrong == []


def test_no_uri_is_accepted_by_two_rows_of_a_document(gold: GoldSet) -> None:
    """Else one finding would count twice."""
    wrong = []
    for document in gold.documents:
        for kind in RowKind:
            uris = [uri for row in document.of(kind) for uri in row.accepted]
            if len(uris) != len(set(uris)):
                wrong.append(document.id)
    assert ids(wrong) == []


def test_a_second_annotator_read_ten_documents_five_of_each_half() -> None:
    read = [one for one in read_gold(EXTRACTION, Split.ALL).documents if one.second]
    assert len(read) == 10
    assert sum(document.id.startswith("dev") for document in read) == 5


def test_the_boilerplate_set_has_fifteen_texts_for_each_half(gold: GoldSet) -> None:
    assert gold.boilerplate is not None
    kinds = [str(text.kind) for text in gold.boilerplate]
    assert (kinds.count("vacancy"), kinds.count("cv")) == (10, 5)


def test_addresses_are_of_the_domain_that_belongs_to_nobody(gold: GoldSet) -> None:
    texts = (*gold.documents, *(gold.boilerplate or ()))
    wrong = ids(
        text.id
        for text in texts
        for match in ADDRESS.finditer(text.text.casefold())
        if "example" not in match[0].partition("@")[2].split(".")
    )
    assert wrong == []
