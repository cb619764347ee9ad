"""The printed path (*percorso concordato*): what it says, in plain words, in one language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from matching.accompaniment.agreement.paper import (
    Blank,
    Block,
    Heading,
    Paper,
    Paragraph,
    Points,
    Said,
)
from matching.accompaniment.agreement.paper_steps import step_blocks
from matching.accompaniment.ordering import Placed
from matching.accompaniment.rules.dated import Lines
from matching.domain import Plan
from matching.wording import Wording

CATALOGUE = "it"
"""The language in which catalogues, and the labels of a plan, are written."""

_OWN_LINES = 4
_NEARER = ("likely", "possible")  # the others are told by the desk at which to ask


@dataclass(frozen=True, slots=True, kw_only=True)
class RightToCheck:
    """A public measure to be checked: its name by language, and the kinds of desk that can tell.

    ``state`` is ``likely``, ``possible`` or ``to_check``.
    """

    name: Lines
    state: str
    desks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPrint:
    """What is known of a path when it is printed.

    ``steps`` are those of ``plan``, in order. ``rights`` are to be checked, none where nobody asked
    or nothing is; ``hub`` is whom to turn to, empty where not known; ``follows`` says by slug who
    follows a step, and what is not in it is chosen together. ``languages`` are names of the
    languages in which the path is printed, ``page_only`` those of them that have no PDF.
    """

    name: str
    plan: Plan
    steps: tuple[Placed, ...]
    rights: tuple[RightToCheck, ...] = ()
    hub: str = ""
    follows: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    page_only: tuple[str, ...] = ()


def agreement_paper(path: ToPrint, words: Wording) -> Paper:
    """The paper in the language of some words.

    It says that nothing in it is an obligation and which public pacts it is not, the rights before
    the steps, and of each step who offers and follows it, what it costs and who pays, when, where,
    how to get there, what it opens, what to confirm and what else there is. Signing is optional.
    """
    language = words.language
    return Paper(
        language=language,
        direction=words.say("language.direction"),
        title=words.say("sheet.title"),
        blocks=(
            *_opening(path, words),
            *_free(words),
            *_rights(path.rights, words),
            *_steps(path, words),
            *_closing(path, words),
        ),
    )


def _say(words: Wording, key: str, **values: object) -> Said:
    return Said(text=words.say(f"sheet.{key}", **values), language=words.language)


def _opening(path: ToPrint, words: Wording) -> Iterator[Block]:
    hub = [_say(words, "hub", hub=path.hub)] if path.hub else []
    yield Points(items=(_say(words, "person", name=path.name), *hub))
    yield Paragraph(
        said=(_say(words, "made", date=path.plan.as_of), _say(words, "start")),
    )
    if any(placed.step.example for placed in path.steps):
        yield Paragraph(said=(_say(words, "example"),))
    if words.language != CATALOGUE:
        yield Paragraph(said=(_say(words, "translated"),))


def _free(words: Wording) -> Iterator[Block]:
    yield Heading(level=2, text=_say(words, "free_title"))
    keys = ("free", "free_no", "free_sign", "free_pact", "free_own")
    yield Points(items=tuple(_say(words, key) for key in keys))


def _rights(rights: Sequence[RightToCheck], words: Wording) -> Iterator[Block]:
    yield Heading(level=2, text=_say(words, "rights_title"))
    yield Paragraph(said=(_say(words, "rights"),))
    nearer = tuple(right for right in rights if right.state in _NEARER)
    if nearer:
        yield Paragraph(said=(_say(words, "rights_list"),))
        yield Points(items=tuple(_right(right, words) for right in nearer))
    by_desk: dict[str, list[str]] = {}
    for right in rights:
        if right not in nearer:
            by_desk.setdefault(right.desks[0], []).append(_name(right, words))
    if by_desk:
        yield Paragraph(said=(_say(words, "rights_ask"),))
        yield Points(items=tuple(_at(desk, names, words) for desk, names in by_desk.items()))


def _right(right: RightToCheck, words: Wording) -> Said:
    return _say(
        words,
        "right",
        name=_name(right, words),
        state=words.say(f"sheet.right_{right.state}"),
        desks=", ".join(words.say(f"desk.{desk}") for desk in right.desks),
    )


def _at(desk: str, names: Sequence[str], words: Wording) -> Said:
    where = words.say(f"desk.{desk}")
    return _say(words, "right_at", desk=where[:1].upper() + where[1:], list="; ".join(names))


def _name(right: RightToCheck, words: Wording) -> str:
    return right.name.get(words.language) or right.name[CATALOGUE]


def _steps(path: ToPrint, words: Wording) -> Iterator[Block]:
    yield Heading(level=2, text=_say(words, "steps_title"))
    if not path.steps:
        yield Paragraph(said=(_say(words, "no_steps"),))
    for number, placed in enumerate(path.steps, start=1):
        follows = path.follows.get(placed.step.service, "")
        yield from step_blocks(number, placed, words, catalogue=CATALOGUE, follows=follows)
    missing = (
        *path.plan.without_skills,
        *(words.say(f"need.{need}") for need in path.plan.without_needs),
    )
    ending = []
    if path.steps:
        ending.append(_say(words, "total", cost=path.plan.cost_eur))
    if missing:
        ending.append(_say(words, "without", list=", ".join(missing)))
    if ending:
        yield Paragraph(said=tuple(ending))


def _closing(path: ToPrint, words: Wording) -> Iterator[Block]:
    yield Heading(level=2, text=_say(words, "own_title"))
    yield Paragraph(said=(_say(words, "own"),))
    yield Blank(labels=(None,) * _OWN_LINES)
    yield Heading(level=2, text=_say(words, "sign_title"))
    yield Paragraph(said=(_say(words, "sign"),))
    yield Blank(labels=tuple(_say(words, key) for key in ("sign_person", "sign_hub", "sign_day")))
    about = []
    others = [name for name in path.languages if name != words.say("language.name")]
    if others:
        about.append(_say(words, "languages", list=", ".join(others)))
    if path.page_only:
        about.append(_say(words, "page_only", list=", ".join(path.page_only)))
    if about:
        yield Paragraph(said=tuple(about))
