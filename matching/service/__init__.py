"""The service that every command and route calls."""

from matching.service.chain import BASELINE, Service
from matching.service.composition import RankerChoice, build, with_models

__all__ = ["BASELINE", "RankerChoice", "Service", "build", "with_models"]
