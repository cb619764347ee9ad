from pathlib import Path

import pandas as pd
import pytest

from training.tabular.columns import typed
from training.tabular.kinds import infer
from training.tabular.protected import named_protected, protected
from training.tabular.reading import RawTable, raw_of, read_table


def looked(raw: RawTable, **options: list[str]) -> dict[str, str]:
    columns = infer(raw)
    return protected(typed(raw, columns), columns, **options)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Sesso", "sex"),
        ("gender_code", "sex"),
        ("isFemale", "sex"),
        ("Età al 31/12", "age"),
        ("ETA", "age"),
        ("agelt35", "age"),
        ("age_minus_50", "age"),
        ("AGEP", "age"),
        ("DataNascita", "birth"),
        ("birth year", "birth"),
        ("place_birth", "birth"),
        ("birthplace", "origin"),
        ("CITTADINANZA", "origin"),
        ("nazionalità", "origin"),
        ("straniera", "origin"),
        ("ethnic_group", "origin"),
        ("RAC1P", "origin"),
        ("stato civile", "marital status"),
        ("marrstatus", "marital status"),
        ("religione", "religion or belief"),
        ("catholic", "religion or belief"),
        ("union_member", "union"),
        ("iscritto sindacato", "union"),
        ("disabilità", "health or disability"),
        ("invalidità civile", "health or disability"),
        ("L.68/99", "health or disability"),
        ("stato di salute", "health or disability"),
        ("gravidanza", "pregnancy or parenthood"),
        ("condanne", "criminal record"),
        ("codice fiscale", "name or tax code"),
    ],
)
def test_a_name_tells_what_it_protects(name: str, what: str) -> None:
    assert named_protected(name) == what


@pytest.mark.parametrize(
    "name",
    [
        "wage", "agency", "language", "stage", "image", "percentage", "management", "white1",
        "whitecollar", "italian_level", "livello italiano", "months_since_last_job", "weekly_hours",
        "mesi", "patente", "Mar.95", "nativo_digitale_corso", "metà", "seta", "numero figli",
        "comune", "asilo nido", "orientamento professionale", "mandato", "traces", "embrace",
    ],
)  # fmt: skip
def test_other_names_are_left_alone(name: str) -> None:
    assert named_protected(name) is None


def test_values_tell_where_the_name_does_not() -> None:
    raw = raw_of(
        pd.DataFrame(
            {
                "c1": ["M", "F", ""] * 4,
                "c2": ["Italiana", "straniera", "UE"] * 4,
                "c3": ["celibe", "coniugato", "vedova"] * 4,
                "c4": ["F", "G", "M"] * 4,
                "c5": ["F", "", "F"] * 4,
            }
        )
    )
    assert looked(raw) == {"c1": "sex", "c2": "origin", "c3": "marital status"}


def test_a_declared_column_is_protected_whatever_its_name() -> None:
    raw = raw_of(pd.DataFrame({"gruppo": [1, 2], "x": [3, 4]}))
    assert looked(raw, declared=["gruppo"]) == {"gruppo": "declared"}


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("risk-sicily-twa/sicily_twa.csv", "age italy male single"),
        (
            "risk-pennsylvania-bonus/penn_jae.csv",
            "female black hispanic othrace agelt35 agegt54",
        ),
        ("risk-austria-ubduration/austria_ubduration.csv", "age age_minus_50 marrstatus foreign"),
        ("risk-usa-unempdur/UnempDur.csv", "age"),
        ("risk-jobs2/jobs2.csv", "sex age marital nonwhite"),
        ("risk-mvad-northern-ireland/mvad.csv", "male catholic"),
        (
            "risk-acs-lowincome/acs_lowincome_60k.csv.gz",
            "RAC1P DEAR SEX DEYE AGEP DIS ANC NATIVITY FER DREM MAR CIT",
        ),
    ],
)
def test_in_real_tables_the_protected_columns_are_seen_and_no_others(
    shared: Path, path: str, names: str
) -> None:
    assert {*looked(read_table(shared / "data" / path))} == {*names.split()}
