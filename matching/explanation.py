"""Contributions, catalog and wording -> reasons with evidence, what is missing, what to ask.

No sentence states what the data does not say: each is built only where its feature is known and
asked, from the same profile and vacancy that the feature was computed from.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.domain import (
    Dimension,
    Fact,
    Importance,
    OccupationHeld,
    Profile,
    Question,
    Reason,
    SkillAsked,
    Vacancy,
)
from matching.features import FEATURES, FeatureSpace
from matching.wording import Wording

_SAME, _NEAR = 0.99, 0.4
_ALMOST = 0.999


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
        """Reasons by dimension, the strongest first."""
        writers: dict[Dimension, Callable[..., Iterator[_Sentence]]] = {
            Dimension.SKILLS: self._skills,
            Dimension.EXPERIENCE: self._experience,
            Dimension.EDUCATION: self._education,
            Dimension.REACH: self._reach,
            Dimension.ASPIRATIONS: self._aspirations,
            Dimension.AVAILABILITY: self._availability,
            Dimension.LANGUAGES: self._languages,
        }
        found: list[Reason] = []
        for dimension, write in writers.items():
            sentences = list(write(vacancy, profile, features))
            if not sentences:
                continue
            effect = sum(
                contributions[column.name]
                for column in FEATURES
                if column.dimension is dimension
            )
            found.append(
                Reason(
                    dimension=dimension,
                    effect=round(effect, 4),
                    text=" ".join(sentence.text for sentence in sentences),
                    person_evidence=_unique(s for x in sentences for s in x.person),
                    vacancy_evidence=_unique(s for x in sentences for s in x.vacancy),
                )
            )
        return tuple(sorted(found, key=lambda reason: (-abs(reason.effect), reason.dimension)))

    def missing(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> tuple[str, ...]:
        """What the vacancy insists on and the CV does not show."""
        say = self.wording.say
        found = [
            say("missing.skill", label=skill.label)
            for skill in self._not_shown(vacancy, profile)
            if not skill.implied
        ]
        held = {str(item.value) for item in profile.facts.licences}
        if features["reach_licence"] < _ALMOST:
            found += [
                say("missing.licence", code=item.value)
                for item in vacancy.facts.licences
                if str(item.value) not in held and item.importance is Importance.ESSENTIAL
            ]
            vehicle = profile.facts.own_vehicle
            if vacancy.facts.own_vehicle and vehicle and vehicle.value is False:
                found.append(say("missing.vehicle"))
        if features["experience_required"] < _ALMOST and vacancy.facts.months_required:
            found.append(
                say(
                    "missing.months",
                    months=self.wording.months(self._months_near(vacancy, profile)),
                    required=self.wording.months(int(vacancy.facts.months_required.value)),
                )
            )
        if features["education_level"] < _ALMOST:
            found.append(say("missing.education", asked=self._level(vacancy.facts.education_level)))
        return tuple(dict.fromkeys(found))

    def questions(
        self,
        vacancy: Vacancy,
        profile: Profile,
        swings: Mapping[str, float],
        weights: Mapping[str, float],
        *,
        most: int = 3,
    ) -> tuple[Question, ...]:
        """What to ask next: the unknowns whose answers could move the score most.

        ``weights`` says what full coverage of each skill feature is worth, so that a skill that
        the CV does not mention competes with the other unknowns.
        """
        found: dict[str, Question] = {}
        for column in FEATURES:
            swing = swings[column.name]
            if column.question is None or swing <= 0:
                continue
            before = found.get(column.question)
            total = swing + (before.swing if before else 0.0)
            found[column.question] = Question(
                key=column.question, text=self.wording.say(column.question), swing=round(total, 4)
            )
        essential = [s for s in vacancy.skills if s.importance is Importance.ESSENTIAL]
        for skill in self._not_shown(vacancy, profile):
            name = "skills_trade" if skill.implied else "skills_essential"
            peers = [s for s in essential if s.implied == skill.implied]
            total = sum(self._weight(s.uri) for s in peers)
            if total > 0 and self._weight(skill.uri) > 0:
                key = f"ask.skill:{skill.uri}"
                found[key] = Question(
                    key=key,
                    text=self.wording.say("ask.skill", label=skill.label),
                    swing=round(weights[name] * self._weight(skill.uri) / total, 4),
                )
        ranked = sorted(found.values(), key=lambda question: (-question.swing, question.key))
        return tuple(ranked[:most])

    def _weight(self, uri: str) -> float:
        number = self.space.skills.numbers.get(uri)
        return 0.0 if number is None else float(self.space.skills.weights[number])

    def _not_shown(self, vacancy: Vacancy, profile: Profile) -> list[SkillAsked]:
        shown = {skill.uri for skill in profile.skills}
        for job in profile.occupations:
            shown |= self.space.taxonomy.concepts[job.uri].essential
        return [
            skill
            for skill in vacancy.skills
            if skill.importance is Importance.ESSENTIAL
            and skill.uri not in shown
            and skill.uri in self.space.skills.numbers
        ]

    def _skills(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> Iterator["_Sentence"]:
        del features
        held = {skill.uri: skill for skill in profile.skills}
        counted = [skill for skill in vacancy.skills if skill.uri in self.space.skills.numbers]
        groups = {
            "essential": [
                s for s in counted if s.importance is Importance.ESSENTIAL and not s.implied
            ],
            "optional": [s for s in counted if s.importance is Importance.OPTIONAL],
            "trade": [s for s in counted if s.implied],
        }
        for group, asked in groups.items():
            shown = [s for s in asked if s.uri in held]
            through_work: list[SkillAsked] = []
            if group == "trade":
                worked: frozenset[str] = frozenset().union(
                    *(self.space.taxonomy.concepts[j.uri].essential for j in profile.occupations)
                )
                through_work = [s for s in asked if s.uri not in held and s.uri in worked]
            evidence = _Evidence(
                tuple(e.text for s in shown for e in held[s.uri].evidence),
                tuple(e.text for s in shown for e in s.evidence),
            )
            labels = [s.label for s in (*shown, *through_work)]
            if group == "essential" and asked:
                if labels:
                    yield self._sentence(
                        "reason.skills_held",
                        evidence,
                        count=len(labels),
                        total=len(asked),
                        list=self.wording.list(labels),
                    )
                else:
                    yield self._sentence("reason.skills_none", _Evidence(), total=len(asked))
            elif labels:
                key = "reason.skills_optional" if group == "optional" else "reason.skills_trade"
                yield self._sentence(key, evidence, list=self.wording.list(labels))

    def _nearest(
        self, vacancy: Vacancy, jobs: tuple[OccupationHeld, ...]
    ) -> tuple[OccupationHeld, float] | None:
        numbers, proximity = self.space.occupations.numbers, self.space.occupations.proximity
        targets = [numbers[job.uri] for job in vacancy.occupations]
        if not targets or not jobs:
            return None
        scored = [
            (float(proximity[numbers[job.uri], targets].max()), job.months or 0, job)
            for job in jobs
        ]
        best = max(scored, key=lambda item: (item[0], item[1]))
        return best[2], best[0]

    def _months_near(self, vacancy: Vacancy, profile: Profile) -> int | None:
        numbers, proximity = self.space.occupations.numbers, self.space.occupations.proximity
        targets = [numbers[job.uri] for job in vacancy.occupations]
        total = 0.0
        for job in profile.occupations:
            near = float(proximity[numbers[job.uri], targets].max()) if targets else 0.0
            total += (job.months or 0) * near if near >= _NEAR else 0.0
        return round(total)

    def _experience(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> Iterator["_Sentence"]:
        found = self._nearest(vacancy, profile.occupations)
        if found is None:
            return
        job, near = found
        key = (
            "reason.experience_same"
            if near >= _SAME
            else "reason.experience_near"
            if near >= _NEAR
            else "reason.experience_far"
        )
        length = "" if job.months is None else f" ({self.wording.months(job.months)})"
        evidence = _Evidence(
            tuple(e.text for e in job.evidence),
            tuple(e.text for o in vacancy.occupations for e in o.evidence),
        )
        yield self._sentence(key, evidence, job=job.label, months=length)
        required = vacancy.facts.months_required
        if required is not None and not np.isnan(features["experience_required"]):
            met = features["experience_required"] >= _ALMOST
            yield self._sentence(
                f"reason.experience_required_{'met' if met else 'short'}",
                _Evidence((), (required.evidence,)),
                required=self.wording.months(int(required.value)),
                months=self.wording.months(self._months_near(vacancy, profile)),
            )

    def _education(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> Iterator["_Sentence"]:
        asked, held = vacancy.facts.education_level, profile.facts.education_level
        if asked is None or held is None:
            return
        met = features["education_level"] >= _ALMOST
        yield self._sentence(
            f"reason.education_{'met' if met else 'short'}",
            _Evidence((held.evidence,), (asked.evidence,)),
            held=self._level(held),
            asked=self._level(asked),
        )

    def _level(self, fact: Fact | None) -> str:
        return self.wording.say(f"level.eqf{fact.value}" if fact else "level.unsaid")

    def _reach(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> Iterator["_Sentence"]:
        home, place = profile.facts.comune, vacancy.facts.comune
        if home and place and not np.isnan(features["reach_minutes"]):
            vehicle = profile.facts.own_vehicle
            on_foot = vehicle is not None and vehicle.value is False
            territory = self.space.territory
            yield self._sentence(
                "reason.reach_public" if on_foot else "reason.reach_car",
                _Evidence((home.evidence,), (place.evidence,)),
                home=territory.municipality(str(home.value)).name,
                place=territory.municipality(str(place.value)).name,
                minutes=5 * round(features["reach_minutes"] / 5),
            )
        value = features["reach_licence"]
        if not np.isnan(value):
            asked = [f"patente {item.value}" for item in vacancy.facts.licences]
            facts = [*vacancy.facts.licences]
            if vacancy.facts.own_vehicle:
                asked.append(self.wording.say("value.vehicle"))
                facts.append(vacancy.facts.own_vehicle)
            mine = [*profile.facts.licences]
            if profile.facts.own_vehicle:
                mine.append(profile.facts.own_vehicle)
            yield self._sentence(
                f"reason.reach_licence_{'met' if value >= _ALMOST else 'short'}",
                _Evidence(tuple(f.evidence for f in mine), tuple(f.evidence for f in facts)),
                list=self.wording.list(asked),
            )

    def _aspirations(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> Iterator["_Sentence"]:
        del features
        found = self._nearest(vacancy, profile.aspirations)
        if found is None:
            return
        job, near = found
        key = "same" if near >= _SAME else "near" if near >= _NEAR else "far"
        yield self._sentence(
            f"reason.aspirations_{key}",
            _Evidence(tuple(e.text for e in job.evidence), ()),
            job=job.label,
        )

    def _availability(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> Iterator["_Sentence"]:
        asked, given = vacancy.facts, profile.facts
        rows: tuple[tuple[str, tuple[Fact, ...], tuple[Fact, ...], bool], ...] = (
            ("hours", asked.hours, given.hours, True),
            ("shifts", asked.shifts, (*given.shifts, *given.shifts_refused), False),
            ("contract", asked.contracts, given.contracts, False),
        )
        for name, needs, offers, show_person in rows:
            value = features[f"availability_{name}"]
            if np.isnan(value):
                continue
            met = value >= _ALMOST
            shown = offers if show_person and not met else needs
            yield self._sentence(
                f"reason.availability_{name}_{'met' if met else 'short'}",
                _Evidence(tuple(f.evidence for f in offers), tuple(f.evidence for f in needs)),
                list=self.wording.list([self.wording.say(f"value.{f.value}") for f in shown]),
            )
        if features["availability_start"] >= _ALMOST and asked.start and given.start:
            yield self._sentence(
                "reason.availability_start_met",
                _Evidence((given.start.evidence,), (asked.start.evidence,)),
            )

    def _languages(
        self, vacancy: Vacancy, profile: Profile, features: Mapping[str, float]
    ) -> Iterator["_Sentence"]:
        if np.isnan(features["languages"]):
            return
        held = {item.code: item for item in profile.facts.languages}
        words = []
        for item in vacancy.facts.languages:
            mine = held.get(item.code)
            level = (mine.level or self.wording.say("level.unsaid")) if mine else "-"
            words.append(f"{item.evidence.lower()} ({level})")
        met = features["languages"] >= _ALMOST
        yield self._sentence(
            f"reason.languages_{'met' if met else 'short'}",
            _Evidence(
                tuple(i.evidence for i in profile.facts.languages),
                tuple(i.evidence for i in vacancy.facts.languages),
            ),
            list=self.wording.list(words),
        )

    def _sentence(self, key: str, evidence: "_Evidence", **values: object) -> "_Sentence":
        return _Sentence(self.wording.say(key, **values), evidence.person, evidence.vacancy)


@dataclass(frozen=True, slots=True)
class _Evidence:
    person: tuple[str, ...] = ()
    vacancy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    person: tuple[str, ...]
    vacancy: tuple[str, ...]


def _unique(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def row(frame: pd.DataFrame, key: tuple[str, str]) -> dict[str, float]:
    """One pair of a frame as numbers by column."""
    return {str(name): float(value) for name, value in frame.loc[[key]].iloc[0].items()}
