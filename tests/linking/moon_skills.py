"""The skills of an invented trade, keeping moons, in English; and sentences that speak of them."""

from matching.domain import ConceptKind
from matching.linking.skill_forms import SkillEntry

POLISH, RAKE, TIDES, TABLES, LUNARIAN, PATIENCE = (
    f"urn:test:{name}" for name in ("polish", "rake", "tides", "tables", "lunarian", "patience")
)

MOON_SKILLS = (
    SkillEntry(uri=POLISH, labels=("polish moons", "keep moons shiny"), essential=2, own=True),
    SkillEntry(uri=RAKE, labels=("rake craters", "crater raking"), essential=1, optional=1),
    SkillEntry(uri=TIDES, labels=("tide theory",), kind=ConceptKind.KNOWLEDGE),
    SkillEntry(
        uri=TABLES, labels=("lunar tables (office software)",), kind=ConceptKind.DIGITAL
    ),
    SkillEntry(uri=LUNARIAN, labels=("Lunarian",), kind=ConceptKind.LANGUAGE),
    SkillEntry(
        uri=PATIENCE, labels=("be patient with comets", "patience"), kind=ConceptKind.TRANSVERSAL
    ),
)  # fmt: skip
