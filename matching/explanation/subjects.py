"""Which features each sentence speaks of, so that what no sentence speaks of can be said too."""

from collections.abc import Mapping
from types import MappingProxyType

_CV_SKILLS = ("skills_essential", "skills_related")
_TRADE_SKILLS = ("skills_trade", "skills_related")
_EXPERIENCE = ("experience_proximity", "experience_months")
_PUBLIC = ("reach_minutes", "reach_stated", "reach_public", "reach_km")
_LICENCE = ("reach_licence", "reach_vehicle")
_HOURS = ("availability_hours", "availability_weekly")

SUBJECTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "skills_held": _CV_SKILLS,
        "skills_none": _CV_SKILLS,
        "skills_worked": ("skills_essential", "skills_optional", "skills_related"),
        "skills_optional": ("skills_optional",),
        "skills_trade": _TRADE_SKILLS,
        "skills_trade_none": _TRADE_SKILLS,
        "skills_related": ("skills_related",),
        "skills_words": ("skills_words",),
        "experience_same": _EXPERIENCE,
        "experience_near": _EXPERIENCE,
        "experience_far": _EXPERIENCE,
        "experience_required_met": ("experience_required",),
        "experience_required_near": ("experience_required",),
        "experience_required_short": ("experience_required",),
        "experience_required_none": ("experience_required",),
        "education_met": ("education_level",),
        "education_short": ("education_level",),
        "education_certified": ("education_certified",),
        "education_uncertified": ("education_certified",),
        "reach_car": ("reach_minutes", "reach_stated", "reach_km"),
        "reach_public": _PUBLIC,
        "reach_timetable": _PUBLIC,
        "reach_licence_met": _LICENCE,
        "reach_licence_vehicle": _LICENCE,
        "reach_licence_short": _LICENCE,
        "aspirations_same": ("aspirations_proximity",),
        "aspirations_near": ("aspirations_proximity",),
        "aspirations_far": ("aspirations_proximity",),
        "availability_hours_met": _HOURS,
        "availability_hours_short": _HOURS,
        "availability_weekly_met": ("availability_weekly",),
        "availability_weekly_short": ("availability_weekly",),
        "availability_shifts_met": ("availability_shifts",),
        "availability_shifts_short": ("availability_shifts",),
        "availability_contract_met": ("availability_contract",),
        "availability_contract_short": ("availability_contract",),
        "availability_start_met": ("availability_start",),
        "availability_start_short": ("availability_start",),
        "languages_met": ("languages",),
        "languages_unsaid": ("languages",),
        "languages_short": ("languages",),
        "languages_absent": ("languages",),
    }
)
"""Columns of the catalog by wording key, without its ``reason.``.

Of a sentence's columns at least one is asked and known wherever it is said.
"""
