"""A few rules made up here over a small lexicon, to be worked by hand."""

from datetime import date
from pathlib import Path

from matching.domain import ConceptKind
from matching.ranking.rules import Rules, load_rules
from matching.taxonomy import Taxonomy
from tests.factories import a_skill, a_taxonomy, an_occupation

AS_OF = date(2026, 11, 28)

_CODES = ("AM", "A", "B", "BE", "C1", "C", "CE", "D1", "D", "DE", "CQC-M", "CQC-P")
_LICENCES = [
    a_skill(f"licence-{code}", kind=ConceptKind.LICENCE, code=code, labels=(f"patente {code}",))
    for code in _CODES
]
_CERTIFICATES = [
    a_skill(slug, kind=ConceptKind.CERTIFICATE, labels=(f"attestato {slug}",))
    for slug in ("taxi-card", "lift-permit", "care-title", "care-title-plus")
]
_JOBS = [
    an_occupation(slug, "8322")
    for slug in ("lorry-driver", "tipper-driver", "courier", "taxi-driver", "lift-driver", "carer")
]
TAXONOMY = a_taxonomy([*_LICENCES, *_CERTIFICATES, a_skill("packing")], _JOBS)

_COMMON = """law = "Legge di prova"
source = "prova"
verified = true
valid_from = 2020-01-01
"""
RULES = f"""checked = 2026-01-01

[[rule]]
id = "lorry_licence"
{_COMMON}occupations = ["lorry-driver"]
perhaps = ["tipper-driver"]
licences = ["C1", "C", "CE"]
state_when_missing = "not_met"

[[rule]]
id = "goods_driver_card"
{_COMMON}perhaps = ["lorry-driver"]
licences = ["CQC-M"]
state_when_missing = "not_met"

[[rule]]
id = "car_licence"
{_COMMON}perhaps = ["courier"]
licences = ["B"]
only_for_jobs = true
state_when_missing = "not_met"

[[rule]]
id = "hire_driver_certificate"
{_COMMON}occupations = ["taxi-driver"]
certificates = ["taxi-card"]
presupposes = ["B"]
state_when_missing = "not_met"

[[rule]]
id = "forklift"
{_COMMON}occupations = ["lift-driver"]
certificates = ["lift-permit"]
presupposes = ["B"]
state_when_missing = "to_check"

[[rule]]
id = "care_worker"
law = "Norma regionale"
source = "prova"
verified = false
valid_from = 2020-01-01
valid_to = 2026-12-31
occupations = ["carer"]
certificates = ["care-title"]
met_by = ["care-title-plus"]
state_when_missing = "not_met"
"""


def some_rules(folder: Path, text: str = RULES, taxonomy: Taxonomy = TAXONOMY) -> Rules:
    """Rules written in a folder, read as the product reads them."""
    (folder / "eligibility.toml").write_text(text, "utf-8")
    return load_rules(folder, taxonomy)
