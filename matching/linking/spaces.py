"""Texts as vectors: of letters, of words, and of what words have in common.

Everything here is general: texts come in as tuples of word keys or as plain strings, vectors have
length 1, and a product of two of them is a cosine. Nothing is learnt from labelled data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from matching.errors import DataError

Array = npt.NDArray[np.float32]

_SEED = 0


@dataclass(frozen=True, eq=False)
class TextSpace:
    """Texts as TF-IDF vectors, and what turns another text into one."""

    vectorizer: TfidfVectorizer
    vectors: sparse.csr_matrix

    @classmethod
    def of_letters(
        cls, texts: Sequence[str], *, shortest: int = 2, longest: int = 5, damped: bool = False
    ) -> "TextSpace":
        """Runs of letters within words, so that words of one stem are near each other.

        Parameters
        ----------
        texts
            What the space is made of and what is found in it.
        shortest, longest
            Of the runs, in letters; the ends of a word count as one.
        damped
            Count a run that comes ``n`` times as ``1 + log(n)``.
        """
        return cls._of(
            texts,
            TfidfVectorizer(
                analyzer="char_wb",
                ngram_range=(shortest, longest),
                sublinear_tf=damped,
                lowercase=False,
                dtype=np.float32,
            ),
        )

    @classmethod
    def of_words(cls, texts: Sequence[str], *, longest: int = 1) -> "TextSpace":
        """Words between blanks, and runs of up to ``longest`` of them, each counted by its log."""
        return cls._of(
            texts,
            TfidfVectorizer(
                token_pattern=r"\S+",
                ngram_range=(1, longest),
                sublinear_tf=True,
                lowercase=False,
                dtype=np.float32,
            ),
        )

    @classmethod
    def _of(cls, texts: Sequence[str], vectorizer: TfidfVectorizer) -> "TextSpace":
        if not any(text.strip() for text in texts):
            raise DataError("A space needs texts, and at least one with a word in it.")
        return cls(vectorizer, vectorizer.fit_transform(texts).tocsr())

    def vectors_of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Vectors of other texts, a row each; all zero for a text that shares nothing."""
        return self.vectorizer.transform(texts).tocsr()

    def similarities(self, texts: Sequence[str]) -> Array:
        """Cosine of each text (rows) with each text of the space (columns)."""
        return np.asarray((self.vectors_of(texts) @ self.vectors.T).toarray(), dtype=np.float32)


def latent_vectors(vectors: sparse.csr_matrix, *, dimensions: int = 200) -> Array:
    """Rows of a matrix in fewer dimensions, of length 1: latent semantic analysis.

    Deerwester and others 1990 (*Indexing by latent semantic analysis*, JASIS 41). Rows that are
    all zero stay so. With no more columns than ``dimensions`` the rows are only normalised.

    Raises
    ------
    DataError
        For fewer than two dimensions.
    """
    if dimensions < 2:
        raise DataError(f"dimensions = {dimensions}: give 2 or more; 100 to 300 are usual.")
    if min(vectors.shape) <= dimensions:
        return np.asarray(normalize(vectors).toarray(), dtype=np.float32)
    reduced = TruncatedSVD(dimensions, random_state=_SEED).fit_transform(vectors)
    return np.asarray(normalize(reduced), dtype=np.float32)


def cosines(first: sparse.csr_matrix | Array, second: sparse.csr_matrix | Array) -> Array:
    """Cosine of each row of one matrix with each row of another; 0 for a row of zeros."""
    product = normalize(first) @ normalize(second).T
    dense = product.toarray() if sparse.issparse(product) else product
    return np.asarray(dense, dtype=np.float32)
