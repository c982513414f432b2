"""Packing: plain values to bytes and back, for the ledger and for messages between processes.

msgspec checks the types on the way back, so bytes from a foreign hand are an error and never code.
Equal values give equal bytes, so the digest of the bytes names the value.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_encoder = msgspec.msgpack.Encoder(order="deterministic")


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def pack(value: object) -> bytes:
    """The bytes of a value made of dataclasses, tuples, mappings, text, numbers and dates."""
    return _encoder.encode(value)


def to_json(value: object) -> str:
    """Plain values as compact JSON."""
    return msgspec.json.encode(value).decode()


def unpack(kind: type[T], data: bytes) -> T:
    """The value of type `kind` that `data` was packed from; TypeError when there is none."""
    try:
        value: T = _decoder(cast(Hashable, kind)).decode(data)
    except msgspec.DecodeError as error:
        raise TypeError(f"this was packed from no {kind}: {error}") from None
    return value
