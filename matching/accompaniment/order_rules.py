"""Which steps of a path come before which, and why: ``data/measures/ordering.toml``."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from matching.accompaniment.catalogue import Service
from matching.accompaniment.confirming import weekly_hours
from matching.accompaniment.rules.dated import Lines
from matching.accompaniment.rules.reading import lines
from matching.domain import Measure, Need, Paper, Payer, Step
from matching.errors import DataError, TerritoryError
from matching.taxonomy import Taxonomy
from matching.territory.reading import Table, read_toml

FILE = "ordering.toml"


class Kind(StrEnum):
    """What a rule looks at: public rights, what services teach and require, kinds of step."""

    RIGHTS = "rights"
    TAUGHT = "taught"
    STEPS = "steps"


class Until(StrEnum):
    """How far the first of two steps must be before the other begins."""

    STARTED = "started"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which steps are meant: those of which everything that is given is true."""

    needs: tuple[Need, ...] = ()
    measures: tuple[Measure, ...] = ()
    payers: tuple[Payer, ...] = ()
    teaches: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    weekly_hours: int = 0

    def means(self, step: Step, service: Service) -> bool:
        """Whether a step, of a service, is meant."""
        asked = {paper.kind for paper in step.documents}
        return (
            (not self.needs or not set(self.needs).isdisjoint(step.needs))
            and (not self.measures or step.measure in self.measures)
            and (not self.payers or step.paid_by in self.payers)
            and (not self.teaches or not set(self.teaches).isdisjoint(service.teaches))
            and (not self.papers or not asked.isdisjoint(self.papers))
            and (not self.weekly_hours or weekly_hours(service) >= self.weekly_hours)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRule:
    """A named rule with the reason that is shown beside a step."""

    id: str
    kind: Kind
    until: Until
    same_hours: bool
    before: Which
    after: Which
    reason: Lines
    source: str

    def puts_first(self, first: tuple[Step, Service], then: tuple[Step, Service]) -> bool:
        """Whether one step comes before another by this rule.

        Never both ways: between two steps that are both meant first the rule says nothing.
        """
        if self.kind is Kind.RIGHTS:
            return False
        if self.kind is Kind.TAUGHT:
            return _taught(first[1], then[1]) and not _taught(then[1], first[1])
        return (
            self.before.means(*first)
            and self.after.means(*then)
            and not self.before.means(*then)
            and (not self.same_hours or same_hours(first[1], then[1]))
        )


def same_hours(service: Service, other: Service) -> bool:
    """Whether two services share hours of the week; one without stated hours may share any."""
    if not (service.weekdays and service.bands and other.weekdays and other.bands):
        return True
    return not (
        set(service.weekdays).isdisjoint(other.weekdays)
        or set(service.bands).isdisjoint(other.bands)
    )


def load_order_rules(folder: Path, taxonomy: Taxonomy) -> tuple[OrderRule, ...]:
    """Read and check ``ordering.toml`` of a measures folder.

    Raises
    ------
    DataError
        Naming file, entry, key and value: a file that is missing or not TOML, an unknown, missing
        or mistyped key, a repeated id, a skill that is not of the lexicon, a rule that says of no
        step which it means.
    """
    uris = {concept.slug: concept.uri for concept in taxonomy.skills}
    try:
        file = read_toml(folder / FILE)
        file.day("checked")
        rules = tuple(_rule(entry, uris) for entry in file.tables("rule"))
        file.finish()
    except TerritoryError as error:
        raise DataError(str(error)) from error
    for rule in rules:
        if sum(other.id == rule.id for other in rules) > 1:
            raise DataError(f"{FILE}: the id {rule.id!r} is used twice; rename one")
    return rules


def _taught(first: Service, then: Service) -> bool:
    return not set(first.teaches).isdisjoint(set(then.requires) - set(first.requires))


def _rule(entry: Table, uris: dict[str, str]) -> OrderRule:
    name = entry.text("id")
    table = entry.called(name)
    kind = table.choice("kind", Kind)
    rule = OrderRule(
        id=name,
        kind=kind,
        until=table.choice("until", Until) if "until" in table.values else Until.STARTED,
        same_hours=table.flag("same_hours") if "same_hours" in table.values else False,
        before=_which(table, "before", uris) if kind is Kind.STEPS else Which(),
        after=Which() if kind is Kind.TAUGHT else _which(table, "after", uris),
        reason=lines(table, "reason"),
        source=table.text("source"),
    )
    table.finish()
    return rule


def _which(table: Table, key: str, uris: dict[str, str]) -> Which:
    inner = table.table(key)
    if not inner.values:
        raise DataError(f"{table.where}: {key} = {{}} means every step; say which steps it means")
    given = inner.values.keys()
    which = Which(
        needs=inner.choices("needs", Need) if "needs" in given else (),
        measures=inner.choices("measures", Measure) if "measures" in given else (),
        payers=inner.choices("payers", Payer) if "payers" in given else (),
        teaches=tuple(
            uris[slug]
            for slug in inner.all_known("teaches", uris, what="slugs of skills of the lexicon")
        )
        if "teaches" in given
        else (),
        papers=inner.choices("papers", Paper) if "papers" in given else (),
        weekly_hours=inner.whole("weekly_hours") if "weekly_hours" in given else 0,
    )
    inner.finish()
    return which
