"""The age as a covariate of the risk, where a territory's policy lets it in; nowhere else.

It is no part of a situation and has no direction: it comes beside the situations, by person, and
only for a model that reads it.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from matching.errors import InputError
from matching.features.situation import SituationColumn

AGE = SituationColumn(
    name="age",
    direction=0,
    label="situation.age",
    question="ask_risk.age",
    changeable=False,
    allowed=(14, 110),
)


def with_age(frame: pd.DataFrame, ages: Mapping[str, int]) -> pd.DataFrame:
    """A frame of situations with the age of each person, NaN where it is not known.

    Parameters
    ----------
    frame
        Indexed by person, as :func:`matching.features.situation.situation_features` makes it.
    ages
        In whole years, by person.

    Raises
    ------
    InputError
        For an age that cannot be, with the person.
    """
    least, most = AGE.allowed or (0, 0)
    for person in frame.index:
        age = ages.get(str(person))
        if age is not None and (type(age) is not int or not least <= age <= most):
            raise InputError(
                f"Person {str(person)!r}: the age is no whole number from {least:g} to {most:g}; "
                "correct it, or leave it out where it is not known."
            )
    values = [float(ages.get(str(person), np.nan)) for person in frame.index]
    return frame.assign(**{AGE.name: np.array(values, dtype=float)})
