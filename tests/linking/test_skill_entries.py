import pytest

from matching.domain import ConceptKind
from matching.errors import DataError, TaxonomyError
from matching.linking.skill_entries import imported_entries, lexicon_entries, load_forms
from matching.settings import shipped_data
from matching.taxonomy import Concept, Taxonomy
from matching.taxonomy.esco import import_archives, open_imported
from tests.factories import a_skill, a_taxonomy, an_occupation
from tests.taxonomy.archives import KEEPER, LUNAR, POLISH, RAKE, TIDES, a_release

NOTHING = Taxonomy(concepts={}, rules={}, digest="")


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("import")
    import_archives(a_release(folder / "archives"), folder / "taxonomy")
    return open_imported(folder / "taxonomy")


def by_uri(entries):
    return {entry.uri: entry for entry in entries}


def test_the_skills_of_a_lexicon_come_with_who_needs_them():
    taxonomy = a_taxonomy(
        [a_skill("rake"), a_skill("polish")],
        [
            an_occupation("keeper", "9613", essential=["polish"], optional=["rake"]),
            an_occupation("raker", "9613", essential=["polish"]),
        ],
    )
    entries = by_uri(lexicon_entries(taxonomy, "it", forms={"rake": ("rastrellare",)}))
    assert set(entries) == {"rake", "polish"}
    assert (entries["polish"].essential, entries["polish"].optional) == (2, 0)
    assert entries["rake"].optional == 1
    assert entries["rake"].labels == ("saper fare rake", "rastrellare")
    assert all(entry.own for entry in entries.values())


def test_skills_without_a_label_in_the_language_are_left_out():
    assert lexicon_entries(a_taxonomy(), "fr", forms={}) == ()


def test_an_import_gives_the_skills_with_their_labels_and_no_occupation(imported):
    entries = by_uri(imported_entries(imported, "en", lexicon=NOTHING, forms={}))
    assert KEEPER not in entries
    assert entries[POLISH].labels == ("polish moons", "moon polishing", "keep moons shiny")
    assert (entries[POLISH].essential, entries[POLISH].optional) == (1, 0)
    assert (entries[RAKE].essential, entries[RAKE].optional) == (1, 1)
    assert entries[TIDES].kind is ConceptKind.KNOWLEDGE
    assert entries[LUNAR].kind is ConceptKind.LANGUAGE
    assert not any(entry.own for entry in entries.values())


def test_our_own_labels_and_forms_come_behind_the_official_ones(imported):
    ours = Concept(
        uri=POLISH, slug="polish", kind=ConceptKind.SKILL, family="f",
        labels={"en": ("polish moons", "scrub moons")},
    )  # fmt: skip
    lexicon = Taxonomy(concepts={POLISH: ours}, rules={}, digest="")
    forms = {POLISH: ("moon shine",), RAKE: ("smooth craters",)}
    entries = by_uri(imported_entries(imported, "en", lexicon=lexicon, forms=forms))
    assert entries[POLISH].labels[-2:] == ("scrub moons", "moon shine")
    assert entries[POLISH].labels.count("polish moons") == 1
    assert entries[POLISH].own
    assert entries[RAKE].labels[-1] == "smooth craters"
    assert not entries[RAKE].own


def test_a_language_that_was_not_imported_is_refused(imported):
    with pytest.raises(TaxonomyError, match="'fi'"):
        imported_entries(imported, "fi", lexicon=NOTHING, forms={})


@pytest.mark.parametrize(
    "content",
    [
        b"forms = ",
        b"other = 1",
        b"forms = 3",
        b'[forms]\n"urn:x" = "one"',
        b'[forms]\n"urn:x" = []',
        b'[forms]\n"urn:x" = [1]',
        b"\xff",
    ],
)
def test_forms_that_are_no_lists_of_texts_are_refused_with_their_file(tmp_path, content):
    path = tmp_path / "forms_en.toml"
    path.write_bytes(content)
    with pytest.raises(DataError, match="forms_en"):
        load_forms(path)


def test_forms_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(DataError, match="forms_xx"):
        load_forms(tmp_path / "forms_xx.toml")


def test_the_shipped_forms_are_of_concepts_and_say_each_thing_once():
    forms = load_forms(shipped_data() / "linking" / "forms_en.toml")
    assert len(forms) > 200
    assert all(uri.startswith("http://data.europa.eu/esco/skill/") for uri in forms)
    assert all(len(set(texts)) == len(texts) for texts in forms.values())
