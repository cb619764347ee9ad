"""What the service is wired from, with an imported taxonomy and without."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching.domain import DocumentKind
from matching.models.package import pack_risk
from matching.models.registry import Registry
from matching.models.risk import DiscreteHazard
from matching.service import RankerChoice, Service, build
from matching.service.composition import risk_model
from matching.settings import Settings, read_settings
from matching.taxonomy.esco import import_archives, open_imported
from tests.models.packages import CARD, PASSED, people
from tests.taxonomy.archives import KEEPER, POLISH, a_release

DAY = date(2026, 11, 22)
IN_ENGLISH = """Mary Example
Moon keeper, Sky Ltd, 2015 - 2018
I polish moons and I prepare the work of the team for the whole week. Order picking, driving.
"""
IN_ITALIAN = "Magazziniera dal 2015 al 2020: guida del muletto, inventario. Patente B."
ASKED = "Cerchiamo magazziniera con patentino del muletto per inventario e ordini."


@pytest.fixture
def settings(shared_cache: Path, tmp_path: Path, read_before: None) -> Settings:
    """A home without import, the index already made."""
    shutil.copytree(shared_cache, tmp_path / "home" / "cache")
    return read_settings(home=tmp_path / "home")


def made(settings: Settings) -> Service:
    return build(settings, ranker=RankerChoice.BASELINE)


def test_an_import_in_the_home_is_read_by(
    settings: Settings, service: Service, tmp_path: Path
) -> None:
    import_archives(a_release(tmp_path), settings.home / "taxonomy")
    with_import = made(settings)
    before = service.extract(IN_ENGLISH, kind=DocumentKind.CV, as_of=DAY)
    found = with_import.extract(IN_ENGLISH, kind=DocumentKind.CV, as_of=DAY)
    assert {skill.uri for skill in found.skills} - {skill.uri for skill in before.skills} == {
        POLISH
    }
    assert [job.uri for job in found.occupations] == [KEEPER]
    assert found.occupations[0].label == "moon keeper"
    with_import.readers.close()


def test_with_an_import_people_and_vacancies_are_ranked_as_without_it(
    settings: Settings, service: Service, tmp_path: Path
) -> None:
    import_archives(a_release(tmp_path), settings.home / "taxonomy")
    with_import = made(settings)
    answers = []
    for one in (service, with_import):
        people = [one.person("p1", IN_ITALIAN, as_of=DAY), one.person("p2", "Cuoca", as_of=DAY)]
        answers.append(one.scores([one.vacancy("v", ASKED, as_of=DAY)], people))
    assert answers[0].equals(answers[1])
    abroad = with_import.person("p3", IN_ENGLISH, as_of=DAY)
    vacancy = with_import.vacancy("v", f"{IN_ENGLISH}\nThe work is in Lecco.", as_of=DAY)
    shortlist = with_import.shortlist(vacancy, [abroad], as_of=DAY)
    assert [match.person_id for match in shortlist.matches] == ["p3"]
    with_import.readers.close()


def test_another_folder_of_imports_can_be_named(settings: Settings, tmp_path: Path) -> None:
    import_archives(a_release(tmp_path), tmp_path / "elsewhere")
    other = made(settings.model_copy(update={"taxonomy_dir": tmp_path / "elsewhere"}))
    assert other.taxonomy.concepts[KEEPER].label() == "moon keeper"
    other.readers.close()


def test_without_an_import_there_is_the_lexicon_alone(settings: Settings, service: Service) -> None:
    alone = made(settings)
    assert alone.taxonomy.digest == service.taxonomy.digest
    assert KEEPER not in alone.taxonomy.concepts
    assert alone.extractor.tongues == {}
    assert alone.problems == ()
    alone.readers.close()


def test_a_damaged_import_is_said_and_the_lexicon_serves(
    settings: Settings, tmp_path: Path
) -> None:
    import_archives(a_release(tmp_path), settings.home / "taxonomy")
    (open_imported(settings.home / "taxonomy").folder / "uris.bin").write_bytes(b"")
    damaged = made(settings)
    assert "uris.bin has 0 bytes" in damaged.problems[0]
    assert "read by the lexicon alone" in damaged.problems[0]
    assert KEEPER not in damaged.taxonomy.concepts
    damaged.readers.close()


def test_a_risk_model_that_reads_the_age_serves_only_where_the_policy_lets_it_in(
    service: Service, settings: Settings
) -> None:
    aged = people(40).assign(age=np.linspace(20.0, 60.0, 40))
    months = pd.DataFrame({"months": [1, 2, 3, 5] * 10})
    seen = months.assign(event=["work", "inactive", "work", "censored"] * 10)
    model = DiscreteHazard(months=12, steps=[3], allowed=("age",)).fit(aged, seen)
    registry = Registry(settings.home)
    registry.register(pack_risk(model, aged[:6], CARD), parameters={}, metrics={}, gate=PASSED)
    registry.promote("risk", by="Ada", on=DAY)
    policy = service.territory.policy
    assert policy.risk.age is False
    kept_out = risk_model(settings.home, service.territory)
    assert kept_out.model is None
    assert "keeps out" in kept_out.problems[0]
    lets_in = replace(policy, risk=replace(policy.risk, age=True))
    served = risk_model(settings.home, replace(service.territory, policy=lets_in))
    assert served.problems == ()
    assert served.model is not None
