"""Requests about referrals, paths, outcomes, households and consents, as the document shows them.

Each can be sent as it stands, where it names nothing that is the reader's own.
"""

from matching.api.hub.examples import one_example

NEW_REFERRAL = one_example(
    "A parish tells of somebody who agreed",
    {
        "contacts": {"given_name": "Ada", "family_name": "Prova", "telephone": "0341 000000"},
        "source": "parish",
        "agreed_on": "2026-11-20",
        "note": "Meglio chiamare al mattino.",
    },
)
REFERRAL_CHANGE = one_example("Somebody spoke with her", {"state": "contacted"})
TAKEN_IN_CHARGE = one_example("At a welfare point", {"point": "punto-1"})
NEW_PATH = one_example("A path without a step yet; or name a plan that was proposed", {})
NEW_STEP = one_example(
    "Something of one's own", {"title": "Parlare con il medico di base degli orari"}
)
STEP_CHANGE = one_example(
    "A step that is not taken now, in her own words",
    {"state": "dropped", "reason": "not_now", "own_words": "Prima finisco il trasloco."},
)
SESSION = one_example("She was there", {"held_on": "2026-11-20", "attendance": "present"})
PATH_CHANGE = one_example("The paper was signed", {"signed": True})
PATH_CONTEST = one_example(
    "About the whole path", {"own_words": "Vorrei cominciare dal corso di lingua."}
)
NEW_CONSENT = one_example(
    "To be called later on", {"purpose": "later_contact", "notice_version": "1"}
)
NEW_OUTCOME = one_example(
    "A course that was gone through",
    {
        "person_id": "00000000-0000-4000-8000-000000000000",
        "kind": "course_completed",
        "happened_on": "2026-11-20",
    },
)
NEW_HOUSEHOLD = one_example(
    "A rented home, a partner who is not on file, a child",
    {
        "person_id": "00000000-0000-4000-8000-000000000000",
        "tenure": "rented",
        "rent_eur": 450,
        "isee_eur": 9000,
        "herself": {"birth": "1971-04-02", "work": {"out_of_work": "yes"}},
        "others": [{"relation": "partner"}, {"relation": "child", "birth": "2015-06-30"}],
    },
)
HOUSEHOLD_CHANGE = one_example(
    "Another rent; the ISEE is no longer known", {"rent_eur": 480, "isee_eur": None}
)
NEW_MEMBER = one_example("A child was born", {"relation": "child", "birth": "2026-10-01"})
MEMBER_CHANGE = one_example("A job began", {"work": {"out_of_work": "no"}})
