"""What an erasure did and what remains where, said to whoever asked for it."""

from collections.abc import Sequence

from matching.hub.erasure import Erased
from matching.wording import Wording


def erased_lines(
    erased: Erased, wording: Wording, *, journal_months: int, result_months: int
) -> Sequence[str]:
    """Sentences on what was done, what stays and for how long; nothing that names anybody.

    Parameters
    ----------
    erased
        What was done.
    wording
        Of the language to say it in.
    journal_months, result_months
        For how long the territory keeps the journal and results.
    """
    say = wording.say
    until = erased.restricted_until
    first = (
        say("erasure.done")
        if until is None
        else say("erasure.restricted", until=until.strftime("%d/%m/%Y"))
    )
    lines = [
        first,
        say("erasure.results", months=result_months),
        say("erasure.journal", months=journal_months),
        say("erasure.backups"),
        say("erasure.models"),
    ]
    if erased.emptied.get("households"):
        lines.append(say("erasure.household", count=erased.emptied["households"]))
    if erased.recipients:
        lines.append(say("erasure.recipients", count=len(erased.recipients)))
    return lines
