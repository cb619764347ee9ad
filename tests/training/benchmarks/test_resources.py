import pytest

from matching.errors import DataError
from matching.taxonomy import Taxonomy
from matching.taxonomy.esco import import_archives, open_imported
from tests.factories import a_skill, a_taxonomy, an_occupation
from tests.taxonomy.archives import KEEPER, POLISH, a_release
from training.benchmarks.resources import Resources

LEXICON = a_taxonomy([a_skill("rake")], [])
NOTHING = Taxonomy(concepts={}, rules={}, digest="")


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("import")
    import_archives(a_release(folder / "archives"), folder / "taxonomy")
    return open_imported(folder / "taxonomy")


def write_forms(folder, uri):
    (folder / "forms_en.toml").write_text(f'[forms]\n"{uri}" = ["scrub it"]\n')
    return folder


def test_without_an_import_the_lexicon_is_what_is_known(tmp_path):
    resources = Resources(LEXICON, None, write_forms(tmp_path, "rake"))
    (skill,) = resources.skills("en")
    assert skill.labels == ("doing rake", "scrub it")
    assert resources.used == "the lexicon; no taxonomy is imported"


def test_without_forms_of_a_language_its_labels_are_enough(tmp_path):
    (skill,) = Resources(LEXICON, None, write_forms(tmp_path, "rake")).skills("it")
    assert skill.labels == ("saper fare rake",)


def test_an_import_comes_first_in_its_languages(tmp_path, imported):
    resources = Resources(LEXICON, imported, write_forms(tmp_path, POLISH))
    english = {skill.uri: skill for skill in resources.skills("en")}
    assert "rake" not in english
    assert english[POLISH].labels[-1] == "scrub it"
    assert [skill.uri for skill in resources.skills("it")] == ["rake"]
    assert resources.used == "the imported taxonomy 1.1.1 and the lexicon"


def test_occupations_are_the_imports_in_its_languages_and_else_the_lexicons(tmp_path, imported):
    lexicon = a_taxonomy([], [an_occupation("porter", "9333")])
    resources = Resources(lexicon, imported, tmp_path)
    english = {label.uri for label in resources.occupations("en").labels}
    assert KEEPER in english
    assert "porter" not in english
    assert {label.uri for label in resources.occupations("it").labels} == {"porter"}
    alone = Resources(lexicon, None, tmp_path).occupations("en")
    assert {label.uri for label in alone.labels} == {"porter"}


def test_forms_that_cannot_be_read_are_refused(tmp_path):
    (tmp_path / "forms_en.toml").write_text("forms")
    with pytest.raises(DataError, match="forms_en"):
        Resources(NOTHING, None, tmp_path).skills("en")
