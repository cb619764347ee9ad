"""The explainer of one model's scores, in one language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from matching.domain import Dimension, Profile, Reason, Vacancy
from matching.explanation.availability import availability_sentences
from matching.explanation.missing import missing
from matching.explanation.pair import Pair, Sentence
from matching.explanation.requirements import (
    education_sentences,
    language_sentences,
    reach_sentences,
)
from matching.explanation.skills import skill_sentences
from matching.explanation.subjects import SUBJECTS
from matching.explanation.work import aspiration_sentences, experience_sentences
from matching.features import BY_NAME, FEATURES, FeatureSpace
from matching.wording import Wording

_DECIMALS = 4  # of what is stored: far below a point, far above the rounding of sums
_A_POINT = 0.01  # what moves the score by less needs no sentence
_NAMES = MappingProxyType(
    {one: tuple(c.name for c in FEATURES if c.dimension is one) for one in Dimension}
)


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains one model's scores in one language."""

    space: FeatureSpace
    wording: Wording

    def reasons(
        self,
        vacancy: Vacancy,
        profile: Profile,
        features: Mapping[str, float],
        contributions: Mapping[str, float],
    ) -> tuple[Reason, ...]:
        """Return the reasons by dimension, the strongest first.

        The effect of a reason is that of all the features of its dimension. One that no sentence
        speaks of is named where it moves the score by a point or more; so what the effects leave
        of the way from the no-information score is less than a point for each feature that no
        reason has.
        """
        pair = self._pair(vacancy, profile)
        writers: dict[Dimension, Iterator[Sentence]] = {
            Dimension.SKILLS: skill_sentences(pair, features),
            Dimension.EXPERIENCE: experience_sentences(pair, features),
            Dimension.EDUCATION: education_sentences(pair, features),
            Dimension.REACH: reach_sentences(pair, features),
            Dimension.ASPIRATIONS: aspiration_sentences(pair),
            Dimension.AVAILABILITY: availability_sentences(pair, features),
            Dimension.LANGUAGES: language_sentences(pair),
        }
        found: list[Reason] = []
        for dimension, written in writers.items():
            names = _NAMES[dimension]
            sentences = list(written)
            telling = [name for name in names if abs(contributions[name]) >= _A_POINT]
            if telling:
                sentences += _others(pair, telling, sentences, contributions)
            if not sentences:
                continue
            effect = sum(map(contributions.__getitem__, names))
            found.append(
                Reason(
                    dimension=dimension,
                    effect=round(effect, _DECIMALS),
                    text=" ".join(sentence.text for sentence in sentences),
                    person_evidence=_unique(chain.from_iterable(x.person for x in sentences)),
                    vacancy_evidence=_unique(chain.from_iterable(x.vacancy for x in sentences)),
                )
            )
        return tuple(sorted(found, key=lambda reason: (-abs(reason.effect), reason.dimension)))

    def missing(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> tuple[str, ...]:
        """Return what the vacancy insists on and the CV does not show."""
        return _unique(missing(self._pair(vacancy, profile), features))

    def _pair(self, vacancy: Vacancy, profile: Profile) -> Pair:
        return Pair(vacancy, profile, self.space, self.wording)


def _others(
    pair: Pair,
    telling: Iterable[str],
    sentences: Iterable[Sentence],
    contributions: Mapping[str, float],
) -> Iterator[Sentence]:
    """Yield what moves the score by a point or more and no other sentence speaks of, by sign."""
    told = {name for x in sentences for name in SUBJECTS[x.key.removeprefix("reason.")]}
    untold = [name for name in telling if name not in told]
    for key, sign in (("reason.other_for", 1), ("reason.other_against", -1)):
        moving = [name for name in untold if sign * contributions[name] > 0]
        if moving:
            labels = [pair.wording.say(BY_NAME[name].label) for name in moving]
            yield pair.sentence(key, list=pair.wording.list(labels))


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(words)))
