"""What is compared: the product's ranker, and peers that see nothing but words or skills.

Each system gives a score for every vacancy with every person: an array of shape (vacancies,
persons), in the order of the set, higher is better. All read the same text of a vacancy: its
title, then its body, as ``Service.vacancy`` does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.cli.progress import progress
from matching.cli.reading import read_person, read_vacancy
from matching.cli.records import TextRecord
from matching.domain import Profile, SkillAsked, SkillHeld, State, Vacancy
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTexts:
    """What the product reads in the texts of a set, in the order of the set."""

    vacancies: Sequence[Vacancy]
    persons: Sequence[Profile]


def read_texts(service: Service, judged: JudgedSet, *, as_of: date) -> ReadTexts:
    """Read a set by the same steps as ``valoriamo rank``.

    A text that is refused is told on stderr and becomes an empty vacancy or profile, as there.

    Parameters
    ----------
    service
        The product.
    judged
        The set; places are looked up in the service's territory.
    as_of
        The day that open periods in the texts end.
    """
    return ReadTexts(
        vacancies=[
            read_vacancy(service, record, as_of)
            for record in progress(judged.vacancies, "Reading vacancies")
        ],
        persons=[
            read_person(service, record, as_of)
            for record in progress(judged.persons, "Reading persons")
        ],
    )


def ranked(service: Service, texts: ReadTexts) -> Ranked:
    """Scores of the service's ranker; pairs without enough data keep the no-information score."""
    frame = service.scores(texts.vacancies, texts.persons)
    rows = [vacancy.id for vacancy in texts.vacancies]
    columns = [person.id for person in texts.persons]
    wide = frame.pivot(index="vacancy_id", columns="person_id").reindex(rows)
    return Ranked(
        scores=wide["score"][columns].to_numpy(dtype=float),
        judged=(wide["state"][columns] == str(State.OK)).to_numpy(dtype=bool),
    )


def skills_jaccard(vacancies: Sequence[Vacancy], persons: Sequence[Profile]) -> Array:
    """Skills that both texts name, over the skills that either names; 0 where neither names any.

    Skills are those that the product reads, without those that a trade only implies: what a
    matching by sets of skills would make of the same reading.
    """
    asked = _named([[s for s in vacancy.skills if not s.implied] for vacancy in vacancies])
    held = _named([person.skills for person in persons])
    number = {uri: column for column, uri in enumerate(sorted(set().union(*asked, *held)))}
    first, second = _indicator(asked, number), _indicator(held, number)
    both = np.asarray((first @ second.T).toarray(), dtype=float)
    sizes = np.array([len(row) for row in asked], dtype=float)[:, None]
    either = sizes + np.array([len(row) for row in held], dtype=float) - both
    shared: Array = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    return shared


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


def _named(skills: Sequence[Sequence[SkillAsked | SkillHeld]]) -> list[set[str]]:
    return [{skill.uri for skill in row} for row in skills]


def _indicator(rows: Sequence[set[str]], number: Mapping[str, int]) -> sparse.csr_array:
    columns = [number[uri] for row in rows for uri in sorted(row)]
    starts = np.cumsum([0, *map(len, rows)])
    values = np.ones(len(columns))
    return sparse.csr_array((values, columns, starts), shape=(len(rows), max(len(number), 1)))
