import sys
from types import ModuleType

import numpy as np
import pytest

from matching.cli.records import TextRecord
from matching.errors import InputError
from training.benchmarks.embedding import embedded, load_encoder
from training.benchmarks.judged import JudgedSet


class Letters:
    """Stands in for a model: a text is the number of its a's and of its b's."""

    def __init__(self, folder, **options):
        if folder.endswith("broken"):
            raise OSError("no configuration")
        self.folder, self.options = folder, options

    def encode(self, sentences, **options):
        return np.array([[text.count("a"), text.count("b")] for text in sentences], dtype="f4")


@pytest.fixture
def package(monkeypatch):
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = Letters
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


def judged(vacancies, persons):
    def rows(texts):
        return tuple(TextRecord(where="", id=f"r{n}", text=t) for n, t in enumerate(texts))

    return JudgedSet(
        layout="own", vacancies=rows(vacancies), persons=rows(persons), grades={}, files={}
    )


def test_the_score_is_the_cosine_of_the_vectors():
    scores = embedded(Letters(""), judged(["aab", "b"], ["aabaab", "a", ""]))
    assert scores == pytest.approx(
        np.array([[1.0, 2 / 5**0.5, 0.0], [1 / 5**0.5, 0.0, 0.0]]), abs=1e-6
    )


def test_a_model_is_read_from_its_folder_and_never_fetched(package, tmp_path):
    encoder = load_encoder(tmp_path)
    assert encoder.folder == str(tmp_path)
    assert encoder.options == {"device": "cpu", "local_files_only": True}


def test_without_the_package_there_is_no_model(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    assert load_encoder(tmp_path) is None


def test_a_folder_that_is_not_there_is_refused_also_without_the_package(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(InputError, match="no such folder"):
        load_encoder(tmp_path / "nothing")


def test_a_folder_without_a_model_is_refused_with_the_reason(package, tmp_path):
    (tmp_path / "broken").mkdir()
    with pytest.raises(InputError, match="broken: holds no model.*no configuration"):
        load_encoder(tmp_path / "broken")
