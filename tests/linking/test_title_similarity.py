import numpy as np
import pytest

from matching.linking.labels import OccupationLabels, imported_labels
from matching.linking.title_similarity import title_comparer
from matching.linking.titles import TitleLinker
from matching.taxonomy.esco import import_archives, open_imported
from tests.linking.trades import trade_labels
from tests.taxonomy.archives import a_release


@pytest.fixture(scope="module")
def comparer():
    return title_comparer(TitleLinker.of(trade_labels()))


def test_a_title_is_most_like_itself_in_the_other_gender(comparer):
    titles = ["sarta", "rilegatrice", "fornaia"]
    alike = comparer.compare(["sarto", "rilegatore", "fornaio"], titles)
    assert alike.argmax(axis=1).tolist() == [0, 1, 2]


def test_titles_of_one_occupation_are_alike_without_a_common_word(comparer):
    alike = comparer.compare(["camionista"], ["conducente di autocarri", "riparatore di scarpe"])
    assert alike[0, 0] > alike[0, 1] + 0.5


def test_titles_of_one_unit_group_are_nearer_than_those_of_another(comparer):
    alike = comparer.compare(["panettiere"], ["pasticciera", "calzolaia"])
    assert alike[0, 0] > alike[0, 1]


def test_titles_that_point_to_nothing_are_judged_by_their_letters(comparer):
    alike = comparer.compare(["zzqq"], ["zzqq", "kkww", ""])
    assert alike[0, 0] > 0.9
    assert (alike[0, 1], alike[0, 2]) == (0.0, 0.0)


def test_without_codes_or_an_import_the_occupation_itself_counts():
    bare = title_comparer(TitleLinker.of(OccupationLabels(trade_labels().labels)))
    assert [meaning.name for meaning in bare.meanings] == ["same occupation"]


def test_the_nearest_occupation_counts_whole_and_nearness_is_told(comparer):
    occupations, nearness = comparer.occupations(["sarta", "zzqq"])
    assert occupations.max(axis=1).toarray().ravel().tolist() == pytest.approx([1.0, 0.0], abs=1e-6)
    assert nearness[0] == pytest.approx(1.0, abs=1e-3)
    assert nearness[1] == 0.0


def test_an_import_adds_skills_and_descriptions(tmp_path):
    import_archives(a_release(tmp_path / "archives"), tmp_path / "taxonomy")
    imported = open_imported(tmp_path / "taxonomy")
    linker = TitleLinker.of(imported_labels(imported, "en"))
    comparer = title_comparer(linker, imported)
    names = [meaning.name for meaning in comparer.meanings]
    assert names == ["unit group", "minor group", "skills", "texts (en)"]
    alike = comparer.compare(["moon keeper"], ["crater raker", "lunar caretaker"])
    assert np.isfinite(alike).all()
    assert alike[0, 1] > alike[0, 0]
