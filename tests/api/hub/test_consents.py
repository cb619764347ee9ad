from typing import Any

import pytest

from matching.domain.access import Role
from tests.api.hub.agreeing import hers
from tests.api.hub.desk import Desk
from tests.databases import MERATE

STORY = {"purpose": "telling_story", "notice_version": "1"}


def consents_of(desk: Desk, person: str, **options: Any) -> list[dict[str, Any]]:
    answer = desk.get(f"/v1/persons/{person}/consents", **options)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["consents"]
    return found


@pytest.mark.parametrize("by_herself", [True, False])
def test_a_consent_is_withdrawn_as_easily_as_given(desk: Desk, by_herself: bool) -> None:
    person = desk.add_person()
    who = hers(person) if by_herself else {}
    path = f"/v1/persons/{person}/consents"
    made = desk.post(path, STORY, **who)
    assert made.status_code == 201, made.text
    (one,) = consents_of(desk, person, **who)
    assert (one["id"], one["purpose"], one["withdrawn_at"]) == (
        made.json()["id"], "telling_story", None,
    )  # fmt: skip
    assert desk.post(path, STORY, **who).status_code == 409  # it stands
    assert desk.ask("DELETE", f"{path}/telling_story", **who).json() == {"done": True}
    # It stays on record that it stood, and that it does no more.
    (one,) = consents_of(desk, person, **who)
    assert one["withdrawn_at"] is not None
    assert desk.ask("DELETE", f"{path}/telling_story", **who).status_code == 404
    assert desk.post(path, STORY, **who).status_code == 201


def test_each_purpose_stands_for_itself(desk: Desk) -> None:
    person = desk.add_person()
    path = f"/v1/persons/{person}/consents"
    for purpose in ("telling_story", "later_contact"):
        assert desk.post(path, {**STORY, "purpose": purpose}).status_code == 201
    assert desk.ask("DELETE", f"{path}/telling_story").status_code == 200
    standing = [one["purpose"] for one in consents_of(desk, person) if not one["withdrawn_at"]]
    assert standing == ["later_contact"]
    assert desk.ask("DELETE", f"{path}/study_interview").status_code == 404
    assert desk.ask("DELETE", f"{path}/anything").status_code == 422


def test_nobody_consents_to_what_she_was_not_told(desk: Desk) -> None:
    person = desk.add_person(informed=False)
    path = f"/v1/persons/{person}/consents"
    assert desk.post(path, STORY).status_code == 409
    assert desk.post(path, {**STORY, "purpose": "proposals"}).status_code == 422


def test_a_consent_is_between_a_person_and_her_hub(desk: Desk) -> None:
    person, other = desk.add_person(), desk.add_person("Eva")
    path = f"/v1/persons/{person}/consents"
    desk.post(path, STORY)
    for stranger in (hers(other), {"hub": MERATE}):
        assert desk.get(path, **stranger).status_code == 404
        assert desk.post(path, STORY, **stranger).status_code == 404
        assert desk.ask("DELETE", f"{path}/telling_story", **stranger).status_code == 404
    for role in (Role.MACHINE, Role.CORPORATE_MANAGER, Role.PROVIDER, Role.AGENCY):
        assert desk.get(path, role=role).status_code == 403
    assert consents_of(desk, person)[0]["withdrawn_at"] is None
