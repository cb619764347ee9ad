"""Referrals, hand-overs, appointments and contacts: what happened, when, and who says so.

Pure state machines: each step answers a new value or refuses, saying what, which value and what to
do.
"""

from matching.accompaniment.referrals.contacts import (
    book,
    cancelled,
    contacted,
    held,
    moved,
    not_held,
)
from matching.accompaniment.referrals.handing import close, hand_over, plan_hand_over, withdraw_plan
from matching.accompaniment.referrals.life import (
    NEXT,
    advance,
    receive,
    referrer_view,
    withdraw,
)
from matching.accompaniment.referrals.lines import (
    read_lines,
    referral_lines,
    write_lines,
)

__all__ = [
    "NEXT",
    "advance",
    "book",
    "cancelled",
    "close",
    "contacted",
    "hand_over",
    "held",
    "moved",
    "not_held",
    "plan_hand_over",
    "read_lines",
    "receive",
    "referral_lines",
    "referrer_view",
    "withdraw",
    "withdraw_plan",
    "write_lines",
]
