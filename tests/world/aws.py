"""Stands in for the command line of AWS: runs its commands by the same descriptions of services."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from botocore import xform_name
from botocore.session import Session


def main(words: Sequence[str]) -> None:
    """Run a command such as `s3api create-bucket --bucket name`, and print the answer as JSON."""
    service, operation, *rest = words
    options = dict(zip(rest[::2], rest[1::2], strict=True))
    endpoint = options.pop("--endpoint-url", os.environ.get("AWS_ENDPOINT_URL"))
    region = os.environ.get("AWS_REGION", "us-east-1")
    client = Session().create_client(
        service.removesuffix("api"), region_name=region, endpoint_url=endpoint
    )
    name = operation.replace("-", "_")
    model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[name])
    members = {
        f"--{xform_name(member, '-')}": (member, shape)
        for member, shape in model.input_shape.members.items()
    }
    given = {
        members[option][0]: _value(members[option][1], text) for option, text in options.items()
    }
    answer = getattr(client, name)(**given)
    print(json.dumps(answer, default=str))


def _value(shape: Any, text: str) -> Any:
    """What a word of the command line stands for."""
    if text.startswith("fileb://"):
        return Path(text.removeprefix("fileb://")).read_bytes()
    if text.startswith("file://"):
        text = Path(text.removeprefix("file://")).read_text("utf-8")
    if shape.type_name != "structure":
        return text
    if text.lstrip().startswith("{"):
        return json.loads(text)
    return dict(pair.split("=", 1) for pair in text.split(","))


if __name__ == "__main__":
    main(sys.argv[1:])
