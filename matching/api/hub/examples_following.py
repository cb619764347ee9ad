"""Requests about referrals, paths, outcomes, households and consents, as the document shows them.

Each can be sent as it stands, where it names nothing that is the reader's own.
"""

from types import MappingProxyType

from matching.api.hub.examples import Examples


def _one(summary: str, value: object) -> Examples:
    return MappingProxyType({"one": {"summary": summary, "value": value}})


NEW_REFERRAL = _one(
    "A parish tells of somebody who agreed",
    {
        "contacts": {"given_name": "Ada", "family_name": "Prova", "telephone": "0341 000000"},
        "source": "parish",
        "agreed_on": "2026-11-20",
        "note": "Meglio chiamare al mattino.",
    },
)
REFERRAL_CHANGE = _one("Somebody spoke with her", {"state": "contacted"})
TAKEN_IN_CHARGE = _one("At a welfare point", {"point": "punto-lecco"})
