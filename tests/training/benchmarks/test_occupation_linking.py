import pytest

from matching.errors import InputError
from matching.linking.confidence import Confidence
from matching.taxonomy.esco import import_archives, open_imported
from tests.linking.trades import BAKER, BOOKBINDER, COURIER, DRIVER, SHOEMAKER, TAILOR
from tests.taxonomy.archives import ENGLISH, ITALIAN, KEEPER, RAKER, a_release
from tests.training.benchmarks.titles_sets import write_melo, write_vacancy_titles
from training.benchmarks.occupation_linking import occupation_linking
from training.benchmarks.occupation_titles_set import read_titles

CURVE = Confidence(-2.3, {"exactness": 3.1, "lead": 7.6, "neighbours": 0.0, "shared": -0.6})
QUERIES = {
    "Sarti": TAILOR,
    "Fornai e panettieri": BAKER,
    "Autisti di autocarri": DRIVER,
    "Addetti al furgone": COURIER,
    "Rilegatori di libri": BOOKBINDER,
    "Riparatori di calzature": SHOEMAKER,
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("import")
    languages = {"en": ENGLISH, "it": ITALIAN}
    import_archives(a_release(folder / "archives", languages=languages), folder / "taxonomy")
    return open_imported(folder / "taxonomy")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    given = read_titles(write_melo(tmp_path_factory.mktemp("set"), QUERIES))
    return occupation_linking(given, None, CURVE, cross_fit=True, draws=50)


def test_the_linker_is_measured_beside_its_peers(report):
    assert report["s@5"] == 1.0
    assert report["mrr"] > report["peers"]["tfidf_words"]["mrr"]
    assert report["mrr_low"] <= report["mrr"] <= report["mrr_high"]
    assert (report["titles"], report["concepts"], report["candidates"]) == (6, 8, 20)
    assert report["resources"] == ["forms of the set"]


def test_of_each_of_the_first_concepts_the_name_comes_before_its_other_forms(report):
    # The right name is first; of the other forms, relevant as well, the next one stands behind
    # the names of all eight concepts. Five titles have three relevant forms, one has two.
    assert report["s@1"] == 1.0
    assert report["rp@5"] == pytest.approx((5 / 3 + 1 / 2) / 6, abs=1e-6)


def test_links_are_counted_and_their_confidence_is_told(report):
    links = report["links"]
    assert links["answered"] > 0.5
    assert links["right"] == 1.0
    assert 0.5 <= links["confidence"] <= 1.0


def test_trees_are_measured_on_titles_that_they_did_not_learn_from(report):
    assert 0.0 < report["cross_fit"]["mrr"] <= 1.0
    assert report["folds"] == 5


def test_the_same_run_gives_the_same_figures(tmp_path, report):
    given = read_titles(write_melo(tmp_path, QUERIES))
    again = occupation_linking(given, None, CURVE, cross_fit=True, draws=50)
    assert again == report


def test_without_cross_fitting_nothing_is_learnt(tmp_path):
    given = read_titles(write_melo(tmp_path, QUERIES))
    found = occupation_linking(given, None, CURVE, draws=10)
    assert "cross_fit" not in found
    assert found["folds"] is None


def test_a_further_corpus_has_its_language_before_the_metric(tmp_path):
    write_melo(tmp_path, QUERIES, language="en")
    given = read_titles(write_melo(tmp_path, QUERIES))
    found = occupation_linking(given, None, CURVE, draws=10)
    assert {"mrr", "en_mrr", "en_peers"} <= set(found)
    assert found["en_resources"] == ["forms of the set"]


def test_titles_in_one_language_are_asked_by_the_imports_labels_in_theirs(tmp_path, imported):
    folder = tmp_path / "set"
    folder.mkdir()
    tables = {
        "queries": [("Q1", "it lunar caretakers")],
        "corpus_elements_it": [("C1_it_000", "it crater raker")],
        "concept_mapping_it": [("C1_it_000", RAKER)],
        "annotations_it": [("Q1", "0", "C1_it_000", "1")],
        "corpus_elements_en": [("C1_en_000", "crater raker"), ("C2_en_000", "moon keeper")],
        "concept_mapping_en": [("C1_en_000", RAKER), ("C2_en_000", KEEPER)],
        "annotations_en": [("Q1", "0", "C2_en_000", "1")],
    }
    for name, rows in tables.items():
        text = "".join("\t".join(row) + "\n" for row in rows)
        (folder / f"{name}.tsv").write_text(text)
    found = occupation_linking(read_titles(folder), imported, CURVE, draws=10)
    assert "imported labels (it)" in found["en_resources"]
    assert found["en_s@1"] == 1.0
    assert "imported ISCO-08 codes" in found["resources"]


def test_a_set_without_forms_ranks_the_imported_occupations(tmp_path, imported):
    rows = [("Keeper of the moon", KEEPER), ("Raking craters", RAKER), ("Other", "urn:not:there")]
    given = read_titles(write_vacancy_titles(tmp_path, rows))
    found = occupation_linking(given, imported, CURVE, draws=10)
    assert found["candidates"] == found["concepts"] == 2
    assert found["s@1"] == pytest.approx(2 / 3, abs=1e-6)


def test_a_set_without_forms_needs_an_import(tmp_path):
    given = read_titles(write_vacancy_titles(tmp_path, [("Tailor", TAILOR)]))
    with pytest.raises(InputError, match="taxonomy import"):
        occupation_linking(given, None, CURVE)
