"""An answer: what an address on another site said when it was asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of one question, redirects followed."""

    # HTTP status of the last page; 0 when nothing answered.
    status: int
    # Why nothing answered, in plain words.
    fault: str = ""
    # Where the address has moved for good.
    moved: str = ""
    # Seconds that the host asks us to wait before the next question.
    wait: float | None = None
