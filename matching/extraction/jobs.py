"""How sure a job is, titled or not: trees judge what rules found, and find what they did not.

Most rules know how a job is named; many people tell what they did, and a vacancy what is to be
done. The skills named in a part of a text and its words say which occupation that is. What the
trees are not sure enough of is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from matching.domain import DocumentKind
from matching.errors import ModelError
from matching.extraction.activities import TOLD
from matching.extraction.job_features import COLUMNS, JobCandidate, JobScene, candidates
from matching.extraction.loose import LooseLinker
from matching.extraction.mentions import RawMention, Reading, segment_at, stance_at
from matching.extraction.periods import Period
from matching.extraction.phrases import Claim
from matching.extraction.purpose import is_short
from matching.extraction.roles import Role, own_titles, person_roles
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.extraction.stretches import stretches
from matching.linking.weights import Weights, load_weights

JOB_WEIGHTS = "jobs"
# Under this confidence nothing is said. Chosen on documents that the trees did not learn from.
_THRESHOLD = 0.35
# A vacancy is for some job: where none is sure enough, the likeliest is said, with how sure it is.
_LIKELIEST = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What rules found in a document: its jobs, all jobs named in it, its skills and dates."""

    roles: Sequence[Role]
    titles: Sequence[RawMention]
    skills: Sequence[RawMention]
    dated: Sequence[Period]


@dataclass(frozen=True, eq=False)
class JobLinker:
    """Judges the jobs that an Italian text names, and finds those it tells without a name.

    ``loose`` knows how skills are said and what a sentence's tone is.
    """

    loose: LooseLinker
    weights: Weights | None = None

    @classmethod
    def of(cls, loose: LooseLinker, folder: Path) -> "JobLinker":
        """Set up the linker with the weights of a folder (``data/linking``).

        Raises
        ------
        DataError, ModelError
            The weights are missing, damaged or of another make.
        """
        return cls(loose, load_weights(folder, JOB_WEIGHTS, COLUMNS))

    def candidates(self, reading: Reading, told: Told) -> list[JobCandidate]:
        """Every occupation that some part of a document could be about, with its signs."""
        if reading.kind is DocumentKind.CV:
            titles = own_titles(told.titles, reading)
        else:
            titles = list(told.titles)
        scene = JobScene(
            reading,
            self.loose.lexis.taxonomy,
            self.loose.lexis.profiles,
            told.roles,
            told.titles,
            told.skills,
            self.loose.tones(reading),
        )
        return list(candidates(scene, stretches(reading, titles, told.dated)))

    def judged(self, reading: Reading, told: Told) -> list[tuple[JobCandidate, float]]:
        """Every candidate, with how sure it is that this job was done, or is offered."""
        if self.weights is None:
            raise ModelError("This linker has no weights yet; train it first.")
        found = self.candidates(reading, told)
        if not found:
            return []
        rows = np.array([one.signs for one in found], np.float32)
        return list(zip(found, self.weights.confidence(rows).tolist(), strict=True))

    def roles(
        self, reading: Reading, told: Told, judged: Sequence[tuple[JobCandidate, float]]
    ) -> list[Role]:
        """Jobs that are sure enough, with their confidence, in the order of the text.

        What a person only wishes for is returned as it is.
        """
        if is_short(reading) and any(candidate.named for candidate, _ in judged):
            # A few words say too little of themselves to be refused, or to be more than they name.
            likely = [(one, sure) for one, sure in judged if one.named]
        else:
            least = _THRESHOLD
            if reading.kind is DocumentKind.VACANCY:
                best = max((confidence for _, confidence in judged), default=0.0)
                least = min(_THRESHOLD, max(best, _LIKELIEST))
            likely = [(one, sure) for one, sure in judged if sure >= least]
        raws = [raw for one, sure in likely for raw in self._raws(reading, one, round(sure, 3))]
        raws.sort(key=lambda raw: raw.start)
        if reading.kind is DocumentKind.VACANCY:
            return [Role(raw, False, None, raw.confidence) for raw in raws]
        return self._of_person(reading, told, raws)

    def _raws(
        self, reading: Reading, candidate: JobCandidate, confidence: float
    ) -> list[RawMention]:
        named = [replace(role.raw, confidence=confidence) for role in candidate.named]
        if named:
            return named
        number = segment_at(reading, candidate.start)
        if number is None or reading.segments[number].section is Section.WISHES:
            return []
        if stance_at(reading, number, candidate.start, employers=False) is not Stance.HELD:
            return []
        label = self.loose.lexis.taxonomy.concepts[candidate.uri].label()
        return [
            RawMention(
                claim=Claim(candidate.uri, label),
                start=candidate.start,
                end=candidate.end,
                confidence=confidence,
                segment=reading.segments[number],
                stance=Stance.HELD,
            )
        ]

    @staticmethod
    def _of_person(reading: Reading, told: Told, raws: Sequence[RawMention]) -> list[Role]:
        titled = {
            (role.raw.start, role.raw.claim.uri)
            for role in told.roles
            if not role.wanted and role.raw.confidence != TOLD
        }
        wished = [role.raw for role in told.roles if role.wanted]
        by_title = [raw for raw in raws if (raw.start, raw.claim.uri) in titled]
        by_work = [raw for raw in raws if (raw.start, raw.claim.uri) not in titled]
        return person_roles([*by_title, *wished], reading, told.dated, by_work)


def surest(judged: Iterable[tuple[JobCandidate, float]]) -> dict[str, float]:
    """How sure each occupation is, by its surest place."""
    found: dict[str, float] = {}
    for candidate, confidence in judged:
        found[candidate.uri] = max(confidence, found.get(candidate.uri, 0.0))
    return found
