"""How an audit says numbers, names and jumps in one language."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType

from matching.wording import Wording
from training.tabular.cliffs import Cliff
from training.tabular.intervals import Interval
from training.tabular.known_rules import KnownRule
from training.tabular.slices import OTHER, UNKNOWN
from training.tabular.table_model import TaskFile

NONE = "–"
_SMALLEST = 0.001
_LOW, _HIGH = (rf"(?P<{end}>-?\d[\d.e+-]*)" for end in ("low", "high"))
# How the parts of a column are named (training.tabular.slices), and which sentence says the same.
_PARTS: Mapping[str, str] = MappingProxyType(
    {
        rf"up to {_HIGH}": "audit_page.up_to",
        rf"from {_LOW}": "audit_page.from",
        rf"{_LOW} to {_HIGH}": "audit_page.between",
        rf"over {_LOW}": "audit_page.over",
        rf"over {_LOW} up to {_HIGH}": "audit_page.over_up_to",
        rf"after {_LOW}": "audit_page.after",
        rf"after {_LOW} up to {_HIGH}": "audit_page.after_up_to",
    }
)
_NAMED: Mapping[str, str] = MappingProxyType(
    {
        UNKNOWN: "audit_page.unknown",
        OTHER: "audit_page.other_values",
        "all": "audit_page.all_values",
    }
)


@dataclass(frozen=True, slots=True)
class AuditWords:
    """Numbers with the language's own marks, groups, outcomes and jumps in words."""

    wording: Wording

    def say(self, key: str, **values: object) -> str:
        """The sentence of a key."""
        return self.wording.say(key, **values)

    def marks(self, number: str) -> str:
        """A number as Python writes it, with the decimal mark of the language."""
        if self.wording.language != "it":
            return number
        return number.translate({ord(","): ".", ord("."): ","})

    def count(self, value: int) -> str:
        """A whole number."""
        return self.marks(f"{value:,}")

    def number(self, value: float | None) -> str:
        """Three digits after the point, or a dash where there is no number."""
        return NONE if value is None else self.marks(f"{value + 0.0:.3f}")

    def signed(self, value: float | None, digits: int = 3) -> str:
        """The same with its sign."""
        return NONE if value is None else self.marks(f"{value + 0.0:+,.{digits}f}")

    def plain(self, value: float, digits: int) -> str:
        """So many digits after the point."""
        return self.marks(f"{value:.{digits}f}")

    def interval(self, found: Interval) -> str:
        """A number with its interval."""
        if found.value is None:
            return self.say("audit_page.not_defined")
        return self._between(self.number(found.value), found.low, found.high, self.number)

    def difference(self, value: float | None, low: float | None, high: float | None) -> str:
        """A difference with its interval, all with their signs."""
        return self._between(self.signed(value), low, high, self.signed)

    def p(self, p: float) -> str:
        """A p value, or below what."""
        return self.marks(f"< {_SMALLEST:g}" if p < _SMALLEST else f"{p:.3f}")

    def group(self, columns: Sequence[str], values: Sequence[str]) -> str:
        """A group of people, by its columns and their parts."""
        named = [
            self.say("audit_page.group", column=column, value=self.part(value))
            for column, value in zip(columns, values, strict=True)
        ]
        if not named:
            return self.say("audit_page.all_people")
        return reduce(
            lambda first, second: self.say("audit_page.and", first=first, second=second), named
        )

    def part(self, value: str) -> str:
        """A part of a column: a value, or a band of numbers or dates."""
        if value in _NAMED:
            return self.wording.say(_NAMED[value])
        for form, key in _PARTS.items():
            if found := re.fullmatch(form, value):
                return self.say(
                    key, **{name: self._end(end) for name, end in found.groupdict().items()}
                )
        return value

    def names(self, columns: Sequence[str]) -> str:
        """Names of columns; a dash for none."""
        return ", ".join(columns) or NONE

    def outcome(self, task: TaskFile) -> str:
        """What a risk is of."""
        if task.label:
            return self.say("audit_page.label", column=task.label, value=task.positive)
        horizon = self.marks(f"{task.horizon:g}")
        return self.say(
            "audit_page.spell", event=task.event, duration=task.duration, horizon=horizon
        )

    def rule_dates(self, rule: KnownRule) -> str:
        """When a rule held."""
        first = rule.valid_from.isoformat()
        if rule.valid_to is None:
            return self.say("audit_page.rule_since", first=first)
        return self.say("audit_page.rule_between", first=first, last=rule.valid_to.isoformat())

    def jump(self, cliff: Cliff, *, reads: bool, outcome: str) -> str:
        """What a jump means and what to do.

        Parameters
        ----------
        cliff
            See there.
        reads
            Whether the model reads the column.
        outcome
            What happens or does not, in words.
        """
        size = cliff.jump.value or 0.0
        sides = ""
        if cliff.n_below is not None and cliff.n_above is not None:
            sides = self.say(
                "audit_page.jump_sides",
                below=self._share(cliff.below),
                above=self._share(cliff.above),
                n_below=self.count(cliff.n_below),
                n_above=self.count(cliff.n_above),
            )
        said = [
            self.say(
                "audit_page.jump_rises" if size > 0 else "audit_page.jump_falls",
                column=cliff.column,
                at=cliff.said,
                outcome=outcome,
                points=f"{100 * abs(size):.0f}",
                sides=sides,
            )
        ]
        if len(cliff.columns) > 1:
            said.append(self.say("audit_page.jump_same", columns=", ".join(cliff.columns[1:])))
        for rule in cliff.rules:
            said.append(
                self.say(
                    "audit_page.jump_declared",
                    what=rule.what.rstrip("."),
                    source=rule.source,
                    dates=self.rule_dates(rule),
                )
            )
        if cliff.rules:
            said.append(self.say("audit_page.jump_mark"))
        else:
            said.append(self.say("audit_page.jump_whole" if cliff.whole else "audit_page.jump_odd"))
        key = "audit_page.jump_read" if reads else "audit_page.jump_not_read"
        said.append(self.say(key, column=cliff.column, at=cliff.said))
        return " ".join(said)

    def _share(self, rate: Interval) -> str:
        if rate.value is None:
            return self.say("audit_page.jump_no_share")
        return self.say("audit_page.percent", percent=f"{100 * rate.value:.0f}")

    def _between(
        self,
        value: str,
        low: float | None,
        high: float | None,
        number: Callable[[float | None], str],
    ) -> str:
        if low is None or high is None:
            return value
        return self.say("audit_page.interval", value=value, low=number(low), high=number(high))

    def _end(self, end: str) -> str:
        return end if re.fullmatch(r"\d{4}-\d\d-\d\d", end) else self.marks(end)
