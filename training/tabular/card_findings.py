"""What an audit found by itself, as blocks of its page: groups, jumps, what inputs give away."""

from training.tabular.audit_words import NONE, AuditWords
from training.tabular.page import Block, Paragraph, Rows, Strong, told
from training.tabular.page import Cell as Said
from training.tabular.report import Audit

_WORSE = {
    True: "audit_page.worse_without",
    False: "audit_page.better_without",
    None: "audit_page.not_told_apart",
}


def hidden(found: Audit, words: AuditWords) -> tuple[Block, ...]:
    """The groups that fare otherwise than foretold, and how widely they were looked for."""
    say, search = words.say, found.hidden
    said = [
        say(
            "audit_page.searched",
            looked=words.count(search.looked_at),
            tested=words.count(search.tested),
            columns=words.names(search.columns),
        )
    ]
    if search.left_out:
        said.append(say("audit_page.left_out", columns=words.names(search.left_out)))
    if not search.findings:
        said.append(say("audit_page.none_confirmed"))
        return (Paragraph(" ".join(said)),)
    lines = tuple(
        (
            words.group(finding.columns, finding.values),
            words.count(finding.n),
            words.number(finding.mean_risk),
            words.number(finding.observed),
            words.difference(finding.gap, finding.low, finding.high),
            words.p(finding.p_corrected),
            words.signed(finding.people, 0),
            words.names([name for name in finding.columns if name in found.inputs]),
        )
        for finding in search.findings
    )
    names = (
        "audit_page.column_group",
        "audit_page.people",
        "audit_page.column_foretold",
        "audit_page.column_observed",
    )
    numbers = (
        "audit_page.difference_interval",
        "audit_page.corrected",
        "audit_page.wrongly",
        "audit_page.of_inputs",
    )
    head = tuple(say(key) for key in (*names, *numbers))
    return (Paragraph(" ".join(said)), Rows(say("audit_page.hidden"), head, lines))


def jumps(found: Audit, words: AuditWords, outcome: str) -> tuple[Block, ...]:
    """The jumps along numbers and dates, what they mean, and rules that made none."""
    say, cliffs = words.say, found.cliffs
    looked = say(
        "audit_page.looked_along",
        count=words.count(cliffs.looked_at),
        columns=words.names(cliffs.columns),
    )
    lines = tuple(
        (
            words.names(cliff.columns),
            cliff.said,
            words.difference(cliff.jump.value, cliff.jump.low, cliff.jump.high),
            words.p(cliff.p_corrected),
            "; ".join(f"{rule.what} ({rule.source})" for rule in cliff.rules) or NONE,
        )
        for cliff in cliffs.cliffs
    )
    keys = (
        "audit_page.jump_column",
        "audit_page.jump_at",
        "audit_page.jump_size",
        "audit_page.corrected",
    )
    head = tuple(say(key) for key in (*keys, "audit_page.jump_rule"))
    return told(
        Paragraph(looked if cliffs.columns else say("audit_page.nothing_along")),
        None if cliffs.cliffs else Paragraph(say("audit_page.no_jump")),
        Rows(say("audit_page.jumps"), head, lines) if lines else None,
        [
            Paragraph(
                words.jump(cliff, reads=bool({*cliff.columns} & {*found.inputs}), outcome=outcome)
            )
            for cliff in cliffs.cliffs
        ],
        [
            Paragraph(
                say(
                    "audit_page.no_jump_there",
                    column=rule.column,
                    at=words.marks(f"{rule.at:g}"),
                    what=rule.what,
                )
            )
            for rule in cliffs.rules_without_jump
        ],
    )


def leaks(found: Audit, words: AuditWords) -> tuple[Block, ...]:
    """How well the groups are told by the inputs."""
    say = words.say
    if not found.leaks:
        return (Paragraph(say("audit_page.none_told")),)
    names = {group.name: words.group(group.columns, group.values) for group in found.groups.groups}
    lines = tuple(
        (
            names.get(leak.name, leak.name),
            words.count(leak.n),
            NONE if leak.by_inputs is None else words.interval(leak.by_inputs),
            words.interval(leak.by_risk),
            ", ".join(f"{proxy.column} {words.number(proxy.auc.value)}" for proxy in leak.top),
            say("audit_page.yes" if leak.is_input else "audit_page.no"),
        )
        for leak in found.leaks
    )
    keys = (
        "audit_page.column_group",
        "audit_page.people",
        "audit_page.by_inputs",
        "audit_page.by_risk",
    )
    head = tuple(say(key) for key in (*keys, "audit_page.tell_most", "audit_page.itself_input"))
    return (Rows(say("audit_page.gives_away"), head, lines), Paragraph(say("audit_page.told")))


def variants(found: Audit, words: AuditWords) -> tuple[Block, ...]:
    """What leaving an input out costs each group."""
    say = words.say
    if found.variants is None:
        return (Paragraph(say("audit_page.no_second")),)
    lines: list[tuple[Said, ...]] = []
    for group in found.variants.groups:
        for change in group.changes:
            word = say(_WORSE[change.worse])
            lines.append(
                (
                    words.group(group.columns, group.values),
                    words.count(group.n or 0),
                    say(f"audit_page.metric_{change.metric}"),
                    words.number(change.with_it),
                    words.number(change.without_it),
                    words.interval(change.cost),
                    Strong(word) if change.worse else word,
                )
            )
    keys = (
        "audit_page.column_group",
        "audit_page.people",
        "audit_page.metric",
        "audit_page.with_it",
    )
    head = tuple(
        say(key) for key in (*keys, "audit_page.without_it", "audit_page.cost", "audit_page.found")
    )
    return (
        Paragraph(say("audit_page.in_question", columns=words.names(found.variants.left_out))),
        Rows(say("audit_page.variants"), head, tuple(lines)),
    )
