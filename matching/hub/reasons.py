"""The closed lists of reasons: of companies that do not go on, and of whoever decides at a hub."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from matching.errors import DataError, InputError, TerritoryError
from matching.hub.forbidden_matters import Ground
from matching.territory.reading import Table, read_toml

_Reason = TypeVar("_Reason", "AnswerReason", "DecisionReason")

ANSWERS, DECISIONS = "answer_reasons.toml", "decision_reasons.toml"
LONGEST_TEXT = 2_000
"""Characters of the words beside a reason."""


class DecisionOutcome(StrEnum):
    """What was decided: on a person in a list, or on anything else that was shown."""

    PROPOSED = "proposed"
    NOT_PROPOSED = "not_proposed"
    CONFIRMED = "confirmed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReason:
    """Why a company does not go on.

    ``may``: often a cover for what it may not choose by; ``ground``: it is just that.
    """

    code: str
    texts: Mapping[str, str]
    may: bool = False
    ground: Ground | None = None
    needs_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReasons:
    """The list, and what stands for a reason that is not passed on."""

    by_code: Mapping[str, AnswerReason]
    neutral: AnswerReason

    @property
    def offered(self) -> tuple[AnswerReason, ...]:
        """Those that a form offers."""
        return tuple(one for one in self.by_code.values() if one.ground is None)

    def known(self, code: str) -> AnswerReason:
        """The reason of a code, whether a form offers it or not.

        Raises
        ------
        InputError
            For a code that is not of the list.
        """
        return _known(self.by_code, code, [one.code for one in self.offered])

    def said(self, code: str, language: str) -> str:
        """What a code says in a language."""
        reason = self.neutral if code == self.neutral.code else self.known(code)
        return reason.texts[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReason:
    """Why somebody decided so, and for which decisions it can be given."""

    code: str
    texts: Mapping[str, str]
    outcomes: frozenset[DecisionOutcome]
    needs_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReasons:
    """The list, and from when following what is shown is worth a look.

    ``near`` is a share (0 to 1) of at least ``decisions`` decisions of one person.
    """

    by_code: Mapping[str, DecisionReason]
    decisions: int
    near: float

    def check(self, code: str, outcome: DecisionOutcome, text: str | None) -> None:
        """Refuse a reason that is not of the list, or not for such a decision.

        Raises
        ------
        InputError
            Saying which can be given.
        """
        fitting = [one.code for one in self.by_code.values() if outcome in one.outcomes]
        reason = _known(self.by_code, code, fitting)
        if outcome not in reason.outcomes:
            raise InputError(
                f"The reason {code!r} is not for the decision {str(outcome)!r}; give one of "
                f"{', '.join(fitting)}."
            )
        check_text(code, text, needed=reason.needs_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Both lists."""

    answers: AnswerReasons
    decisions: DecisionReasons


def check_text(code: str, text: str | None, *, needed: bool) -> None:
    """Refuse words beside a reason that are missing where they are needed, or too long.

    Raises
    ------
    InputError
        Without repeating them.
    """
    if needed and not (text or "").strip():
        raise InputError(f"The reason {code!r} says nothing alone; write in words what is meant.")
    if len(text or "") > LONGEST_TEXT:
        raise InputError(
            f"The words beside a reason are at most {LONGEST_TEXT} characters; these are "
            f"{len(text or '')}. Shorten them."
        )


def load_reasons(rules: Path) -> Reasons:
    """Both lists, from a folder of rules.

    Raises
    ------
    DataError
        Naming file, entry, key and value.
    """
    return Reasons(answers=load_answer_reasons(rules), decisions=load_decision_reasons(rules))


def load_answer_reasons(rules: Path) -> AnswerReasons:
    """The reasons of companies, from a folder of rules.

    Raises
    ------
    DataError
        Naming file, entry, key and value.
    """
    try:
        table = read_toml(rules / ANSWERS)
        neutral = _neutral(table.table("neutral"))
        found = _unique([_answer(one) for one in table.tables("reason")], ANSWERS)
        table.finish()
    except TerritoryError as error:
        # Tables are read as those of a territory are; what is wrong here is no territory.
        raise DataError(str(error)) from error
    if missing := set(Ground) - {one.ground for one in found.values()}:
        raise DataError(f"{ANSWERS}: no reason has the ground {min(missing).value!r}; add one")
    return AnswerReasons(by_code=MappingProxyType(found), neutral=neutral)


def load_decision_reasons(rules: Path) -> DecisionReasons:
    """The reasons of those who decide at the hub, from a folder of rules.

    Raises
    ------
    DataError
        Naming file, entry, key and value.
    """
    try:
        table = read_toml(rules / DECISIONS)
        following = table.table("following")
        decisions = following.whole("decisions")
        near = following.number("near", least=0.5)
        following.finish()
        found = _unique([_decision(one) for one in table.tables("reason")], DECISIONS)
        table.finish()
    except TerritoryError as error:
        raise DataError(str(error)) from error
    return DecisionReasons(by_code=MappingProxyType(found), decisions=decisions, near=near)


def _neutral(table: Table) -> AnswerReason:
    neutral = AnswerReason(code=table.text("code"), texts=_texts(table))
    table.finish()
    return neutral


def _answer(table: Table) -> AnswerReason:
    code, texts = table.text("code"), _texts(table)
    if "ground" in table.values:
        reason = AnswerReason(code=code, texts=texts, ground=table.choice("ground", Ground))
    else:
        reason = AnswerReason(
            code=code, texts=texts, may=table.flag("may"), needs_text=table.flag("text")
        )
    table.finish()
    return reason


def _decision(table: Table) -> DecisionReason:
    reason = DecisionReason(
        code=table.text("code"),
        texts=_texts(table),
        outcomes=frozenset(table.choices("outcomes", DecisionOutcome)),
        needs_text=table.flag("text"),
    )
    table.finish()
    return reason


def _texts(table: Table) -> Mapping[str, str]:
    return MappingProxyType({"it": table.text("it"), "en": table.text("en")})


def _unique(found: list[_Reason], file: str) -> dict[str, _Reason]:
    by_code = {one.code: one for one in found}
    if len(by_code) < len(found):
        raise DataError(f"{file}: a code is there twice; give one of them another")
    return by_code


def _known(by_code: Mapping[str, _Reason], code: str, offered: list[str]) -> _Reason:
    reason = by_code.get(code)
    if reason is None:
        # It is not repeated: somebody may have written words about a person in its place.
        raise InputError(f"The reason is not of the list; give one of {', '.join(offered)}.")
    return reason
