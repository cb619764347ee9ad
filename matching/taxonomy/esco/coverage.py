"""How much of an import has labels: by kind, by language, and in Italian with the lexicon."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matching.domain import ConceptKind
from matching.taxonomy.concepts import SKILL_KINDS, Taxonomy
from matching.taxonomy.esco.store import KINDS, ImportedTaxonomy

_ITALIAN = "it"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageCounts:
    """What there is in one language: concepts with a label, labels, descriptions."""

    skills: int
    occupations: int
    groups: int
    labels: int
    descriptions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItalianCoverage:
    """How many concepts of a kind have an Italian label, from where."""

    total: int
    from_import: int
    from_lexicon: int
    together: int

    @property
    def share(self) -> float:
        """Share with an Italian label from either, in [0, 1]; 0 where there are no concepts."""
        return self.together / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What an import holds, beside the lexicon.

    ``lexicon_joined`` counts concepts of the lexicon that the import has under the same URI,
    ``lexicon_unknown`` those with a URI of ESCO that it does not have, ``lexicon_own`` those that
    ESCO does not have (``urn:``).
    """

    kinds: Mapping[str, int]
    languages: Mapping[str, LanguageCounts]
    occupations: ItalianCoverage
    skills: ItalianCoverage
    essential: int
    optional: int
    lexicon_joined: int
    lexicon_unknown: int
    lexicon_own: int


def coverage(imported: ImportedTaxonomy, lexicon: Taxonomy) -> Coverage:
    """Count an import."""
    skill = np.isin(np.arange(len(imported)), imported.of_kind(*SKILL_KINDS.intersection(KINDS)))
    occupation = np.isin(np.arange(len(imported)), imported.of_kind(ConceptKind.OCCUPATION))
    found = {uri: imported.number(uri) for uri in lexicon.concepts}
    ours = np.zeros(len(imported), dtype=bool)
    ours[[number for number in found.values() if number is not None]] = True
    italian = (
        _labelled(imported, _ITALIAN) if _ITALIAN in imported.languages else np.zeros_like(ours)
    )
    lost = [uri for uri, number in found.items() if number is None]
    own = sum(uri.startswith("urn:") for uri in lost)
    return Coverage(
        kinds={str(kind): count for kind, count in Counter(imported.kinds).items()},
        languages={
            language: _counts(imported, language, skill, occupation)
            for language in imported.languages
        },
        occupations=_italian(occupation, italian, ours),
        skills=_italian(skill, italian, ours),
        essential=_needs(imported.essential.starts, occupation),
        optional=_needs(imported.optional.starts, occupation),
        lexicon_joined=int(ours.sum()),
        lexicon_unknown=len(lost) - own,
        lexicon_own=own,
    )


_Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def _labelled(imported: ImportedTaxonomy, language: str) -> _Mask:
    return np.asarray(np.diff(imported.forms(language).starts) > 0)


def _counts(
    imported: ImportedTaxonomy, language: str, skill: _Mask, occupation: _Mask
) -> LanguageCounts:
    named = _labelled(imported, language)
    return LanguageCounts(
        skills=int((named & skill).sum()),
        occupations=int((named & occupation).sum()),
        groups=int((named & ~skill & ~occupation).sum()),
        labels=len(imported.forms(language)),
        descriptions=int((np.diff(imported.descriptions(language).offsets) > 0).sum()),
    )


def _italian(kind: _Mask, imported: _Mask, ours: _Mask) -> ItalianCoverage:
    return ItalianCoverage(
        total=int(kind.sum()),
        from_import=int((kind & imported).sum()),
        from_lexicon=int((kind & ours).sum()),
        together=int((kind & (imported | ours)).sum()),
    )


def _needs(starts: np.ndarray[tuple[int, ...], np.dtype[np.uint32]], kind: _Mask) -> int:
    return int(np.diff(starts)[kind].sum())
