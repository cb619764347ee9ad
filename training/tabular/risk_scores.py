"""How well risks tell people apart, for all of them together."""

import numpy as np
from scipy.stats import rankdata

from training.tabular.intervals import Interval, area, auc
from training.tabular.scored import Scored


def area_of(people: Scored) -> Interval:
    """Area under the ROC curve of those whose outcome was seen, with its 95% interval."""
    ranks = np.asarray(rankdata(people.risk, method="dense"), dtype=np.int64) - 1
    return auc(area(ranks, np.nan_to_num(people.bad), people.weight))
