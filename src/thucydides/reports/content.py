"""What a reader gets out of a document: its text and whatever the document says of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Text and metadata as the document gives them, nothing looked up or guessed."""

    text: str
    id: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    source: str | None = None
    host: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()

    def noting(self, *notes: str) -> Content:
        """The same with notes for the reader of the report."""
        return replace(self, notes=(*self.notes, *notes)) if notes else self
