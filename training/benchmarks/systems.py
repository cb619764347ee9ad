"""What is compared: the product's ranker, and peers that see nothing but the words.

Each system gives a score for every vacancy with every person: an array of shape (vacancies,
persons), in the order of the set, higher is better. All read the same text of a vacancy: its
title, then its body, as ``Service.vacancy`` does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.cli.progress import progress
from matching.cli.reading import read_person, read_vacancy
from matching.cli.records import TextRecord
from matching.domain import State
from matching.errors import ValoriamoError
from matching.service import Service
from training.benchmarks.judged import JudgedSet

Array = npt.NDArray[np.float64]

# The word pattern and lower-casing of scikit-learn, for TF-IDF and BM25 alike: runs of two or
# more letters or digits. No stop words and no stems: the sets are in two languages.
_TOKENS = r"(?u)\b\w\w+\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The product's scores, and which pairs it could judge.

    ``judged`` has the shape of ``scores``: False where the state is ``not_enough_data`` and the
    score is therefore the no-information score.
    """

    scores: Array
    judged: npt.NDArray[np.bool_]


def ranked(service: Service, judged: JudgedSet, *, as_of: date) -> Ranked:
    """Scores of the service's ranker, by the same steps as ``valoriamo rank``.

    A text that is refused is told on stderr and becomes an empty vacancy or profile, as there:
    its pairs keep the no-information score.

    Parameters
    ----------
    service
        The product.
    judged
        The set; places are looked up in the service's territory.
    as_of
        The day that open periods in the texts end.
    """
    vacancies = [
        read_vacancy(service, record, as_of)
        for record in progress(judged.vacancies, "Reading vacancies")
    ]
    persons = [
        read_person(service, record, as_of)
        for record in progress(judged.persons, "Reading persons")
    ]
    frame = service.scores(vacancies, persons)
    rows = [record.id for record in judged.vacancies]
    columns = [record.id for record in judged.persons]
    wide = frame.pivot(index="vacancy_id", columns="person_id").reindex(rows)
    return Ranked(
        scores=wide["score"][columns].to_numpy(dtype=float),
        judged=(wide["state"][columns] == str(State.OK)).to_numpy(dtype=bool),
    )


def tfidf_words(judged: JudgedSet) -> Array:
    """Cosine of TF-IDF vectors of words and word pairs, sublinear term frequency.

    Fitted on all texts of the set, vacancies and persons: it knows the set's word frequencies,
    which a system in service would not, and no grade.
    """
    return _tfidf(
        judged,
        TfidfVectorizer(token_pattern=_TOKENS, ngram_range=(1, 2), sublinear_tf=True),
    )


def tfidf_letters(judged: JudgedSet) -> Array:
    """Cosine of TF-IDF vectors of 2 to 5 letters within words; otherwise as the words' one."""
    return _tfidf(
        judged, TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    )


def bm25(judged: JudgedSet) -> Array:
    """BM25 (Lucene's form, k1 1.5, b 0.75) of the vacancy's words in the persons' texts.

    The persons are the indexed documents; each occurrence of a word in the vacancy counts. Same
    tokenisation as :func:`tfidf_words`, single words.

    Raises
    ------
    ValoriamoError
        When bm25s, which only the measuring needs, is not installed.
    """
    try:
        import bm25s
    except ImportError as error:
        raise ValoriamoError(
            "The BM25 peer needs the package bm25s: pip install 'valoriamo[test]'."
        ) from error
    split = TfidfVectorizer(token_pattern=_TOKENS).build_analyzer()
    documents = [split(record.text) for record in judged.persons]
    vocabulary = {word for document in documents for word in document}
    scores = np.zeros((len(judged.vacancies), len(documents)))
    if not vocabulary:
        return scores
    index = bm25s.BM25(k1=1.5, b=0.75, method="lucene", dtype="float64")
    index.index(documents, show_progress=False)
    for number, record in enumerate(judged.vacancies):
        # bm25s cannot score a query of which it knows no word; such a query scores nobody.
        words = [word for word in split(whole_text(record)) if word in vocabulary]
        if words:
            scores[number] = index.get_scores(words)
    return scores


def no_information(judged: JudgedSet) -> Array:
    """One score for everybody: with ties averaged, exactly what a random order is worth."""
    return np.zeros((len(judged.vacancies), len(judged.persons)))


PEERS: Mapping[str, Callable[[JudgedSet], Array]] = MappingProxyType(
    {
        "tfidf_words": tfidf_words,
        "tfidf_letters": tfidf_letters,
        "bm25": bm25,
        "no_information": no_information,
    }
)


def whole_text(record: TextRecord) -> str:
    """Title and body, without the title twice."""
    if record.title and not record.text.startswith(record.title):
        return f"{record.title}\n\n{record.text}"
    return record.text


def _tfidf(judged: JudgedSet, vectorizer: TfidfVectorizer) -> Array:
    asked = [whole_text(record) for record in judged.vacancies]
    people = [record.text for record in judged.persons]
    vectorizer.fit([*asked, *people])
    # Vectors have length 1, so the product is the cosine; an empty text is at 0 from all.
    cosine = vectorizer.transform(asked) @ vectorizer.transform(people).T
    return np.asarray(cosine.toarray(), dtype=float)
