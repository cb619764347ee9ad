"""Proposals and what left the pool, for people."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.domain import LeftOut
from matching.service import Service
from matching.upkeep import MergeKind, MergeProposal, Verdict

_WIDEST = 120
_KINDS = {
    MergeKind.PERSON: "upkeep.person",
    MergeKind.SAME_DOCUMENT: "upkeep.same_document",
    MergeKind.NEWER_VERSION: "upkeep.newer_version",
    MergeKind.VACANCY: "upkeep.vacancy",
}
_VERDICTS = {Verdict.VERY_LIKELY: "upkeep.very_likely", Verdict.POSSIBLE: "upkeep.possible"}


def print_proposals(console: Console, service: Service, proposals: Sequence[MergeProposal]) -> None:
    """What may be twice, with what agrees and what differs, the surest first."""
    say = service.wording.say
    table = _table(
        console, say("upkeep.records"), say("upkeep.agreements"), say("upkeep.differences")
    )
    for proposal in proposals:
        who = Text(f"{proposal.first}\n{proposal.second}\n")
        who.append(say(_KINDS[proposal.kind]) + "\n", style="cyan")
        who.append(say(_VERDICTS[proposal.verdict]), style="bold")
        differing = Text("\n".join(remark.text for remark in proposal.differences))
        if proposal.note:
            differing.append(("\n" if differing else "") + proposal.note, style="yellow")
        agreeing = Text("\n".join(remark.text for remark in proposal.agreements))
        table.add_row(who, agreeing, differing)
    console.print(table)
    console.print(Text(say("upkeep.decide", count=len(proposals))))


def print_left(console: Console, service: Service, found: Iterable[LeftOut]) -> None:
    """Who or what left the pool, since when, and what brings it back."""
    say = service.wording.say
    table = _table(console, say("upkeep.record"), say("upkeep.since"), say("upkeep.what_helps"))
    for left in found:
        table.add_row(*map(Text, (left.id, say("screen.date", date=left.since), left.text)))
    console.print(table)
    console.print(Text(say("upkeep.limits", reason=service.territory.limits.reason)))


def _table(console: Console, *headers: str) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, width=min(console.width, _WIDEST), pad_edge=False, show_lines=True
    )
    first, *others = headers
    table.add_column(first, ratio=2, overflow="fold")
    for header in others:
        table.add_column(header, ratio=3, overflow="fold")
    return table
