"""`python -m benchmarks.deploys`: what a deploy of a large site to a store costs whoever deploys.

The store is SeaweedFS on this machine, so only the client's CPU, memory and bytes are told.
docs/benchmarks-deploy.json keeps the last figures, and docs/benchmarks.md shows them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.corpus import ROOT, write_corpus
from benchmarks.page import results_page
from benchmarks.parts import read_parts

PIVOTS = 10_000
# The file with the figures, beside the page.
FILE = "benchmarks-deploy.json"
# What is promised: seconds of CPU, megabytes of memory, megabytes sent.
PROMISES = {"first": (16.0, 150.0, None), "three pages": (3.0, None, 2.0)}
SETTINGS = """\
from pivotgen import Config, S3, main

config = Config(
    name="Benchmark",
    base_url="https://example.com",
    targets={{"production": S3("bench", endpoint="{endpoint}", verify=False)}},
)
if __name__ == "__main__":
    main(config)
"""


@dataclass(frozen=True, slots=True)
class Deploy:
    """What one deploy cost: bytes sent, seconds of CPU, and megabytes of memory."""

    name: str
    files: int
    sent: int
    cpu: float
    memory: float


def main() -> int:
    """Measure, write the page, and return 1 where a promise is missed."""
    from tests.world.services import KEY, SECRET, seaweedfs

    os.environ |= {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    with tempfile.TemporaryDirectory(prefix="pivotgen-deploys-") as name:
        folder = Path(name)
        store, site = folder / "store", folder / "site"
        store.mkdir()
        write_corpus(site, PIVOTS)
        with seaweedfs(store) as endpoint:
            (site / "build.py").write_text(SETTINGS.format(endpoint=endpoint), "utf-8")
            _build(site)
            deploys = [_measure(site, "first"), _measure(site, "nothing changed")]
            for file in sorted((site / "content/pivots").glob("*.md"))[:3]:
                file.write_text(file.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
            deploys.append(_measure(site, "three pages"))
    _write(deploys, ROOT / "docs")
    print("\n".join(section(ROOT / "docs")))
    return 0 if all(map(_is_kept, deploys)) else 1


def section(out: Path) -> list[str]:
    """The last figures as lines of Markdown; none where there are none."""
    file = out / FILE
    if not file.is_file():
        return []
    deploys = [Deploy(**row) for row in json.loads(file.read_text("utf-8"))]
    return [
        "## Deploying",
        "",
        "The built site to SeaweedFS on the same machine (`python -m benchmarks.deploys`). CPU and "
        "memory are those of `pivotgen deploy`, which builds first.",
        "",
        "| deploy | files | sent | CPU | memory | must |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
        *(
            f"| {each.name} | {each.files:,} | {each.sent / 1e6:.1f} MB | {each.cpu:.1f} s "
            f"| {each.memory:.0f} MB | {_promise(each)} |"
            for each in deploys
        ),
        "",
    ]


def _build(site: Path) -> None:
    words = [sys.executable, "-m", "pivotgen", "--site", str(site), "build"]
    subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def _measure(site: Path, name: str) -> Deploy:
    """Deploy the site in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pivotgen", "--site", str(site), "deploy", "--json"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout
    report = json.loads(process.stdout.read())
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, report["problems"]
    cpu, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6
    return Deploy(name, report["files"], report["sent"], round(cpu, 2), round(memory, 1))


def _promise(deploy: Deploy) -> str:
    """What is promised of a deploy, and whether it is kept."""
    cpu, memory, sent = PROMISES.get(deploy.name, (None, None, None))
    bounds = ((cpu, "s"), (memory, "MB"), (sent, "MB sent"))
    words = ", ".join(f"{bound:.0f} {unit}" for bound, unit in bounds if bound is not None)
    return f"{words}: {'kept' if _is_kept(deploy) else 'missed'}" if words else ""


def _is_kept(deploy: Deploy) -> bool:
    """Whether a deploy costs no more than is promised."""
    cpu, memory, sent = PROMISES.get(deploy.name, (None, None, None))
    measured = ((deploy.cpu, cpu), (deploy.memory, memory), (deploy.sent / 1e6, sent))
    return all(bound is None or value <= bound for value, bound in measured)


def _write(deploys: list[Deploy], out: Path) -> None:
    """Keep the figures, and write the page that shows them."""
    rows = json.dumps([asdict(each) for each in deploys], indent=1)
    (out / FILE).write_text(f"{rows}\n", "utf-8")
    from benchmarks.clusters import section as cluster_section

    lines = [*section(out), *cluster_section(out)]
    page = results_page(read_parts(out / "benchmarks.json"), "benchmarks.svg", lines)
    (out / "benchmarks.md").write_text(page, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
