"""Which needs a plan is for: stated one by one, or those that an assessment says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import typer

from matching.accompaniment.needs import Form, assess, load_form, told
from matching.accompaniment.needs.assessing import GRAVITY
from matching.cli.household_files import read_answers
from matching.domain import Assessment, Level, Need, Profile, Told
from matching.domain.means import Means
from matching.domain.reading import Fact
from matching.settings import Settings
from matching.territory import Territory

_THERE = (Level.MILD, Level.SERIOUS, Level.URGENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Needs that were declared, how much each presses if known, and those nobody knows of.

    ``told`` is what answers say of them, ``form`` what they were given to; None where the needs
    were only stated.
    """

    declared: tuple[Need, ...] = ()
    unknown: tuple[Need, ...] = ()
    pressing: Mapping[Need, int] = field(default_factory=dict)
    told: Told | None = None
    form: Form | None = None

    def travelling(self, profile: Profile) -> Profile:
        """The profile with how the person said that she gets about, whatever the CV says."""
        if self.told is None or self.told.means is None:
            return profile
        own = Fact(value=self.told.means is Means.CAR, evidence="", start=0, end=0)
        return replace(profile, facts=replace(profile.facts, own_vehicle=own))


def stated_needs(text: str) -> Needs:
    """Needs written with commas between; an unknown one is an error of usage."""
    names = [part.strip() for part in text.split(",") if part.strip()]
    for name in names:
        if name not in list(Need):
            raise typer.BadParameter(
                f"{name!r} is no need; write some of {','.join(Need)}.", param_hint="--needs"
            )
    return Needs(declared=tuple(need for need in Need if need in names))


def answered_needs(path: Path, settings: Settings, territory: Territory) -> Needs:
    """Needs that answers to the intake assessment say, of whatever level, and those left open.

    Raises
    ------
    InputError
        For a file or an answer that cannot be used.
    """
    read = read_answers(path)
    form = load_form(settings.data_dir / "measures")
    found = assess(
        form,
        read.answers,
        person_id=read.person_id,
        author=read.author,
        made_on=read.made_on,
        valid_months=territory.policy.priority.assessment_months,
        since=read.since,
    )
    return needs_of(found, read.answers, form)


def needs_of(found: Assessment, answers: Mapping[str, str], form: Form) -> Needs:
    """The needs of an assessment, of whatever level, and what the answers say of them."""
    levels = {one.need: one.level for one in found.answers}
    return Needs(
        declared=tuple(need for need in Need if levels.get(need) in _THERE),
        unknown=tuple(need for need in Need if levels.get(need) is Level.UNKNOWN),
        pressing={need: GRAVITY[level] for need, level in levels.items() if level in GRAVITY},
        told=told(form, answers),
        form=form,
    )
