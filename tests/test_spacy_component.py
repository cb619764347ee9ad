import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from matching.errors import InputError
from matching.extraction import Extractor
from matching.service import Service

CV = "Magazziniere dal 03/2019 al 02/2023. Guidavo il muletto, facevo l'inventario in città."


@pytest.fixture(scope="module", autouse=True)
def _shared_service(service: Service, extractor: Extractor) -> Iterator[None]:
    # What the component finds is what the extractor finds, however that judges.
    shared = replace(service, extractor=extractor)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.spacy_component.build", lambda settings, **choice: shared)
        yield


def pipeline(**config: str) -> Language:
    nlp = spacy.blank("it")
    nlp.add_pipe("valoriamo_skills", config=config)
    return nlp


def test_spacy_finds_the_component_by_its_entry_point() -> None:
    assert pipeline().pipe_names == ["valoriamo_skills"]


def test_spans_carry_label_and_uri_of_what_the_extractor_finds(service: Service) -> None:
    doc = pipeline(as_of="2026-11-22")(CV)
    labels = {
        service.taxonomy.concepts[span.kb_id_].label(): (span.label_, span.text)
        for group in doc.spans.values()
        for span in group
    }
    assert labels["guida del muletto"][0] == "SKILL"
    assert "muletto" in labels["guida del muletto"][1]
    assert labels["magazziniere"] == ("OCCUPATION", "Magazziniere")


def test_a_vacancy_is_read_as_one() -> None:
    # What a firm offers is no requirement, but a person's words under the same title count.
    text = "Addetta alle pulizie\nCosa offriamo\nCorso di Excel\n"
    cv, vacancy = (pipeline(kind=kind)(text) for kind in ("cv", "vacancy"))
    assert [span.text for span in cv.spans["skills"]] == ["Excel"]
    assert len(vacancy.spans["skills"]) == 0


def test_a_blank_document_has_no_spans() -> None:
    doc = pipeline()("")
    assert {name: list(group) for name, group in doc.spans.items()} == {
        "skills": [],
        "occupations": [],
    }


def test_a_text_whose_offsets_would_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match=r"unicodedata\.normalize"):
        pipeline()(unicodedata.normalize("NFD", CV))


@pytest.mark.parametrize(
    ("config", "said"),
    [({"kind": "lettera"}, "'lettera' is none of: cv, vacancy"), ({"as_of": "ieri"}, "'ieri'")],
)
def test_a_setting_that_cannot_be_used_is_refused(config: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        pipeline(**config)


def test_a_pipeline_is_kept_and_read_back(tmp_path: Path) -> None:
    pipeline(as_of="2026-11-22").to_disk(tmp_path)
    first, again = pipeline(as_of="2026-11-22")(CV), spacy.load(tmp_path)(CV)
    assert len(again.spans["skills"]) == len(first.spans["skills"]) > 0
