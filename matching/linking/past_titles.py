"""How near what somebody did is to a job on offer, by the titles of both alone.

A CV tells of jobs by titles that often name no occupation of a taxonomy (*Front End Assistant*).
Compared as titles, see :mod:`.title_similarity`, they still say how near the work is.
"""

from collections.abc import Sequence

import numpy as np

from matching.linking.spaces import Array


def nearness(alike: Array, of_person: Sequence[Sequence[int]]) -> Array:
    """How near each person's past titles are to each title on offer.

    The nearest title counts by half and the mean of all by half: one job of the trade tells most,
    a life in it tells more. Neither the order of the jobs nor their dates count.

    Parameters
    ----------
    alike
        How alike each past title (rows) is to each title on offer (columns).
    of_person
        The rows of each person's titles; a title held twice may be given twice.

    Returns
    -------
    Array
        A row for each person; NaN for a person without titles.
    """
    found = np.full((len(of_person), alike.shape[1]), np.nan, dtype=np.float32)
    for person, rows in enumerate(of_person):
        if rows:
            held = alike[list(rows)]
            found[person] = (held.max(axis=0) + held.mean(axis=0)) / 2
    return found
