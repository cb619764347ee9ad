"""The audit as a page to read: Markdown, with what stands out first and every number's interval.

English, with the Italian word beside it where the hub has one. A group of which little is known is
said to be one; nothing is ever said to be fair.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from training.tabular.cliffs import explain
from training.tabular.groups import Cell, Group, Verdict
from training.tabular.hidden import Finding
from training.tabular.intervals import Interval
from training.tabular.markdown import interval, names, number, p_value, points, rows, safe, signed
from training.tabular.report import NONE, Audit
from training.tabular.suppression import LEAST

_SAID = {
    "fnr": "help missed",
    "false_omission": "bad outcome among those not followed",
    "gap": "observed less foretold",
    "slope": "slope",
    "intercept": "intercept",
    "ece": "calibration error",
    "auc": "AUC",
    "brier": "Brier score",
    "fpr": "followed without need",
    "precision": "bad outcome among those followed",
}
_TABLE = ("gap", "fnr", "false_omission", "auc", "ece")
_MARKS = {
    Verdict.WITHIN: "within",
    Verdict.OUTSIDE: "**outside**",
    Verdict.INSUFFICIENT: "not enough evidence",
}


def card(
    found: Audit,
    *,
    title: str = "Risk audit",
    outcome: str = "the bad outcome",
    hashes: Mapping[str, str] = NONE,
    as_of: date | None = None,
) -> str:
    """Write an audit as Markdown.

    Parameters
    ----------
    found
        The audit.
    title
        Of the page.
    outcome
        The bad outcome in words, such as "more than 52 weeks without work".
    hashes, as_of
        As in :func:`training.tabular.report.to_json`.
    """
    everybody, *groups = found.groups.groups
    single = [group for group in groups if len(group.columns) == 1]
    crossed = [group for group in groups if len(group.columns) == 2]
    parts = [
        f"# {safe(title)}",
        _about(found, outcome, hashes, as_of),
        "## What stands out",
        points(_standing_out(found, outcome)),
        "## Everybody",
        _everybody(everybody),
        "## Declared groups",
        _groups(single, found),
        "### Two at a time",
        _crossings(crossed),
        "### Who is followed closely (screening)",
        _screening(single),
        "## Groups found without being told",
        _hidden(found),
        "## Jumps that look like rules",
        _cliffs(found, outcome),
        "## What the inputs give away",
        _leaks(found),
        "## With and without an input",
        _variants(found),
        "## How to read this",
        points(_reading(found)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _about(found: Audit, outcome: str, hashes: Mapping[str, str], as_of: date | None) -> str:
    lines = [
        ("people (*persone*)", f"{found.rows:,}"),
        (f"with {safe(outcome)} (*esito*)", f"{found.bad:,}"),
        ("without", f"{found.good:,}"),
        ("lost from sight before (counted through weights)", f"{found.lost:,}"),
        ("risk (*rischio di cronicità*)", "estimated by models that did not learn from the person"),
        ("inputs", names(found.inputs)),
        ("protected columns", names(found.declared)),
        ("protected columns that are inputs", names(found.declared_inputs)),
        ("columns that hold the outcome or came after", names(found.skipped)),
        ("followed closely", f"the {100 * found.top_share:.0f}% of highest risk"),
    ]
    if as_of is not None:
        lines.append(("as of", as_of.isoformat()))
    lines += [(f"SHA-256 of {safe(name)}", f"`{safe(value)}`") for name, value in hashes.items()]
    return rows(("", ""), lines)


def _standing_out(found: Audit, outcome: str) -> list[str]:
    said = [
        explain(cliff, reads=bool(set(cliff.columns) & set(found.inputs)), outcome=outcome)
        for cliff in found.cliffs.cliffs
    ]
    said += [_found_words(finding) for finding in found.hidden.findings[:5]]
    for group in found.groups.groups:
        outside = [
            _SAID[cell.metric]
            for cell in group.cells
            if cell.verdict is Verdict.OUTSIDE and cell.metric in _TABLE
        ]
        if outside and len(group.columns) < 2:
            said.append(f"{group.name}: outside the tolerance in {', '.join(outside)}.")
    small = [group.name for group in found.groups.groups if group.small and len(group.columns) == 1]
    if small:
        said.append(f"Small groups, of which little can be said: {'; '.join(small)}.")
    if found.groups.absent:
        said.append(
            f"Not in the table: {', '.join(found.groups.absent)}. Nothing is known of these "
            "groups, which is not the same as that all is well."
        )
    return [safe(text) for text in said] or ["Nothing, for the people and columns that there are."]


def _found_words(finding: Finding) -> str:
    way = "too low" if finding.too_low else "too high"
    return (
        f"{finding.name}: risk foretold {way}, {100 * finding.mean_risk:.1f}% against "
        f"{100 * finding.observed:.1f}% observed (difference {signed(finding.gap)}, 95% interval "
        f"{signed(finding.low)} to {signed(finding.high)}; corrected p "
        f"{p_value(finding.p_corrected)}), found without being told which group."
    )


def _everybody(group: Group) -> str:
    lines = [(_SAID[cell.metric], _value(cell), _mark(cell)) for cell in group.cells]
    text = rows(("", "value (95% interval)", "verdict"), lines)
    if group.curve is not None and group.curve.points:
        curve = [
            (
                f"{point.mean_risk:.3f}",
                f"{point.observed:.3f} ({point.low:.3f} to {point.high:.3f})",
                f"{point.n:,}",
            )
            for point in group.curve.points
        ]
        text += "\n\n" + rows(("mean risk foretold", "observed (95% interval)", "people"), curve)
    return text


def _groups(groups: Sequence[Group], found: Audit) -> str:
    if not groups:
        return "No protected column was declared, or none is in the table: nothing can be said."
    head = ("group", "people", "bad", "foretold", "observed", *(_SAID[name] for name in _TABLE))
    lines = [_group(group) for group in groups]
    text = rows(head, lines)
    tolerances = found.groups.tolerances
    allowed = ", ".join(f"{_SAID[name]} {getattr(tolerances, name):g}" for name in _TABLE)
    return f"{text}\n\nTolerances: {allowed}. † a small group."


def _group(group: Group) -> tuple[str, ...]:
    if not group.shown or group.n is None:
        return (safe(group.name), f"not shown (protects fewer than {LEAST})", *[""] * 8)
    cells = {cell.metric: cell for cell in group.cells}
    return (
        safe(group.name) + (" †" if group.small else ""),
        f"{group.n:,}",
        f"{group.positives or 0:,}",
        number(group.mean_risk),
        "–" if group.observed is None else interval(group.observed),
        *(f"{_value(cells[name])}, {_mark(cells[name])}" for name in _TABLE),
    )


def _crossings(groups: Sequence[Group]) -> str:
    if not groups:
        return "One protected column or none: there is nothing to cross."
    hidden = sum(not group.shown for group in groups)
    lines = [
        (
            safe(group.name) + (" †" if group.small else ""),
            f"{group.n or 0:,}",
            f"{group.positives or 0:,}",
            number(group.mean_risk),
            "–" if group.observed is None else interval(group.observed),
            _value(cell),
        )
        for group in groups
        for cell in group.cells
        if cell.metric == "gap" and cell.verdict is Verdict.OUTSIDE
    ]
    said = (
        f"{len(groups)} crossings with anybody in them, {hidden} of them not shown (fewer than "
        f"{LEAST} people, or would give such a group away); all numbers are in the JSON. Outside "
        f"the tolerance in {_SAID['gap']}: {len(lines)}."
    )
    if not lines:
        return said
    head = ("group", "people", "bad", "foretold", "observed", _SAID["gap"])
    return f"{said}\n\n{rows(head, lines)}"


def _screening(groups: Sequence[Group]) -> str:
    lines = [
        (
            safe(group.name),
            interval(group.screening.share),
            safe(group.screening.against),
            "–" if group.screening.ratio is None else f"{group.screening.ratio:.2f}",
            p_value(group.screening.p),
            "look" if group.screening.flag else "",
        )
        for group in groups
        if group.screening is not None
    ]
    if not lines:
        return ""
    head = ("group", "share followed", "against", "ratio", "Fisher's p", "below four fifths")
    return rows(head, lines) + (
        "\n\nAgainst the group with the largest share, of those of 2% of the people and more. "
        "The four-fifths rule only says where to look. A ratio above it is no proof of "
        "anything, and one below it may follow from need: see help missed."
    )


def _hidden(found: Audit) -> str:
    search = found.hidden
    said = (
        f"{search.looked_at:,} groups of one or two columns were looked at in one half of the "
        f"people; {search.tested} stood out and were tested on the other half, the corrected p "
        f"held under 0.05 for all together. Columns searched: {names(search.columns)}."
    )
    if search.left_out:
        said += f" They tell no groups apart: {names(search.left_out)}."
    if not search.findings:
        return said + " None was confirmed, which does not prove that there is none."
    lines = [
        (
            safe(finding.name),
            f"{finding.n:,}",
            f"{finding.mean_risk:.3f}",
            f"{finding.observed:.3f}",
            f"{signed(finding.gap)} ({signed(finding.low)} to {signed(finding.high)})",
            p_value(finding.p_corrected),
            f"{finding.people:+,.0f}",
            names([name for name in finding.columns if name in found.inputs]),
        )
        for finding in search.findings
    ]
    head = ("group", "people", "foretold", "observed", "difference (95% interval)",
            "corrected p", "people foretold wrongly", "of these, inputs")  # fmt: skip
    return f"{said}\n\n{rows(head, lines)}"


def _cliffs(found: Audit, outcome: str) -> str:
    cliffs = found.cliffs
    said = [
        f"{cliffs.looked_at:,} places along {names(cliffs.columns)} were looked at."
        if cliffs.columns
        else "No column of numbers has enough values to look along."
    ]
    if not cliffs.cliffs:
        said.append("No jump was found.")
    lines = [
        (
            safe(", ".join(cliff.columns)),
            safe(cliff.said),
            f"{signed(cliff.jump.value)} ({signed(cliff.jump.low)} to {signed(cliff.jump.high)})",
            p_value(cliff.p_corrected),
            safe("; ".join(f"{rule.what} ({rule.source})" for rule in cliff.rules)) or "–",
        )
        for cliff in cliffs.cliffs
    ]
    if lines:
        head = ("column", "at", "jump (95% interval)", "corrected p", "declared rule")
        said.append(rows(head, lines))
        said += [
            safe(explain(cliff, reads=bool(set(cliff.columns) & set(found.inputs)),
                          outcome=outcome))
            for cliff in cliffs.cliffs
        ]  # fmt: skip
    said += [
        safe(f"Declared, and no jump found: {rule.column} at {rule.at:g}, {rule.what}.")
        for rule in cliffs.rules_without_jump
    ]
    return "\n\n".join(said)


def _leaks(found: Audit) -> str:
    if not found.leaks:
        return "No declared group is large enough to be told from the others."
    lines = [
        (
            safe(leak.name),
            f"{leak.n:,}",
            "–" if leak.by_inputs is None else interval(leak.by_inputs),
            interval(leak.by_risk),
            ", ".join(f"{safe(proxy.column)} {number(proxy.auc.value)}" for proxy in leak.top),
            "yes" if leak.is_input else "no",
        )
        for leak in found.leaks
    ]
    head = ("group", "people", "AUC by the inputs", "AUC by the risk", "inputs that tell most",
            "itself an input")  # fmt: skip
    return rows(head, lines) + (
        "\n\nHow well people of the group are told from all others; 0.5 is guessing. A model that "
        "does not read an attribute may still treat by it where its inputs tell it."
    )


def _variants(found: Audit) -> str:
    if found.variants is None:
        return "No second model was given: what leaving an input out would cost is not known."
    lines = []
    for group in found.variants.groups:
        for change in group.changes:
            word = {True: "**worse without**", False: "better without", None: "not told apart"}
            lines.append(
                (
                    safe(group.name),
                    f"{group.n or 0:,}",
                    _SAID[change.metric],
                    number(change.with_it),
                    number(change.without_it),
                    interval(change.cost),
                    word[change.worse],
                )
            )
    head = ("group", "people", "", "with", "without", "cost of leaving out (95% interval)", "")
    said = f"The input in question: {names(found.variants.left_out)}."
    return f"{said}\n\n{rows(head, lines)}"


def _reading(found: Audit) -> list[str]:
    return [
        "A risk is used to add help, never to refuse it; this page says for whom it is off.",
        "*Within*: the whole 95% interval lies within the tolerance. *Outside*: the number lies "
        "outside and differs from its reference even after correction for the number of groups. "
        "Everything else is *not enough evidence*: it is no sign that all is well.",
        "Rates and AUC are compared with those of all other people, calibration with its ideal "
        "(0, slope 1), the Brier score with telling everybody the group's own rate.",
        f"Groups of fewer than {LEAST} are not shown, nor any that would let one be worked out "
        f"({found.suppressed} of the declared groups, {found.withheld} further findings).",
        "The calibration error is less what chance adds to it; a mean of distances is never 0 of "
        "itself.",
        f"All {found.rows:,} rows were audited. Equal inputs give this page again, byte for byte.",
    ]


def _value(cell: Cell) -> str:
    if cell.value is None:
        return "not defined"
    return interval(Interval(value=cell.value, low=cell.low, high=cell.high, method=cell.method))


def _mark(cell: Cell) -> str:
    return "" if cell.verdict is None else _MARKS[cell.verdict]
