"""One vacancy and one person, and the sentences about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from matching.domain import Fact, Profile, SkillAsked, SkillHeld, Vacancy
from matching.features import FeatureSpace
from matching.wording import Wording

MET = 0.999  # a share this high is all of it, rounding apart


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, by its wording key, with the words of CV and vacancy that prove it."""

    key: str
    text: str
    person: tuple[str, ...] = ()
    vacancy: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """What every sentence about one vacancy and one person is built from."""

    vacancy: Vacancy
    profile: Profile
    space: FeatureSpace
    wording: Wording

    @cached_property
    def counted(self) -> tuple[SkillAsked, ...]:
        """The skills asked that count in coverage."""
        known = self.space.skills.numbers
        return tuple(skill for skill in self.vacancy.skills if skill.uri in known)

    @cached_property
    def held(self) -> Mapping[str, SkillHeld]:
        """The skills that the CV names, by URI."""
        return MappingProxyType({skill.uri: skill for skill in self.profile.skills})

    @cached_property
    def worked(self) -> frozenset[str]:
        """URIs of the skills that the jobs held cannot be done without."""
        concepts = self.space.taxonomy.concepts
        return frozenset().union(*(concepts[job.uri].essential for job in self.profile.occupations))

    def sentence(
        self,
        key: str,
        *,
        person: Iterable[str] = (),
        vacancy: Iterable[str] = (),
        **values: object,
    ) -> Sentence:
        """Return the sentence of a wording key, filled in, with its evidence."""
        return Sentence(key, self.wording.say(key, **values), tuple(person), tuple(vacancy))

    def label(self, uri: str) -> str:
        """Return the name of a concept in the language of the wording."""
        return self.space.taxonomy.concepts[uri].label(self.wording.language)

    def labels(self, uris: Iterable[str]) -> str:
        """Return the names of concepts as a list."""
        return self.wording.list([self.label(uri) for uri in uris])

    def language(self, code: str) -> str:
        """Return the name of a language as people say it: in one word where there is one."""
        return self.space.taxonomy.language_name(code, self.wording.language)

    def level(self, fact: Fact) -> str:
        """Return the name of an education level."""
        return self.wording.say(f"level.eqf{fact.value}")

    def values(self, values: Iterable[object]) -> str:
        """Return the names of working conditions as a list."""
        return self.wording.list([self.wording.say(f"value.{value}") for value in values])
