"""Which model computed a result."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStamp:
    """A model by name, version and content, as every result carries it.

    ``name`` is ``baseline`` or the name in the registry; ``version`` and ``digest`` (SHA-256 of
    its manifest) are None for the baseline, which is code. ``synthetic`` is true where it learnt
    from a synthetic history; ``known_until`` is the last day of what it learnt from.
    """

    name: str
    version: int | None = None
    digest: str | None = None
    synthetic: bool = False
    known_until: date | None = None

    def __str__(self) -> str:
        """Short form: name, version, first eight characters of the digest."""
        if self.version is None:
            return self.name
        return f"{self.name} v{self.version} ({str(self.digest)[:8]})"
