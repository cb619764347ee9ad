import pytest

from matching.errors import InputError
from tests.linking.trades import BAKER, TAILOR
from tests.training.benchmarks.titles_sets import (
    form_ids,
    write_melo,
    write_table,
    write_vacancy_titles,
)
from training.benchmarks.occupation_titles_set import read_titles

QUERIES = {"Sarti": TAILOR, "Panettieri": BAKER}


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_set_gives_its_forms_and_the_forms_that_each_title_means(tmp_path, gzipped):
    given = read_titles(write_melo(tmp_path / "set", QUERIES, gzipped=gzipped))
    (corpus,) = given.corpora
    assert (given.layout, given.language, corpus.language) == ("melo", "it", "it")
    assert corpus.forms == form_ids()
    first = corpus.queries[0]
    assert first.text == "Sarti"
    assert {corpus.forms[form].uri for form in first.relevant} == {TAILOR}
    assert len(given.files) == 4


def test_italian_titles_may_be_asked_of_two_corpora_their_own_first(tmp_path):
    write_melo(tmp_path, QUERIES, language="en")
    given = read_titles(write_melo(tmp_path, QUERIES))
    assert given.language == "it"
    assert [corpus.language for corpus in given.corpora] == ["it", "en"]


def test_without_a_language_in_the_names_the_ids_tell_it(tmp_path):
    write_melo(tmp_path, QUERIES, language="en")
    for path in list(tmp_path.iterdir()):
        path.rename(tmp_path / path.name.replace("_c_en", "").replace("_en", ""))
    given = read_titles(tmp_path)
    assert (given.language, given.corpora[0].language) == ("en", "en")


def test_two_halves_are_read_together(tmp_path):
    write_melo(tmp_path, QUERIES)
    write_table(tmp_path / "test_queries.tsv", [("Q9", "Fornai")])
    write_table(tmp_path / "test_annotations_c_it.tsv", [("Q9", "0", "C000003_it_000", "1")])
    texts = [query.text for query in read_titles(tmp_path).corpora[0].queries]
    assert texts == ["Sarti", "Panettieri", "Fornai"]


def test_titles_that_nobody_annotated_are_left_out_and_counted(tmp_path):
    write_melo(tmp_path, QUERIES)
    write_table(tmp_path / "test_queries.tsv", [("Q9", "Fornai")])
    (corpus,) = read_titles(tmp_path).corpora
    assert len(corpus.queries) == 2
    assert corpus.unannotated == 1


def test_vacancy_titles_bring_no_forms(tmp_path):
    given = read_titles(write_vacancy_titles(tmp_path, [("Tailor, senior", TAILOR)]))
    (corpus,) = given.corpora
    assert (given.layout, given.language, dict(corpus.forms)) == ("jobbert", "en", {})
    assert corpus.queries[0].text == "Tailor, senior"
    assert corpus.queries[0].relevant == {TAILOR}


def test_files_of_no_layout_are_refused(tmp_path):
    with pytest.raises(InputError, match="no set of job titles"):
        read_titles(tmp_path)
    with pytest.raises(InputError, match="no set of job titles"):
        read_titles(tmp_path / "nowhere")


def test_a_table_without_its_other_half_is_refused(tmp_path):
    write_melo(tmp_path, QUERIES)
    (tmp_path / "concept_mapping_it.tsv").unlink()
    with pytest.raises(InputError, match="no table of concept_mapping"):
        read_titles(tmp_path)


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("dev_annotations_c_it.tsv", ("Q000001", "0", "C9", "1"), "not in the set"),
        ("dev_annotations_c_it.tsv", ("Q000001", "0", "C9"), "3 fields"),
        ("concept_mapping_it.tsv", ("C1",), "1 fields"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path, name, row, message):
    write_melo(tmp_path, QUERIES)
    write_table(tmp_path / name, [row])
    with pytest.raises(InputError, match=message) as error:
        read_titles(tmp_path)
    assert f"{name}, line 1" in str(error.value)


def test_forms_without_a_concept_and_sets_without_annotations_are_refused(tmp_path):
    write_melo(tmp_path, QUERIES)
    write_table(tmp_path / "dev_annotations_c_it.tsv", [])
    with pytest.raises(InputError, match="nothing to measure"):
        read_titles(tmp_path)
    write_table(tmp_path / "corpus_elements_it.tsv", [("C9", "sarto")])
    with pytest.raises(InputError, match="no concept"):
        read_titles(tmp_path)
    write_table(tmp_path / "corpus_elements_it.tsv", [])
    with pytest.raises(InputError, match="empty"):
        read_titles(tmp_path)


def test_vacancy_titles_without_a_column_and_broken_archives_are_refused(tmp_path):
    (tmp_path / "titles_test.csv").write_text("title\nx\n")
    with pytest.raises(InputError, match="conceptUri"):
        read_titles(tmp_path)
    (tmp_path / "titles_test.csv").unlink()
    (tmp_path / "titles_test.csv.gz").write_bytes(b"no archive")
    with pytest.raises(InputError, match="cannot be read"):
        read_titles(tmp_path)
