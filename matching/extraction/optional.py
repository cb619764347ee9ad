"""Importance by place in a document."""

from bisect import bisect_right

from matching.domain import DocumentKind, Importance
from matching.extraction.importance import importance_at, optional_scopes
from matching.extraction.mentions import Reading


class OptionalScopes:
    """Importance of what stands at a place of a vacancy; None everywhere in a CV."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._starts = [segment.start for segment in reading.segments]
        self._scopes: dict[int, list[tuple[int, int]]] = {}

    def at(self, place: int) -> Importance | None:
        """The importance at a character position of the document."""
        reading = self._reading
        if reading.kind is DocumentKind.CV:
            return None
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= reading.segments[number].end:
            return Importance.ESSENTIAL
        segment = reading.segments[number]
        if number not in self._scopes:
            words = reading.flat[segment.start : segment.end]
            self._scopes[number] = optional_scopes(words)
        return importance_at(place - segment.start, segment.section, self._scopes[number])
