"""Requests about proposals, decisions and contests that the OpenAPI document shows."""

from matching.api.hub.examples import one_example

_SOMEBODY = "5b0c5a8e-4d0f-4f6a-9a53-0f5f3c1d2e01"
_VACANCY = "5b0c5a8e-4d0f-4f6a-9a53-0f5f3c1d2e02"
_SHORTLIST = "5b0c5a8e-4d0f-4f6a-9a53-0f5f3c1d2e03"
_DECISION = "5b0c5a8e-4d0f-4f6a-9a53-0f5f3c1d2e04"

NEW_PROPOSAL = one_example(
    "Somebody of a shortlist is asked",
    {"person_id": _SOMEBODY, "vacancy_id": _VACANCY, "result_id": _SHORTLIST},
)
REPLY = one_example("A yes in a talk", {"says": "yes", "way": "spoken", "contact": "telephone"})
COMPANYS_ANSWER = one_example(
    "A qualification is missing", {"answer": "not_suitable", "reason_code": "qualification"}
)
NEW_DECISION = one_example(
    "Passed over, with the reason",
    {
        "person_id": _SOMEBODY,
        "outcome": "not_proposed",
        "result_id": _SHORTLIST,
        "reason_code": "declined",
    },
)
NEW_CONTEST = one_example(
    "A decision, without saying why",
    {"person_id": _SOMEBODY, "kind": "contest", "decision_id": _DECISION},
)
CONTEST_DECISION = one_example(
    "Looked at again, and changed", {"state": "changed", "reason_code": "error_found"}
)
