"""What the law asks of whoever does a job, from ``data/rules/eligibility.toml``.

What the fields mean is written at the head of that file. Rules are data, with a date, a source and
whether the source was read; which of them a vacancy calls up, and who meets them, is said in
:mod:`matching.ranking.eligibility`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matching.domain import BarrierState
from matching.errors import DataError, TerritoryError
from matching.ranking.eligibility_licences import LICENCES
from matching.taxonomy import Taxonomy
from matching.territory.reading import Table, read_toml

FILE = "eligibility.toml"
_A_JOB = "a slug of an occupation of the lexicon"
_A_CERTIFICATE = "a slug of a skill of the lexicon"
_A_LICENCE = f"one of {', '.join(LICENCES)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Jobs and certificates are concept URIs, licences are codes.

    A rule asks for licences or for certificates; any one of those listed meets it.
    """

    id: str
    law: str
    source: str
    verified: bool
    checked: date
    valid_from: date
    valid_to: date | None
    occupations: frozenset[str]
    perhaps: frozenset[str]
    licences: tuple[str, ...]
    certificates: tuple[str, ...]
    met_by: tuple[str, ...]
    presupposes: tuple[str, ...]
    only_for_jobs: bool
    state_when_missing: BarrierState

    @property
    def jobs(self) -> frozenset[str]:
        """Jobs that need it, surely or perhaps."""
        return self.occupations | self.perhaps

    def valid_on(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules, in the order of the file, and the licences of the lexicon: code by URI."""

    rules: tuple[Rule, ...]
    codes: Mapping[str, str]

    def valid_on(self, day: date) -> tuple[Rule, ...]:
        """The rules that hold on a day."""
        return tuple(rule for rule in self.rules if rule.valid_on(day))

    @property
    def certificates(self) -> tuple[str, ...]:
        """URIs of every certificate that meets a rule, sorted."""
        return tuple(
            sorted({uri for rule in self.rules for uri in (*rule.certificates, *rule.met_by)})
        )


def load_rules(folder: Path, taxonomy: Taxonomy) -> Rules:
    """Read and check ``eligibility.toml`` of a rules folder.

    Raises
    ------
    DataError
        Naming file, entry, key and value: a file that is missing or not TOML, an unknown, missing
        or mistyped key, a repeated id, a job, certificate or licence that does not exist, a rule
        that nothing calls up or that asks for nothing, an end before the beginning.
    """
    try:
        return _read(read_toml(folder / FILE), taxonomy)
    except TerritoryError as error:
        # Tables are read as those of a territory are; what is wrong here is no territory.
        raise DataError(str(error)) from error


def _read(table: Table, taxonomy: Taxonomy) -> Rules:
    jobs = {concept.slug: concept.uri for concept in taxonomy.occupations}
    skills = {concept.slug: concept.uri for concept in taxonomy.skills}
    checked = table.day("checked")
    rules: dict[str, Rule] = {}
    for entry in table.tables("rule"):
        rule = _rule(entry, jobs, skills, checked)
        if rule.id in rules:
            raise DataError(f"{entry.where}: id = {rule.id!r} is used twice; rename one")
        rules[rule.id] = rule
    table.finish()
    codes = {c.uri: c.code for c in taxonomy.skills if c.code in LICENCES}
    return Rules(rules=tuple(rules.values()), codes=codes)


def _rule(entry: Table, jobs: Mapping[str, str], skills: Mapping[str, str], checked: date) -> Rule:
    name = entry.text("id")
    table = entry.called(name)
    rule = Rule(
        id=name,
        law=table.text("law"),
        source=table.text("source"),
        verified=table.flag("verified"),
        checked=checked,
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to") if "valid_to" in table.values else None,
        occupations=frozenset(_slugs(table, "occupations", jobs, _A_JOB)),
        perhaps=frozenset(_slugs(table, "perhaps", jobs, _A_JOB)),
        licences=_codes(table, "licences"),
        certificates=_slugs(table, "certificates", skills, _A_CERTIFICATE),
        met_by=_slugs(table, "met_by", skills, _A_CERTIFICATE),
        presupposes=_codes(table, "presupposes"),
        only_for_jobs="only_for_jobs" in table.values and table.flag("only_for_jobs"),
        state_when_missing=table.choice("state_when_missing", BarrierState),
    )
    table.finish()
    _check(table.where, rule)
    return rule


def _check(where: str, rule: Rule) -> None:
    if bool(rule.licences) == bool(rule.certificates):
        raise DataError(f"{where}: a rule asks for licences or for certificates; give one of them")
    if rule.only_for_jobs and not rule.jobs:
        raise DataError(f"{where}: only_for_jobs = true without jobs; give occupations or perhaps")
    if both := sorted(rule.occupations & rule.perhaps):
        raise DataError(f"{where}: {both[0]!r} is in occupations and in perhaps; keep one")
    if rule.licences and (rule.presupposes or rule.met_by):
        raise DataError(f"{where}: presupposes and met_by are for certificates; remove them")
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        raise DataError(
            f"{where}: valid_to = {rule.valid_to} is before valid_from = {rule.valid_from}; "
            "correct one"
        )


def _slugs(table: Table, key: str, uris: Mapping[str, str], what: str) -> tuple[str, ...]:
    if key not in table.values:
        return ()
    return tuple(uris[slug] for slug in table.all_known(key, uris, what=what))


def _codes(table: Table, key: str) -> tuple[str, ...]:
    return table.all_known(key, LICENCES, what=_A_LICENCE) if key in table.values else ()
