"""The risk of staying without work, assessed only to add help, kept, and on record."""

from datetime import date

from matching.accompaniment.json_values import to_json
from matching.domain.access import Act
from matching.domain.risk import OFFER_ACCOMPANIMENT
from matching.errors import ForbiddenError
from matching.explanation.calibration import calibration_notes
from matching.hub.results import (
    NewResult,
    Result,
    ResultKind,
    computed,
    keep_result,
    stamp_inputs,
)
from matching.hub.subjects import opened_subject
from matching.profiles import situation_of
from matching.service import Service
from matching.store import Work
from matching.store.chain import canonical


def assess_risk(
    work: Work,
    person_id: str,
    service: Service,
    *,
    purpose: str,
    as_of: date,
    reason: str | None = None,
) -> Result:
    """Assess a person's risk from her profile and answers, keep it, and tell the journal.

    Raises
    ------
    ForbiddenError
        For another purpose than to offer more help: it is not kept, and the caller tells it. For
        a protected file of somebody else's, without a ``reason`` to open it.
    UnknownError
        Where there is no such person for whoever asks.
    ConflictError
        Where nothing may be computed about her.
    ModelError
        Where no model of risk is in service.
    """
    check_purpose(purpose)
    who = opened_subject(work, person_id, reason=reason)
    situation = situation_of(who.kept.profile, **who.kept.answers)
    (found,) = service.assess([situation], as_of=as_of)
    stamp = found.model
    whole = to_json(found)
    whole.pop("person_id")
    body = {
        "as_of": str(as_of),
        "purpose": purpose,
        "synthetic": stamp.synthetic,
        "model": whole.pop("model"),
        "notice": service.wording.say("risk_screen.synthetic") if stamp.synthetic else None,
        "calibration_notes": list(calibration_notes(service.risk_calibration, service.wording)),
    }
    new = NewResult(
        kind=ResultKind.RISK, hub=who.hub, as_of=as_of, model=stamp, body=body,
        inputs={
            "person": [who.key.pseudonym, who.version], "as_of": str(as_of),
            # A plain digest of so few answers would be guessed at.
            "situation": who.key.word("inputs", canonical(to_json(situation))),
            "model": stamp_inputs(stamp),
        },
        entries=[(0, who.key, whole)], pseudonym=who.key.pseudonym, stated_purpose=purpose,
    )  # fmt: skip
    result = keep_result(work, computed(new))
    work.tell(
        Act.ASSESS_RISK, "person", who.key.pseudonym, hub=who.hub, result=result.id,
        body=result.body_digest, purpose=purpose, model=stamp.digest,
    )  # fmt: skip
    return result


def check_purpose(purpose: str) -> None:
    """Refuse every purpose but to offer more help.

    Raises
    ------
    ForbiddenError
        Naming the one that is allowed.
    """
    if purpose != OFFER_ACCOMPANIMENT:
        raise ForbiddenError(f"A risk is assessed for the purpose {OFFER_ACCOMPANIMENT!r} only.")
