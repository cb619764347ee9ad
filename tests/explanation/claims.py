"""What must be true for each sentence to be said: the plainest reading of the two documents.

The explainer is run on ``PROBE``, a wording that turns each sentence into its key and values.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from matching.domain import Importance, LanguageFact, Profile, Vacancy
from matching.features import FEATURES
from matching.wording import Wording, load_wording, placeholders
from tests.factories import HILL, VALLEY

WORDINGS = {
    language: load_wording(Path(__file__).parents[2] / "data" / "wording", language)
    for language in ("it", "en")
}
JOBS_LIKE = {"storekeeper": {"storekeeper", "driver"}, "driver": {"storekeeper", "driver"}}
KIN = {"forklift", "pallets", "packing"}
NEEDS = {"storekeeper": {"inventory"}, "driver": {"forklift", "inventory"}, "cook": {"cooking"}}
RANKS = {level: number for number, level in enumerate(("A1", "A2", "B1", "B2", "C1", "C2"), 1)}


def _probe() -> Wording:
    told: dict[str, str] = {}
    for key, sentence in WORDINGS["it"].sentences.items():
        group, _, name = key.partition(".")
        names = sorted(placeholders(sentence))
        if group in {"reason", "missing"}:
            told[key] = f"<{key}" + "".join(f";{n}={{{n}}}" for n in names) + ">"
        elif group == "value" and not names:
            told[key] = name
        elif group == "level":
            told[key] = name.removeprefix("eqf")
        elif group == "months":
            told[key] = "{count}m" if names else sentence
        else:
            told[key] = sentence
    told["months.years"] = "{count}y"
    return Wording("it", told)


PROBE = _probe()


@dataclass(frozen=True)
class Claim:
    key: str
    values: dict[str, str]
    vacancy: Vacancy
    profile: Profile
    parts: Mapping[str, float] = field(default_factory=dict)
    """What each feature adds to the score."""

    @property
    def listed(self) -> set[str]:
        return {re.sub(r"^(saper fare|mestiere di) ", "", w) for w in self.words}

    @property
    def words(self) -> list[str]:
        return self.values["list"].split(", ")

    @property
    def held(self) -> set[str]:
        return {skill.uri for skill in self.profile.skills}

    @property
    def worked(self) -> set[str]:
        return {uri for job in self.profile.occupations for uri in NEEDS[job.uri]}

    def asked(self, *, importance: Importance | None, implied: bool) -> set[str]:
        return {
            skill.uri
            for skill in self.vacancy.skills
            if skill.implied is implied and importance in {None, skill.importance}
        }

    @property
    def essential(self) -> set[str]:
        return self.asked(importance=Importance.ESSENTIAL, implied=False)

    @property
    def trade(self) -> set[str]:
        return self.asked(importance=None, implied=True)

    @property
    def targets(self) -> set[str]:
        return {job.uri for job in self.vacancy.occupations}

    @property
    def job(self) -> str:
        return self.values["job"].removeprefix("mestiere di ")

    def near(self, uri: str) -> bool:
        return bool(JOBS_LIKE.get(uri, {uri}) & self.targets)

    @property
    def months_near(self) -> int:
        return sum(job.months or 0 for job in self.profile.occupations if self.near(job.uri))

    @property
    def months_same(self) -> int:
        held = [job for job in self.profile.occupations if job.uri in self.targets]
        return sum(job.months or 0 for job in held)

    @property
    def required(self) -> int:
        fact = self.vacancy.facts.months_required
        return int(fact.value) if fact else 0

    @property
    def licences(self) -> set[str]:
        held = {str(fact.value) for fact in self.profile.facts.licences}
        return held | {"B"} if held & {"C", "CQC-M"} else held

    @property
    def vehicle(self) -> bool | None:
        fact = self.profile.facts.own_vehicle
        return None if fact is None else bool(fact.value)

    def facts(self, name: str) -> tuple[set[str], set[str]]:
        return (
            {str(fact.value) for fact in getattr(self.vacancy.facts, name)},
            {str(fact.value) for fact in getattr(self.profile.facts, name)},
        )

    @property
    def languages(self) -> dict[str, LanguageFact]:
        return {item.code: item for item in self.profile.facts.languages}

    def codes(self) -> dict[str, str | None]:
        names = {"tedesco": "de", "italiano": "it", "lingua dei segni": "ise"}
        asked = {item.code: item.level for item in self.vacancy.facts.languages}
        # "tedesco (A1, richiesto B2)" holds a comma of its own.
        found = re.findall(r"(tedesco|italiano|lingua dei segni)", self.values["list"])
        return {names[name]: asked[names[name]] for name in found}

    def has(self, item: str) -> bool:
        return self.vehicle is True if item == "vehicle" else _code(item) in self.licences

    def lacks(self, item: str) -> bool:
        if item == "vehicle":
            return self.vehicle is False
        return bool(self.licences) and _code(item) not in self.licences


def _code(item: str) -> str:
    return item.removeprefix("patente ")


def _held(claim: Claim) -> bool:
    return (
        claim.listed == claim.held & claim.essential
        and int(claim.values["count"]) == len(claim.listed)
        and int(claim.values["total"]) == len(claim.essential)
    )


def _kindred(claim: Claim) -> bool:
    told = re.findall(r"«saper fare (\S+)» per «saper fare (\S+)»", claim.values["list"])
    shown = claim.held | claim.worked
    due = {uri for uri in (claim.essential | claim.trade) - shown if uri in KIN and shown & KIN}
    return {asked for _, asked in told} == due and all(
        kin in (claim.held & KIN or claim.worked & KIN) and kin != asked for kin, asked in told
    )


def _moving(sign: int) -> Callable[[Claim], bool]:
    labels = {WORDINGS["it"].say(column.label): column.name for column in FEATURES}
    return lambda c: all(sign * c.parts[labels[word]] >= 0.01 for word in c.words)


def _shift_answered_no(claim: Claim, shift: str) -> bool:
    refused = {str(fact.value) for fact in claim.profile.facts.shifts_refused}
    accepted = claim.facts("shifts")[1]
    part_of_day = bool(accepted & {"morning", "afternoon"})
    return shift in refused or (part_of_day and shift not in accepted | {"weekend"})


def _shift_accepted(claim: Claim, shift: str) -> bool:
    refused = {str(fact.value) for fact in claim.profile.facts.shifts_refused}
    accepted = claim.facts("shifts")[1]
    in_turn = "rotating" in accepted and shift in {"day", "morning", "afternoon"}
    return shift not in refused and (shift in accepted or in_turn)


def _weeks(claim: Claim) -> tuple[int, int]:
    """Hours a week, given and asked, as the sentence has them; full time is forty."""
    given, asked = (
        [40 if word == "full_time" else int(word.split()[0]) for word in told.split(", ")]
        for told in (claim.values["given"], claim.values["asked"])
    )
    said = claim.profile.facts.weekly_hours, claim.vacancy.facts.weekly_hours
    asked_hours, given_hours = claim.facts("hours")
    for hours, fact, told in ((given_hours, said[0], given), (asked_hours, said[1], asked)):
        # A vacancy that says none leaves the number open.
        written = {int(fact.value)} if fact and (fact is said[0] or fact.value) else set()
        assert set(told) <= written | ({40} if "full_time" in hours else set())
        assert written <= set(told)
    return max(given), max(asked)


def _level(claim: Claim, code: str) -> str | None:
    return claim.languages[code].level


def _starts(claim: Claim) -> tuple[str, str]:
    asked, given = claim.vacancy.facts.start, claim.profile.facts.start
    assert asked is not None
    assert given is not None
    return str(asked.value), str(given.value)


def _places(claim: Claim) -> bool:
    home, place = claim.profile.facts.comune, claim.vacancy.facts.comune
    names = {HILL: "Borgo in Collina", VALLEY: "Borgo in Valle"}
    return (
        home is not None
        and place is not None
        and claim.values["home"] == names[str(home.value)]
        and claim.values["place"] == names[str(place.value)]
    )


def _drives(claim: Claim) -> bool:
    # Who lists licences, and none for the main roads, does not drive them.
    licensed = claim.vehicle is True or not claim.licences or bool(claim.licences & {"A", "B"})
    return claim.vehicle is not False and licensed


def _education(claim: Claim) -> bool:
    asked, held = claim.vacancy.facts.education_level, claim.profile.facts.education_level
    assert asked is not None
    assert held is not None
    return int(held.value) >= int(asked.value)


def _same(claim: Claim) -> bool:
    months = {job.uri: job.months for job in claim.profile.occupations}
    shown = claim.values["months"]
    return claim.job in months and (shown == "") is (months[claim.job] is None)


def _in_common(name: str) -> Callable[[Claim], bool]:
    return lambda c: c.listed == c.facts(name)[0] & c.facts(name)[1]


def _apart(name: str) -> Callable[[Claim], bool]:
    return lambda c: c.listed == c.facts(name)[1] and not c.facts(name)[0] & c.facts(name)[1]


# What must be true for each sentence to be said.
TRUE: Mapping[str, Callable[[Claim], bool]] = {
    "reason.skills_held": _held,
    "reason.skills_none": lambda c: not c.held & c.essential,
    "reason.skills_worked": lambda c: (
        c.listed == (c.worked - c.held) & c.asked(importance=None, implied=False)
    ),
    "reason.skills_optional": lambda c: (
        c.listed == c.held & c.asked(importance=Importance.OPTIONAL, implied=False)
    ),
    "reason.skills_trade": lambda c: c.listed == (c.held | c.worked) & c.trade,
    "reason.skills_trade_none": lambda c: not (c.held | c.worked) & c.trade,
    "reason.skills_related": _kindred,
    "reason.skills_words": lambda c: (
        set(c.words)
        <= {word.evidence.lower() for word in c.profile.words}
        & {word.evidence.lower() for word in c.vacancy.words}
    ),
    "reason.experience_same": lambda c: _same(c) and c.job in c.targets,
    "reason.experience_near": lambda c: _same(c) and c.near(c.job) and c.job not in c.targets,
    "reason.experience_far": lambda c: (
        _same(c) and not any(c.near(job.uri) for job in c.profile.occupations)
    ),
    "reason.experience_required_met": lambda c: c.months_near >= c.required,
    "reason.experience_required_near": lambda c: c.months_same < c.required <= c.months_near,
    "reason.experience_required_short": lambda c: 0 < c.months_near < c.required,
    "reason.experience_required_none": lambda c: c.months_near == 0,
    "reason.education_met": _education,
    "reason.education_short": lambda c: not _education(c),
    "reason.education_certified": lambda c: c.listed == c.held & c.essential & {"licence-c"},
    "reason.education_uncertified": lambda c: (
        c.listed == (c.essential - c.held - c.worked) & {"licence-c"}
    ),
    "reason.reach_car": lambda c: _places(c) and _drives(c) and c.values["minutes"] in {"5", "20"},
    "reason.reach_public": lambda c: (
        _places(c) and not _drives(c) and c.values["minutes"] in {"15", "50"}
    ),
    # The small world has no timetable, see test_explainer.
    "reason.reach_timetable": lambda c: False,
    "reason.reach_licence_met": lambda c: all(c.has(item) for item in c.words),
    "reason.reach_licence_vehicle": lambda c: c.vehicle is True and c.words == ["patente B"],
    "reason.reach_licence_short": lambda c: all(c.lacks(item) for item in c.words),
    "reason.aspirations_same": lambda c: c.job in c.targets,
    "reason.aspirations_near": lambda c: c.near(c.job) and c.job not in c.targets,
    "reason.aspirations_far": lambda c: not any(c.near(j.uri) for j in c.profile.aspirations),
    "reason.availability_hours_met": _in_common("hours"),
    "reason.availability_hours_short": _apart("hours"),
    "reason.availability_weekly_met": lambda c: _weeks(c)[0] >= _weeks(c)[1],
    "reason.availability_weekly_short": lambda c: _weeks(c)[0] < _weeks(c)[1],
    "reason.availability_contract_met": _in_common("contracts"),
    "reason.availability_contract_short": _apart("contracts"),
    "reason.availability_shifts_met": lambda c: all(_shift_accepted(c, s) for s in c.words),
    "reason.availability_shifts_short": lambda c: all(_shift_answered_no(c, s) for s in c.words),
    "reason.availability_start_met": lambda c: (
        _starts(c)[1] == "immediate" or _starts(c)[1] <= _starts(c)[0]
    ),
    "reason.availability_start_short": lambda c: _starts(c)[1] > _starts(c)[0],
    "reason.languages_met": lambda c: all(
        RANKS[_level(c, code) or "A2"] >= RANKS[asked or "B1"] for code, asked in c.codes().items()
    ),
    "reason.languages_unsaid": lambda c: all(_level(c, code) is None for code in c.codes()),
    "reason.languages_short": lambda c: all(
        RANKS[_level(c, code) or ""] < RANKS[asked or "B1"] for code, asked in c.codes().items()
    ),
    "reason.languages_absent": lambda c: all(
        code != "it" and code not in c.languages and bool(c.languages.keys() - {"it"})
        for code in c.codes()
    ),
    "reason.other_for": _moving(1),
    "reason.other_against": _moving(-1),
    "missing.months": lambda c: 0 < c.months_near < c.required,
    "missing.months_near": lambda c: c.months_same < c.required <= c.months_near,
    "missing.months_none": lambda c: c.months_near == 0,
    "missing.education": lambda c: not _education(c),
    "missing.language": lambda c: all(
        RANKS.get(c.languages[code].level or "A2", 0) < RANKS[c.values["level"]]
        for code in _named(c)
        if code in c.languages
    ),
}


def _named(claim: Claim) -> list[str]:
    names = {"tedesco": "de", "italiano": "it", "lingua dei segni": "ise"}
    return [names[claim.values["language"]]]


def claims_of(
    text: str, vacancy: Vacancy, profile: Profile, parts: Mapping[str, float] | None = None
) -> list[Claim]:
    assert re.fullmatch(r"(<[^<>]*> ?)*", text), text
    found = []
    for told in re.findall(r"<([^<>]*)>", text):
        key, *values = told.split(";")
        given = dict(value.split("=", 1) for value in values)
        found.append(Claim(key, given, vacancy, profile, parts or {}))
    return found
