"""What is answered of that which waits for a manager, and of the closed lists of reasons."""

from datetime import datetime

from matching.api.hub.decisions import ContestAnswer
from matching.api.hub.paths import CallAnswer, DueAnswer, due_answer
from matching.api.payloads import Payload
from matching.domain.access import Role
from matching.hub.answers import Answer
from matching.hub.forbidden_matters import Ground
from matching.hub.paths import PathSeen
from matching.hub.reasons import AnswerReason, DecisionOutcome, Reasons
from matching.hub.vacancies import COMPANIES
from matching.hub.waiting import Reminders, Waits


class WaitingAnswer(Payload):
    """A proposal that waits, or ended without whoever asks, `since` a moment.

    `waits` is for her `reply`, the `sending`, the company's `answer`; or `answered`, `expired`,
    `withdrawn`, with its `cause`. `is_mine`: in charge of the person, or made the proposal.
    """

    proposal_id: str
    waits: Waits
    since: datetime
    due_at: datetime | None
    person_id: str
    vacancy_id: str
    title: str
    company: str
    answer: Answer | None
    reason_code: str | None
    cause: str | None
    is_mine: bool


class PathDue(Payload):
    """A path in which something is due, or a call is proposed; `titles` are those of its steps."""

    path_id: str
    person_id: str
    version: int
    titles: dict[str, str]
    due: tuple[DueAnswer, ...]
    calls: tuple[CallAnswer, ...]


class FileHandedOver(Payload):
    """A protected file that whoever asks is in charge of `since` a moment, and has not opened."""

    person_id: str
    since: datetime


class FileOpened(Payload):
    """A protected file in the charge of whoever asks, opened by somebody else for a `reason`.

    `username` is that of the account `opened_by`, null once it was removed.
    """

    person_id: str
    opened_by: str
    username: str | None
    opened_at: datetime
    reason: str


class RemindersAnswer(Payload):
    """What waits for the managers of a hub; what waits longest comes first."""

    proposals: tuple[WaitingAnswer, ...]
    contests: tuple[ContestAnswer, ...]
    paths: tuple[PathDue, ...]
    handed_over: tuple[FileHandedOver, ...]
    opened: tuple[FileOpened, ...]


class CompanysReason(Payload):
    """Why a company does not go on. `ground` is for evaluators: what may not be chosen by."""

    code: str
    texts: dict[str, str]
    needs_text: bool
    ground: Ground | None = None


class HubsReason(Payload):
    """Why somebody of the hub decided so, and the decisions that it can be given for."""

    code: str
    texts: dict[str, str]
    needs_text: bool
    outcomes: tuple[DecisionOutcome, ...]


class ReasonsAnswer(Payload):
    """The closed lists: of companies that do not go on, and of those who decide at the hub.

    A company is answered its own. `neutral` stands for a reason that is not passed on; null for a
    company.
    """

    answers: tuple[CompanysReason, ...]
    neutral: CompanysReason | None
    decisions: tuple[HubsReason, ...]


def reminders_answer(found: Reminders) -> RemindersAnswer:
    """What waits, as it is answered."""
    return RemindersAnswer(
        proposals=tuple(WaitingAnswer.model_validate(one) for one in found.proposals),
        contests=tuple(ContestAnswer.model_validate(one) for one in found.contests),
        paths=tuple(map(_path, found.paths)),
        handed_over=tuple(map(FileHandedOver.model_validate, found.handed_over)),
        opened=tuple(map(FileOpened.model_validate, found.opened)),
    )


def reasons_answer(reasons: Reasons, role: Role) -> ReasonsAnswer:
    """The lists that a role can be answered."""
    of_company = role in COMPANIES
    every = role is Role.EVALUATOR
    offered = reasons.answers.by_code.values() if every else reasons.answers.offered
    return ReasonsAnswer(
        answers=tuple(map(_of_company, offered)),
        neutral=None if of_company else _of_company(reasons.answers.neutral),
        decisions=() if of_company else tuple(
            HubsReason(
                code=one.code, texts=dict(one.texts), needs_text=one.needs_text,
                outcomes=tuple(sorted(one.outcomes)),
            )
            for one in reasons.decisions.by_code.values()
        ),
    )  # fmt: skip


def _of_company(one: AnswerReason) -> CompanysReason:
    return CompanysReason(
        code=one.code, texts=dict(one.texts), needs_text=one.needs_text, ground=one.ground
    )


def _path(path: PathSeen) -> PathDue:
    return PathDue(
        path_id=path.id,
        person_id=path.person_id,
        version=path.version,
        titles={step.id: step.proposal.title for step in path.agreement.steps},
        due=tuple(map(due_answer, path.due)),
        calls=tuple(map(CallAnswer.model_validate, path.calls)),
    )
