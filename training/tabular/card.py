"""The audit as a page to read, in one language: what stands out first, every number's interval.

A group of which little is known is said to be one; nothing is ever said to be fair. The blocks
become Markdown or HTML.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from matching.disclosure import LEAST
from training.tabular.audit_words import NONE, AuditWords
from training.tabular.card_findings import hidden, jumps, leaks, variants
from training.tabular.groups import Cell, Group, Verdict
from training.tabular.hidden import Finding
from training.tabular.intervals import Interval
from training.tabular.page import (
    Block,
    Code,
    Curve,
    Heading,
    Paragraph,
    Points,
    Rows,
    Strong,
    told,
)
from training.tabular.page import Cell as Said
from training.tabular.report import NONE as NO_HASHES
from training.tabular.report import Audit

_TABLE = ("gap", "fnr", "false_omission", "auc", "ece")
_FOUND = 5  # findings that are told at once
_MARKS = {
    Verdict.WITHIN: "audit_page.verdict_within",
    Verdict.OUTSIDE: "audit_page.verdict_outside",
    Verdict.INSUFFICIENT: "audit_page.verdict_insufficient",
}


def card(
    found: Audit,
    words: AuditWords,
    *,
    outcome: str,
    said: str = "",
    hashes: Mapping[str, str] = NO_HASHES,
    as_of: date | None = None,
) -> tuple[Block, ...]:
    """Tell an audit block by block.

    Parameters
    ----------
    found
        The audit.
    words
        Of the language.
    outcome
        The bad outcome in words, such as "more than 52 weeks without work".
    said
        Which rows were audited, and how; left out where the page before says it.
    hashes, as_of
        As in :func:`training.tabular.report.to_json`.
    """
    say = words.say
    everybody, *groups = found.groups.groups
    single = [group for group in groups if len(group.columns) == 1]
    crossed = [group for group in groups if len(group.columns) == 2]
    return told(
        Heading(1, say("audit_page.title", outcome=outcome)),
        Paragraph(said) if said else None,
        _about(found, words, outcome, hashes, as_of),
        Heading(2, say("audit_page.stands_out")),
        Points(_standing_out(found, words, outcome)),
        Heading(2, say("audit_page.everybody")),
        _everybody(everybody, words),
        Heading(2, say("audit_page.groups")),
        _groups(single, found, words),
        *(_curve(group, words) for group in single if group.shown),
        Heading(3, say("audit_page.crossings")),
        _crossings(crossed, words),
        _screening(single, words),
        Heading(2, say("audit_page.hidden")),
        hidden(found, words),
        Heading(2, say("audit_page.jumps")),
        jumps(found, words, outcome),
        Heading(2, say("audit_page.gives_away")),
        leaks(found, words),
        Heading(2, say("audit_page.variants")),
        variants(found, words),
        Heading(2, say("audit_page.reading")),
        Points(_reading(found, words)),
    )


def _about(
    found: Audit,
    words: AuditWords,
    outcome: str,
    hashes: Mapping[str, str],
    as_of: date | None,
) -> Rows:
    say = words.say
    lines: list[tuple[Said, ...]] = [
        (say("audit_page.people"), words.count(found.rows)),
        (say("audit_page.with_outcome", outcome=outcome), words.count(found.bad)),
        (say("audit_page.without"), words.count(found.good)),
        (say("audit_page.lost"), words.count(found.lost)),
        (
            say("audit_page.risk"),
            say("audit_page.risk_apart" if found.out_of_fold else "audit_page.risk_as_it_is"),
        ),
        (say("audit_page.inputs"), words.names(found.inputs)),
        (say("audit_page.protected"), words.names(found.declared)),
        (say("audit_page.protected_inputs"), words.names(found.declared_inputs)),
        (say("audit_page.skipped"), words.names(found.skipped)),
        (
            say("audit_page.closely"),
            say("audit_page.closely_share", percent=f"{100 * found.top_share:.0f}"),
        ),
    ]
    if as_of is not None:
        lines.append((say("audit_page.as_of"), as_of.isoformat()))
    lines += [(say("audit_page.hash", name=name), Code(value)) for name, value in hashes.items()]
    return Rows(
        say("audit_page.about"),
        (say("audit_page.about_what"), say("audit_page.about_value")),
        tuple(lines),
    )


def _standing_out(found: Audit, words: AuditWords, outcome: str) -> tuple[str, ...]:
    said = [
        words.jump(cliff, reads=bool(set(cliff.columns) & set(found.inputs)), outcome=outcome)
        for cliff in found.cliffs.cliffs
    ]
    said += [_found_words(finding, words) for finding in found.hidden.findings[:_FOUND]]
    for group in found.groups.groups:
        outside = [
            _metric(cell.metric, words)
            for cell in group.cells
            if cell.verdict is Verdict.OUTSIDE and cell.metric in _TABLE
        ]
        if outside and len(group.columns) < 2:
            said.append(
                words.say(
                    "audit_page.outside", group=_name(group, words), metrics=", ".join(outside)
                )
            )
    small = [
        _name(group, words)
        for group in found.groups.groups
        if group.small and len(group.columns) == 1
    ]
    if small:
        said.append(words.say("audit_page.small", groups="; ".join(small)))
    if found.groups.absent:
        said.append(words.say("audit_page.absent", columns=", ".join(found.groups.absent)))
    return tuple(said) or (words.say("audit_page.nothing"),)


def _found_words(finding: Finding, words: AuditWords) -> str:
    return words.say(
        "audit_page.too_low" if finding.too_low else "audit_page.too_high",
        group=words.group(finding.columns, finding.values),
        foretold=words.plain(100 * finding.mean_risk, 1),
        observed=words.plain(100 * finding.observed, 1),
        gap=words.signed(finding.gap),
        low=words.signed(finding.low),
        high=words.signed(finding.high),
        p=words.p(finding.p_corrected),
    )


def _everybody(group: Group, words: AuditWords) -> tuple[Block, ...]:
    say = words.say
    lines = tuple(
        (_metric(cell.metric, words), _value(cell, words), _mark(cell, words))
        for cell in group.cells
    )
    head = (say("audit_page.metric"), say("audit_page.value_interval"), say("audit_page.verdict"))
    return told(
        Rows(say("audit_page.everybody"), head, lines),
        None if group.curve is None else _curve(group, words, leading=True),
    )


def _curve(group: Group, words: AuditWords, *, leading: bool = False) -> Block | None:
    say, name = words.say, _name(group, words)
    if group.curve is None or not group.curve.points:
        return None
    points = group.curve.points
    if not leading and len(points) < 2:
        return Paragraph(say("audit_page.few_points", group=name))
    numbers = tuple(
        (
            words.number(point.mean_risk),
            words.interval(
                Interval(value=point.observed, low=point.low, high=point.high, method="")
            ),
            words.count(point.n),
        )
        for point in points
    )
    head = (
        say("audit_page.mean_foretold"),
        say("audit_page.observed_interval"),
        say("audit_page.people"),
    )
    return Curve(
        title=say("audit_page.curve") if leading else say("audit_page.curve_of", group=name),
        said=say("audit_page.curve_said", count=len(points)),
        across=say("audit_page.column_foretold"),
        upwards=say("audit_page.column_observed"),
        points=points,
        numbers=Rows(say("audit_page.curve_numbers"), head, numbers),
        leading=leading,
    )


def _groups(groups: Sequence[Group], found: Audit, words: AuditWords) -> tuple[Block, ...]:
    say = words.say
    if not groups:
        return (Paragraph(say("audit_page.no_groups")),)
    metrics = [_metric(name, words) for name in _TABLE]
    head = (*_about_groups(words), *metrics)
    tolerances = found.groups.tolerances
    allowed = [
        f"{metric} {words.marks(f'{getattr(tolerances, name):g}')}"
        for name, metric in zip(_TABLE, metrics, strict=True)
    ]
    return (
        Rows(say("audit_page.groups"), head, tuple(_group(group, words) for group in groups)),
        Paragraph(say("audit_page.tolerances", list=", ".join(allowed))),
    )


def _about_groups(words: AuditWords) -> tuple[str, ...]:
    names = ("audit_page.column_group", "audit_page.people", "audit_page.column_bad")
    numbers = ("audit_page.column_foretold", "audit_page.column_observed")
    return tuple(words.say(key) for key in (*names, *numbers))


def _group(group: Group, words: AuditWords) -> tuple[Said, ...]:
    if not group.shown or group.n is None:
        hidden_ = words.say("audit_page.not_shown", least=LEAST)
        return (_name(group, words), hidden_, *[""] * (3 + len(_TABLE)))
    cells = {cell.metric: cell for cell in group.cells}
    return (*_counts(group, words), *(_judged(cells[name], words) for name in _TABLE))


def _counts(group: Group, words: AuditWords) -> tuple[str, ...]:
    return (
        _name(group, words) + (" †" if group.small else ""),
        words.count(group.n or 0),
        words.count(group.positives or 0),
        words.number(group.mean_risk),
        NONE if group.observed is None else words.interval(group.observed),
    )


def _crossings(groups: Sequence[Group], words: AuditWords) -> tuple[Block, ...]:
    say = words.say
    if not groups:
        return (Paragraph(say("audit_page.nothing_to_cross")),)
    lines = tuple(
        (*_counts(group, words), _value(cell, words))
        for group in groups
        for cell in group.cells
        if cell.metric == "gap" and cell.verdict is Verdict.OUTSIDE
    )
    said = say(
        "audit_page.crossed",
        count=words.count(len(groups)),
        hidden=words.count(sum(not group.shown for group in groups)),
        least=LEAST,
        metric=_metric("gap", words),
        outside=words.count(len(lines)),
    )
    head = (*_about_groups(words), _metric("gap", words))
    return told(Paragraph(said), Rows(say("audit_page.crossings"), head, lines) if lines else None)


def _screening(groups: Sequence[Group], words: AuditWords) -> tuple[Block, ...]:
    say = words.say
    names = {group.name: _name(group, words) for group in groups}
    lines = tuple(
        (
            _name(group, words),
            words.interval(group.screening.share),
            names.get(group.screening.against, group.screening.against),
            NONE if group.screening.ratio is None else words.plain(group.screening.ratio, 2),
            words.p(group.screening.p),
            Strong(say("audit_page.look")) if group.screening.flag else "",
        )
        for group in groups
        if group.screening is not None
    )
    if not lines:
        return ()
    head = (
        "audit_page.column_group",
        "audit_page.share_followed",
        "audit_page.against",
        "audit_page.ratio",
    )
    title = say("audit_page.closely_title")
    return (
        Heading(3, title),
        Rows(title, tuple(map(say, (*head, "audit_page.fisher", "audit_page.four_fifths"))), lines),
        Paragraph(say("audit_page.screened")),
    )


def _reading(found: Audit, words: AuditWords) -> tuple[str, ...]:
    say = words.say
    return (
        say("audit_page.read_help"),
        say("audit_page.read_verdicts"),
        say("audit_page.read_references"),
        say(
            "audit_page.read_small",
            least=LEAST,
            suppressed=words.count(found.suppressed),
            withheld=words.count(found.withheld),
        ),
        say("audit_page.read_error"),
        say("audit_page.read_rows", rows=words.count(found.rows)),
    )


def _name(group: Group, words: AuditWords) -> str:
    return words.group(group.columns, group.values)


def _metric(name: str, words: AuditWords) -> str:
    return words.say(f"audit_page.metric_{name}")


def _value(cell: Cell, words: AuditWords) -> str:
    return words.interval(
        Interval(value=cell.value, low=cell.low, high=cell.high, method=cell.method)
    )


def _mark(cell: Cell, words: AuditWords) -> Said:
    if cell.verdict is None:
        return ""
    said = words.say(_MARKS[cell.verdict])
    return Strong(said) if cell.verdict is Verdict.OUTSIDE else said


def _judged(cell: Cell, words: AuditWords) -> Said:
    mark = _mark(cell, words)
    text = mark if isinstance(mark, str) else mark.text
    said = f"{_value(cell, words)}, {text}" if text else _value(cell, words)
    return said if isinstance(mark, str) else Strong(said)
