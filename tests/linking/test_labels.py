import pytest

from matching.domain import ConceptKind
from matching.errors import TaxonomyError
from matching.linking.labels import (
    Label,
    OccupationLabels,
    Place,
    imported_labels,
    lexicon_labels,
)
from matching.taxonomy import Concept, Taxonomy
from matching.taxonomy.esco import import_archives, open_imported
from tests.taxonomy.archives import ISCO_9613, KEEPER, POLISH, RAKER, a_release


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("import")
    import_archives(a_release(folder / "archives"), folder / "taxonomy")
    return open_imported(folder / "taxonomy")


def test_an_import_gives_the_labels_of_occupations_and_their_groups(imported):
    labels = imported_labels(imported, "en")
    assert Label(KEEPER, "moon keeper", preferred=True) in labels.labels
    assert Label(KEEPER, "lunar caretaker", preferred=False) in labels.labels
    assert Label(ISCO_9613, "moon workers", preferred=True) in labels.labels
    assert POLISH not in {label.uri for label in labels.labels}
    assert labels.language == "en"


def test_an_import_says_where_its_concepts_stand(imported):
    labels = imported_labels(imported, "en")
    assert labels.place(KEEPER) == Place(isco08="9613")
    assert labels.place(RAKER) == Place(isco08="9613", nested=1)
    assert labels.place(ISCO_9613) == Place(isco08="9613", group=True)


def test_a_language_that_was_not_imported_is_refused(imported):
    with pytest.raises(TaxonomyError, match="'fi'"):
        imported_labels(imported, "fi")


def test_a_group_says_by_its_uri_where_it_stands():
    labels = OccupationLabels(())
    assert labels.place("http://data.europa.eu/esco/isco/C83") == Place(isco08="83", group=True)
    assert labels.place("urn:test:nothing") == Place()


def test_a_lexicon_gives_its_occupations_the_first_label_as_the_name():
    concepts = {
        "urn:o": Concept(
            uri="urn:o", slug="o", kind=ConceptKind.OCCUPATION, family="f",
            labels={"it": ("sarta", "cucitrice")}, isco08="7531",
        ),
        "urn:s": Concept(
            uri="urn:s", slug="s", kind=ConceptKind.SKILL, family="f", labels={"it": ("cucire",)}
        ),
    }  # fmt: skip
    labels = lexicon_labels(Taxonomy(concepts=concepts, rules={}, digest=""))
    assert labels.labels == (Label("urn:o", "sarta", True), Label("urn:o", "cucitrice", False))
    assert labels.place("urn:o") == Place(isco08="7531")
