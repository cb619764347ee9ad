"""Strict reading of rules as data: an error names the file, the entry, the value and the remedy."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from matching.accompaniment.rules.condition import (
    BOUNDS,
    MAY_GO_WITHOUT,
    Ask,
    Clause,
    Condition,
    Joined,
)
from matching.accompaniment.rules.dated import DeskKind, Lines, Period, Rule
from matching.errors import DataError, TerritoryError
from matching.territory.reading import Table, read_toml

_LANGUAGES = frozenset({"it", "en"})
_ASK = f"one of {', '.join(Ask)}"
_NUMBERS = ("at_least", "at_most", "more_than")


def read_rules(path: Path, key: str, *, known: Collection[Ask] | None = None) -> tuple[Rule, ...]:
    """Read the ``[[key]]`` entries of a file of dated rules.

    Parameters
    ----------
    path
        The file; ``checked``, the day on which its sources were read, stands at its head.
    key
        Name of the entries.
    known
        What its conditions may ask; everything where None.

    Raises
    ------
    DataError
        Naming file, entry, key and value: a file that is missing or not TOML, an unknown, missing
        or mistyped key, a repeated id, an ask that is not known or has bounds that it does not
        take, an end before its beginning, periods that overlap or leave the rule's own validity.
    """
    return read_rules_of(path, (key,), known=known)[key]


def read_rules_of(
    path: Path, keys: Sequence[str], *, known: Collection[Ask] | None = None
) -> dict[str, tuple[Rule, ...]]:
    """Read entries of several names of one file, as :func:`read_rules` does of one.

    Raises
    ------
    DataError
        As :func:`read_rules`.
    """
    try:
        return _read(read_toml(path), keys, frozenset(Ask if known is None else known))
    except TerritoryError as error:
        # Tables are read as those of a territory are; what is wrong here is no territory.
        raise DataError(str(error)) from error


def _read(file: Table, keys: Sequence[str], known: frozenset[Ask]) -> dict[str, tuple[Rule, ...]]:
    checked = file.day("checked")
    found = {key: _rules(file.tables(key), checked, known) for key in keys}
    file.finish()
    return found


def _rules(entries: Sequence[Table], checked: date, known: frozenset[Ask]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for entry in entries:
        rule = _rule(entry, checked, known)
        if rule.id in found:
            raise DataError(f"{entry.where}: id = {rule.id!r} is used twice; rename one")
        found[rule.id] = rule
    return tuple(found.values())


def _rule(entry: Table, checked: date, known: frozenset[Ask]) -> Rule:
    name = entry.text("id")
    table = entry.called(name)
    rule = Rule(
        id=name,
        name=lines(table, "name"),
        brings=lines(table, "brings"),
        law=table.text("law"),
        source=table.text("source"),
        checked=checked,
        verified=table.flag("verified"),
        partial=optional_flag(table, "partial"),
        valid_from=optional_day(table, "valid_from"),
        valid_to=optional_day(table, "valid_to"),
        periods=tuple(_period(one, known) for one in table.tables("period")),
        desks=table.choices("desks", DeskKind),
        also=_optional_lines(table, "also"),
        ended=_optional_lines(table, "ended"),
    )
    table.finish()
    _check(table.where, rule)
    return rule


def _period(table: Table, known: frozenset[Ask]) -> Period:
    facts = tuple(_lines_of(one) for one in table.tables("facts", optional=True))
    period = Period(
        valid_from=optional_day(table, "valid_from"),
        valid_to=optional_day(table, "valid_to"),
        conditions=tuple(_clause(one, known) for one in table.tables("conditions", optional=True)),
        facts=facts,
    )
    table.finish()
    return period


def _check(where: str, rule: Rule) -> None:
    spans = [(rule.valid_from, rule.valid_to), *((p.valid_from, p.valid_to) for p in rule.periods)]
    for first, last in spans:
        if first is not None and last is not None and last < first:
            raise DataError(
                f"{where}: valid_to = {last} is before valid_from = {first}; correct one"
            )
    for period in rule.periods:
        starts, ends = period.valid_from, period.valid_to
        if starts is not None and (rule.begins_after(starts) or rule.ended_before(starts)):
            raise DataError(f"{where}: a period begins on {starts}, outside the rule; correct it")
        if ends is not None and (rule.begins_after(ends) or rule.ended_before(ends)):
            raise DataError(f"{where}: a period ends on {ends}, outside the rule; correct it")
    for first_one, second in zip(rule.periods, rule.periods[1:], strict=False):
        ends, starts = first_one.valid_to, second.valid_from
        if ends is None or starts is None or starts <= ends:
            raise DataError(
                f"{where}: the period that begins on {starts} does not follow the one that ends on "
                f"{ends}; write periods in order, without overlap"
            )


def _clause(table: Table, known: frozenset[Ask]) -> Clause:
    for key in ("any", "all"):
        if key in table.values:
            parts = tuple(_clause(part, known) for part in table.tables(key))
            table.finish()
            if not parts:
                raise DataError(f"{table.where}: {key} = [] is not valid; write conditions in it")
            return Joined(any_of=key == "any", parts=parts)
    return _condition(table, known)


def _condition(table: Table, known: frozenset[Ask]) -> Condition:
    ask = Ask(table.known("ask", known, what=_ASK))
    taken = BOUNDS.get(ask, frozenset())
    given = taken & set(table.values)
    if taken and not given and ask not in MAY_GO_WITHOUT:
        raise DataError(
            f"{table.where}: ask = {ask.value!r} needs a bound; write {' or '.join(sorted(taken))}"
        )
    numbers = {key: table.whole(key, least=0) for key in _NUMBERS if key in given}
    condition = Condition(
        ask=ask,
        **numbers,
        values=table.texts("values") if "values" in given else (),
        perhaps=table.whole("perhaps", least=0) if numbers and "perhaps" in table.values else None,
        beyond=bool(numbers) and optional_flag(table, "beyond"),
        enough="enough" not in table.values or table.flag("enough"),
    )
    table.finish()
    return condition


def lines(table: Table, key: str) -> Lines:
    """Read a sentence in every language."""
    return _lines_of(table.table(key))


def _lines_of(table: Table) -> Lines:
    found = {language: table.text(language) for language in sorted(_LANGUAGES)}
    table.finish()
    return found


def _optional_lines(table: Table, key: str) -> Lines:
    return lines(table, key) if key in table.values else {}


def optional_day(table: Table, key: str) -> date | None:
    """Read a date that may be left out."""
    return table.day(key) if key in table.values else None


def optional_flag(table: Table, key: str) -> bool:
    """Read true or false, false where it is left out."""
    return table.flag(key) if key in table.values else False


def check_values(rules: tuple[Rule, ...], allowed: Mapping[Ask, Collection[str]]) -> None:
    """Refuse values of a condition that are not among those of its ask.

    Raises
    ------
    DataError
        Naming the rule, the ask and the value.
    """
    for rule in rules:
        for period in rule.periods:
            for one in conditions(period.conditions):
                for value in one.values:
                    if one.ask in allowed and value not in allowed[one.ask]:
                        raise DataError(
                            f"rule {rule.id!r}: {one.ask.value} = {value!r} is not valid; write "
                            f"one of {', '.join(sorted(allowed[one.ask]))}"
                        )


def conditions(clauses: Iterable[Clause]) -> Iterator[Condition]:
    """The single conditions of some clauses, in their order."""
    for clause in clauses:
        if isinstance(clause, Condition):
            yield clause
        else:
            yield from conditions(clause.parts)
