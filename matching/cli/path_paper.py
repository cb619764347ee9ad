"""The files of a path: the paper in each language, as page and PDF, and its events."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from matching.accompaniment.agreement import RightToCheck, ToPrint, agreement_paper, paper_html
from matching.accompaniment.agreement.pdf import paper_pdf, unprintable
from matching.accompaniment.impact import Records, write_lines
from matching.accompaniment.rights import Right
from matching.accompaniment.rules import RuleState
from matching.cli.files import whole_file, write_whole
from matching.domain.outcomes import UnmetNeed
from matching.errors import InputError
from matching.service import Service

_STEM, _UNMET = "percorso", "senza-risposta"
_TO_CHECK = (RuleState.LIKELY, RuleState.POSSIBLE, RuleState.TO_CHECK)


def rights_to_check(found: Sequence[Right]) -> tuple[RightToCheck, ...]:
    """What the paper says of the rights: those to check that are not received already."""
    return tuple(
        RightToCheck(
            name=right.measure.name,
            state=right.state.value,
            desks=tuple(desk.value for desk in right.measure.desks),
        )
        for right in found
        if right.state in _TO_CHECK and not right.received
    )


def write_path(
    folder: Path,
    path: ToPrint,
    service: Service,
    *,
    events: Iterable[str],
    unmet: Iterable[UnmetNeed],
) -> tuple[Path, ...]:
    """Write ``percorso.<language>.html`` and ``.pdf``, events and unmet demand; files are replaced.

    What no service answers is written as ``impact`` reads it, an empty file where there is nothing.
    A language that cannot be printed as PDF has its page alone, which is said on stderr.

    Raises
    ------
    InputError
        Where nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be made: {error.strerror}. Choose another folder."
        ) from error
    screen = service.wording.language
    whole = service.paths.named(path, screen)
    written = []
    for language in service.paths.languages(screen):
        words = service.paths.words[language]
        paper = agreement_paper(whole, words)
        page = folder / f"{_STEM}.{language}.html"
        with whole_file(page) as file:
            file.write(paper_html(paper))
        written.append(page)
        if lacking := unprintable(paper):
            name = words.say("language.name")
            said = service.wording.say("path.page_only", language=name, letters=lacking[:10])
            typer.echo(said, err=True)
            continue
        printed = folder / f"{_STEM}.{language}.pdf"
        write_whole(printed, paper_pdf(paper))
        written.append(printed)
    lived = folder / f"{_STEM}.jsonl"
    with whole_file(lived) as file:
        file.writelines(f"{event}\n" for event in events)
    lacking_here = folder / f"{_UNMET}.jsonl"
    with whole_file(lacking_here) as file:
        file.writelines(f"{line}\n" for line in write_lines(Records(unmet=tuple(unmet))))
    return (*written, lived, lacking_here)
