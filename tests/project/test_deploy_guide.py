"""docs/deploy.md, followed to the letter, with servers of this machine in place of those named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.world.command import warm_command
from tests.world.edits import edit
from tests.world.hosting import ask, running
from tests.world.preview import free_port
from tests.world.purges import TOKEN, ZONE, purge_server
from tests.world.services import KEY, SECRET, moto
from tests.world.site import ROOT, World
from tests.world.sshd import ssh_server

GUIDE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
BOX = re.compile(r"^```(sh|python|nginx)\n(.*?)^```$", re.M | re.S)


def boxes(title: str) -> list[tuple[str, str]]:
    """The boxes of a part of the guide: the language and the text of each."""
    part = GUIDE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    return BOX.findall(part)


class Operator:
    """Does what the boxes say, in the folder of a site."""

    def __init__(self, world: World, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.folder = folder
        # What stands in the guide, and what stands for it here.
        self.instead: dict[str, str] = {}
        self.said = ""
        programs = folder / "bin"
        programs.mkdir()
        aws = programs / "aws"
        aws.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tests.world.aws "$@"\n', "utf-8")
        aws.chmod(0o755)
        for name in [name for name in os.environ if name.startswith(("AWS_", "CLOUDFLARE_"))]:
            monkeypatch.delenv(name)
        path = (str(programs), str(Path(sys.executable).parent), os.environ["PATH"])
        monkeypatch.setenv("PATH", os.pathsep.join(path))
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        self._exports = ""

    def type(self, commands: str) -> None:
        self.said = ""
        for command in self.here(commands).splitlines():
            if command.startswith("python -m pip install"):
                extras = re.findall(r"[a-z]+", command.partition("[")[2])
                project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
                assert set(extras) <= project["optional-dependencies"].keys()
                continue
            if command.startswith("export "):
                if "…" not in command:
                    self._exports += f"{command}\n"
                continue
            done = subprocess.run(
                ["sh", "-c", f"{self._exports}{command}"],
                cwd=self.world.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=120,
            )
            self.said += done.stdout
            assert done.returncode == 0, (command, done.stdout)

    def set(self, settings: str) -> None:
        """Write build.py."""
        self.world.write("build.py", self.here(settings))

    def here(self, text: str) -> str:
        for there, here in self.instead.items():
            text = text.replace(there, here)
        return text


@pytest.fixture
def operator(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    folder = tmp_path / "operator"
    folder.mkdir()
    for name in ("Chef", "Baker"):
        world.pivot(name, "Nurse")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    operator = Operator(world, folder, monkeypatch)
    with warm_command(folder / "bin"):
        yield operator


def follow(operator: Operator, title: str) -> None:
    for language, text in boxes(title):
        (operator.type if language == "sh" else operator.set)(text)


def distribution(endpoint: str) -> str:
    """A distribution, which the guide has people make in the console."""
    from botocore.session import Session

    client = Session().create_client("cloudfront", region_name="us-east-1", endpoint_url=endpoint)
    origin = {"Id": "b", "DomainName": "b.s3.amazonaws.com"}
    origin["S3OriginConfig"] = {"OriginAccessIdentity": ""}  # type: ignore[assignment]
    settings = {
        "CallerReference": "1",
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": {"TargetOriginId": "b", "ViewerProtocolPolicy": "https-only"},
        "Comment": "",
        "Enabled": True,
    }
    return str(client.create_distribution(DistributionConfig=settings)["Distribution"]["Id"])


def test_whoever_follows_the_part_about_cloudfront_has_a_site_in_a_bucket(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with moto(operator.folder) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        operator.instead = {
            "E2EXAMPLE51GZ": distribution(endpoint),
            'career-pivots", purge': f'career-pivots", endpoint="{endpoint}", verify=False, purge',
        }
        follow(operator, "On S3 with CloudFront")
        assert "Purged CloudFront: everything" in operator.said
        operator.type("aws s3api head-object --bucket my-career-pivots --key index.html")
        assert "text/html; charset=utf-8" in operator.said


def test_whoever_follows_the_part_about_r2_has_a_site_in_a_bucket(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", TOKEN)
    with moto(operator.folder) as endpoint, purge_server() as purges:
        operator.instead = {
            f"https://{ZONE}.r2.cloudflarestorage.com": endpoint,
            f'Cloudflare("{ZONE}")': f'Cloudflare("{ZONE}", api="{purges.url}")',
            'region="auto",': 'region="auto", verify=False,',
        }
        follow(operator, "On Cloudflare R2")
        assert "Purged Cloudflare: everything" in operator.said
        assert purges.forgotten == ["*"]


def test_whoever_follows_the_part_about_a_server_shows_the_site_there(operator: Operator) -> None:
    place, port = operator.folder / "srv", free_port()
    with ExitStack() as stack:
        keys = operator.folder / "keys"
        keys.mkdir()
        options = stack.enter_context(ssh_server(keys))
        ssh = operator.folder / "bin" / "ssh"
        # The alias that people have in ~/.ssh/config.
        words = " ".join((*options, "-o", "HostName=127.0.0.1"))
        ssh.write_text(f'#!/bin/sh\nexec /usr/bin/ssh {words} "$@"\n', "utf-8")
        ssh.chmod(0o755)
        server = operator.folder / "nginx"
        server.mkdir()
        conf = server / "nginx.conf"
        operator.instead = {
            "/srv/pivots": str(place),
            "listen 80;": f"listen 127.0.0.1:{port};",
            "nginx -s reload": f"nginx -p {server} -c {conf} -e {server}/reload.log -s reload",
        }
        verified = f'url="http://127.0.0.1:{port}", patience=5'
        for language, text in boxes("On a server of your own"):
            if language == "nginx":
                user = "user root;\n" if os.geteuid() == 0 else ""
                conf.write_text(
                    f"{user}daemon off;\npid {server}/nginx.pid;\nerror_log {server}/error.log;\n"
                    f"events {{}}\nhttp {{\naccess_log off;\n{operator.here(text)}}}\n",
                    "utf-8",
                )
                command = ["nginx", "-p", str(server), "-c", str(conf), "-e", f"{server}/start.log"]
                stack.enter_context(running(command, [port], server))
                file = operator.world.folder / "build.py"
                settings = file.read_text("utf-8")
                file.write_text(settings.replace("verify=False", verified), "utf-8")
            else:
                (operator.type if language == "sh" else operator.set)(text)
        assert ask(port, "/").status == 200
        assert ask(port, "/.hosts/nginx/server.conf").status == 404
        edit(operator.world, "content/pivots/chef-to-nurse.md", "Some text.", "Other words.")
        follow(operator, "Each day")
        assert b"Some text." in ask(port, "/pivots/chef-to-nurse/").body


def test_the_table_of_settings_names_every_target_and_every_cache() -> None:
    import pivotgen
    from pivotgen.model.caches import Purge
    from pivotgen.model.targets import Target

    for name in pivotgen.__all__:
        value = getattr(pivotgen, name)
        if isinstance(value, type) and issubclass(value, Target | Purge):
            assert f"| `{name}(" in GUIDE
