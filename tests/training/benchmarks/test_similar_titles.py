import pytest

from matching.errors import InputError
from matching.linking.title_similarity import title_comparer
from matching.linking.titles import TitleLinker
from tests.linking.trades import trade_labels
from tests.training.benchmarks.titles_sets import write_similar, write_table
from training.benchmarks.similar_titles_set import read_similar_titles
from training.benchmarks.title_similarity import title_similarity

ALIKE = {
    "camionista": ["conducente di autocarri", "autista di camion"],
    "rilegatore": ["addetta alla rilegatura di libri"],
}
OTHERS = ["riparatrice di scarpe", "sarta", "fornaio"]


@pytest.fixture
def folder(tmp_path):
    return write_similar(tmp_path / "set", ALIKE, OTHERS)


def test_titles_are_measured_beside_their_peers(folder):
    comparer = title_comparer(TitleLinker.of(trade_labels()))
    report = title_similarity(comparer, read_similar_titles(folder), draws=20)
    assert report["map"] == 1.0
    assert report["map"] > report["peers"]["tfidf_words"]["map"]
    assert (report["titles"], report["queries"], report["language"]) == (6, 2, "it")
    assert set(report["meanings"]) == {"unit group", "minor group", "same occupation"}


def test_queries_that_nobody_annotated_are_left_out_and_counted(folder):
    write_table(folder / "test_queries.tsv", [("sarto", "sarto")])
    given = read_similar_titles(folder)
    assert list(given.queries) == list(ALIKE)
    assert given.unannotated == 1


def test_an_id_that_is_not_in_the_set_is_named(folder):
    write_table(folder / "dev_annotations.tsv", [("camionista", "0", "pilota", "1")])
    with pytest.raises(InputError, match=r"dev_annotations\.tsv, line 1: .*'pilota'"):
        read_similar_titles(folder)


def test_a_set_without_annotations_is_refused(folder):
    write_table(folder / "dev_annotations.tsv", [])
    with pytest.raises(InputError, match="nothing to measure"):
        read_similar_titles(folder)


@pytest.mark.parametrize("name", ["corpus_documents.tsv", "dev_queries.tsv", "dev_annotations.tsv"])
def test_a_missing_table_is_refused(folder, name):
    (folder / name).unlink()
    with pytest.raises(InputError, match="no set of similar titles"):
        read_similar_titles(folder)
