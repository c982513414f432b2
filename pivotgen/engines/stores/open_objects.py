"""Open objects: opens a bucket or a container of a target, with the library for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pivotgen.model.deploying import DeployError
from pivotgen.model.targets import S3, Azure

if TYPE_CHECKING:
    from pivotgen.engines.stores.objects import ObjectService

_LIBRARY = "obstore"


def open_objects(target: S3 | Azure) -> ObjectService:
    """The place that a target is. DeployError when the library or a key is not there."""
    try:
        match target:
            case S3():
                from pivotgen.engines.stores.s3 import open_bucket

                return open_bucket(target)
            case Azure():
                from pivotgen.engines.stores.azure import open_container

                return open_container(target)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != _LIBRARY:
            raise
        raise DeployError(
            f"a deploy to {target.place} needs another library",
            "python -m pip install 'pivotgen[deploy]'",
        ) from None
