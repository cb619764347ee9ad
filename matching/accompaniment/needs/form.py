"""The intake assessment as data: ``data/measures/assessment.toml``, explained at its head."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.accompaniment.rules.dated import Lines
from matching.accompaniment.rules.reading import lines
from matching.domain import Difficulty, Level, Need
from matching.domain.means import Means
from matching.errors import DataError, TerritoryError
from matching.territory.reading import Table, read_toml

FILE = "assessment.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One closed answer, and the level of the need that it says.

    ``difficulty`` is what is hard for who gives it, None for one that says no need; ``means`` is
    how who gives it gets about, None where it does not say.
    """

    id: str
    text: Lines
    level: Level
    difficulty: Difficulty | None = None
    means: Means | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question about a need, with its answers by id. Anybody may skip it."""

    id: str
    need: Need
    text: Lines
    choices: Mapping[str, Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All questions, in their order; about how long they take; when a CV suggests a need.

    ``far_minutes`` is a journey by public transport from home to the hub from which a place counts
    as poorly served; ``italian_levels`` are the CEFR levels of Italian that suggest a course.
    """

    minutes: int
    questions: tuple[Asked, ...]
    far_minutes: int
    italian_levels: tuple[str, ...]

    def about(self, need: Need) -> tuple[Asked, ...]:
        """The questions about a need."""
        return tuple(one for one in self.questions if one.need is need)


def load_form(folder: Path) -> Form:
    """Read and check ``assessment.toml`` of a measures folder.

    Raises
    ------
    DataError
        Naming file, entry, key and value: a file that is missing or not TOML, an unknown, missing
        or mistyped key, a repeated id, a need without two questions, a question without two
        answers, or without one that says there is no need.
    """
    try:
        file = read_toml(folder / FILE)
        file.day("checked")
        suggested = file.table("suggested")
        form = Form(
            minutes=file.whole("minutes"),
            questions=tuple(_question(one) for one in file.tables("question")),
            far_minutes=suggested.whole("far_minutes"),
            italian_levels=suggested.texts("italian_levels"),
        )
        suggested.finish()
        file.finish()
    except TerritoryError as error:
        raise DataError(str(error)) from error
    _check(form)
    return form


def _question(entry: Table) -> Asked:
    name = entry.text("id")
    table = entry.called(name)
    asked = Asked(
        id=name,
        need=table.choice("need", Need),
        text=lines(table, "text"),
        choices=_choices(table, table.choice("difficulty", Difficulty)),
    )
    table.finish()
    return asked


def _choices(table: Table, difficulty: Difficulty) -> dict[str, Choice]:
    found: dict[str, Choice] = {}
    for entry in table.tables("answers"):
        name, level = entry.text("id"), entry.choice("level", Level)
        if name in found:
            raise DataError(f"{entry.where}: id = {name!r} is used twice; rename one")
        own = entry.choice("difficulty", Difficulty) if "difficulty" in entry.values else difficulty
        found[name] = Choice(
            id=name,
            level=level,
            text={key: entry.text(key) for key in ("it", "en")},
            difficulty=None if level in (Level.NONE, Level.UNKNOWN) else own,
            means=entry.choice("means", Means) if "means" in entry.values else None,
        )
        entry.finish()
    if len(found) < 2 or all(one.level is not Level.NONE for one in found.values()):
        raise DataError(
            f"{table.where}: answers must be two or more, one of them of level 'none'; add them"
        )
    return found


def _check(form: Form) -> None:
    ids = [one.id for one in form.questions]
    for name in ids:
        if ids.count(name) > 1:
            raise DataError(f"{FILE}: the id {name!r} is used twice; rename one")
    for need in Need:
        count = len(form.about(need))
        if not 2 <= count <= 4:
            raise DataError(f"{FILE}: {need.value!r} has {count} questions; write two to four")
