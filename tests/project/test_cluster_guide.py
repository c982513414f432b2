"""The files of docs/cluster.md, put to the schemas of those who read them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from pivotgen.cli.build import command
from tests.world.site import ROOT

GUIDE = (ROOT / "docs/cluster.md").read_text("utf-8")
BIN = Path(sys.executable).parent
FILES = dict(re.findall(r"^```\w+ ([\w.]+)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL))
KUBERNETES: list[dict[str, Any]] = list(yaml.safe_load_all(FILES["kubernetes.yaml"]))
COMPOSE: dict[str, Any] = yaml.safe_load(FILES["compose.yaml"])


def test_the_compose_file_is_one(tmp_path: Path) -> None:
    file = tmp_path / "compose.yaml"
    file.write_text(FILES["compose.yaml"], "utf-8")
    lint = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(file)]
    result = subprocess.run(lint, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("resource", KUBERNETES, ids=lambda each: each["kind"])
@pytest.mark.parametrize("version", ["1.31", "1.37"])
def test_every_resource_is_one_of_kubernetes(resource: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(resource, version, strict=True)


def test_services_and_policies_name_pods_that_there_are() -> None:
    labels = {
        each["spec"]["template"]["metadata"]["labels"]["app"]
        for each in KUBERNETES
        if each["kind"] == "Deployment"
    }
    for each in KUBERNETES:
        if each["kind"] == "Deployment":
            assert each["spec"]["selector"]["matchLabels"]["app"] in labels
        if each["kind"] == "Service":
            assert each["spec"]["selector"]["app"] in labels
    [policy] = [each for each in KUBERNETES if each["kind"] == "NetworkPolicy"]
    [rule] = policy["spec"]["podSelector"]["matchExpressions"]
    assert set(rule["values"]) == labels


def commands() -> dict[str, list[str]]:
    """Every command of Dask's programs in the guide, by the line it stands in."""
    given = [service["command"].split() for service in COMPOSE["services"].values()]
    given += [
        container["args"]
        for each in KUBERNETES
        if each["kind"] == "Deployment"
        for container in each["spec"]["template"]["spec"]["containers"]
    ]
    given += [line.rstrip(" &").split() for line in GUIDE.splitlines() if line.startswith("dask ")]
    return {" ".join(words): words for words in given}


@pytest.mark.parametrize("words", commands().values(), ids=lambda words: " ".join(words)[:40])
def test_the_programs_know_their_options(words: list[str]) -> None:
    from distributed.cli import dask_scheduler, dask_worker

    program = {"scheduler": dask_scheduler, "worker": dask_worker}[words[1]].main
    known = {option for each in program.params for option in (*each.opts, *each.secondary_opts)}
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert options <= known
    # What is not for this machine alone is encrypted.
    if "tcp://127.0.0.1:8786" not in words and "127.0.0.1" not in words:
        assert {"--tls-ca-file", "--tls-cert", "--tls-key"} <= options


def test_builds_of_the_guide_have_options_that_there_are() -> None:
    known = {option for each in command.params for option in each.opts}
    lines = [line for line in GUIDE.splitlines() if line.startswith("pivotgen build")]
    assert lines
    for line in lines:
        assert {word for word in line.split() if word.startswith("--")} <= known
