"""Priority of accompaniment: bands by what a hub can carry, reassessment, the worklist.

All of it adds help: nothing that offers services, vacancies or plans reads it.
"""

from matching.priority.bands import band, priority, thresholds
from matching.priority.reassessment import due, expires, latest, since
from matching.priority.worklist import worklist

__all__ = ["band", "due", "expires", "latest", "priority", "since", "thresholds", "worklist"]
