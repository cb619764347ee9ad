"""The worklist for people: who is called, why, and that nobody is left out."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.domain import Worklist, WorklistEntry
from matching.priority.sentences import rule, rules
from matching.territory import PriorityPolicy
from matching.wording import Wording


def print_worklist(
    console: Console, wording: Wording, found: Worklist, policy: PriorityPolicy
) -> None:
    """Those for whom a rule speaks, each with why; the rules; how many others are in charge."""
    say = wording.say
    console.print(Text(say("worklist_screen.title", date=found.as_of), style="bold"))
    if not found.entries:
        console.print(Text(say("worklist_screen.nobody")))
        return
    called = [entry for entry in found.entries if entry.rules]
    console.print(
        Text(
            say(
                "worklist_screen.counts",
                people=len(found.entries),
                now=len(called) - found.waiting,
                caseload=found.caseload,
                waiting=found.waiting,
            )
        )
    )
    console.print(Text(say("worklist_screen.order")))
    console.print(Text(f"{say('worklist_screen.rules')}: {'; '.join(rules(policy, wording))}."))
    console.print()
    if not called:
        console.print(Text(say("worklist_screen.none")))
        return
    for place, entry in enumerate(called, start=1):
        head = f"{place}. {entry.person_id} - {_estimate(wording, entry)}"
        if not entry.within_caseload:
            head += f" ({say('worklist_screen.waiting_mark')})"
        console.print(Text(head, style="bold" if entry.within_caseload else ""))
        why = " ".join(rule(entry, one, policy, wording) for one in entry.rules)
        console.print(Padding(Text(why), (0, 0, 0, 3)))
    others = len(found.entries) - len(called)
    if others:
        console.print()
        console.print(Text(say("worklist_screen.others", count=others)))


def _estimate(wording: Wording, entry: WorklistEntry) -> str:
    if entry.no_work is None or entry.priority is None:
        return wording.say("worklist_screen.unknown")
    return wording.say(
        "worklist_screen.chance",
        value=round(100 * entry.no_work.value),
        lower=round(100 * entry.no_work.lower),
        upper=round(100 * entry.no_work.upper),
        band=wording.say(f"priority.{entry.priority.band}"),
    )
