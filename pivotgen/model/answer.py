"""Answer: what an address on another site returned when it was requested."""

from __future__ import annotations

from pivotgen.model.lazy_dataclass import dataclass

# The fault of an address on this machine or in a private network, which was not asked.
PRIVATE = "it is on this machine or in a private network"


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one request, after its redirects were followed."""

    # HTTP status of the last response; 0 when there was none.
    status: int
    # Why there was no response, in plain words.
    fault: str = ""
    # The new address, if the old one has moved permanently.
    moved: str = ""
    # Seconds that the host asks us to wait before the next request.
    wait: float | None = None
