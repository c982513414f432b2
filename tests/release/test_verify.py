"""After a deploy a few addresses are asked, and a site that readers do not get is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from pivotgen.commands.deploy import DeployOptions, deploy
from pivotgen.engines.ask import Reply
from pivotgen.model.deploying import VerificationError
from pivotgen.model.redirect import Redirect
from pivotgen.model.release import Attributes, Item, Manifest, Release
from pivotgen.model.schedule import Schedule
from pivotgen.model.targets import Folder
from pivotgen.release.verify import Reader, verify
from tests.world.builds import CONFIG
from tests.world.host import serving
from tests.world.site import World

URL = "https://example.com"
HTML = (("Cache-Control", "no-cache"), ("Content-Type", "text/html; charset=utf-8"))
CSS = (("Cache-Control", "public, immutable"), ("Content-Type", "text/css"))


@dataclass
class Web:
    """Answers by address; what is not there is not found."""

    answers: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def ask(self, url: str) -> Reply:
        self.asked.append(url.removeprefix(URL))
        return self.answers.get(url.removeprefix(URL), Reply(404))


FILES = {
    "index.html": (b"home", Attributes(HTML)),
    "a/index.html": (b"page", Attributes(HTML)),
    "assets/s.1.css": (b"style", Attributes(CSS)),
    "old/index.html": (b"moved", Attributes(HTML, redirect=f"{URL}/a/")),
}


def plan() -> Schedule:
    files = {
        path: Item(sha256(data).hexdigest(), len(data), attributes.id)
        for path, (data, attributes) in FILES.items()
    }
    known = {attributes.id: attributes for _, attributes in FILES.values()}
    want = Manifest(files, known)
    return Schedule(release=Release("r"), want=want, steps=(), changed=("a/index.html",))


@pytest.fixture
def web() -> Web:
    """A web on which all is right."""
    names = {"/": "index.html", "/a/": "a/index.html", "/assets/s.1.css": "assets/s.1.css"}
    answers = {
        address: Reply(
            200,
            FILES[path][0],
            {name.lower(): value for name, value in FILES[path][1].headers},
        )
        for address, path in names.items()
    }
    answers["/old/"] = Reply(301, b"", {"location": "/a/"})
    return Web(answers)


def reader(web: Web, **given: Any) -> Reader:
    moments = iter(range(1_000))
    return Reader(
        url=URL,
        ask=web.ask,
        wait=lambda seconds: None,
        patience=3,
        clock=lambda: next(moments),
        **given,
    )


def test_what_is_right_is_asked_once_and_nothing_is_said(web: Web) -> None:
    eye = reader(web)
    verify(plan(), eye)
    assert eye.problems == []
    assert {"/", "/a/", "/assets/s.1.css", "/old/"} <= set(web.asked)


@pytest.mark.parametrize(
    ("address", "reply", "words"),
    [
        (
            "/",
            Reply(200, b"yesterday", {"content-type": "text/html; charset=utf-8"}),
            "has other bytes",
        ),
        ("/a/", Reply(500), "answers 500"),
        ("/a/", Reply(0, fault="Connection refused"), "does not answer: Connection refused"),
        ("/a/", Reply(200, b"page", {"content-type": "text/plain"}), "is sent as text/plain"),
        ("/a/", Reply(200, b"page"), "is sent as nothing"),
        (
            "/old/",
            Reply(301, b"", {"location": "https://b.s3.example/a/"}),
            "leads to https://b.s3",
        ),
        ("/assets/s.1.css", Reply(404), "answers 404"),
    ],
)
def test_what_is_wrong_is_asked_until_patience_ends(
    web: Web, address: str, reply: Reply, words: str
) -> None:
    web.answers[address] = reply
    with pytest.raises(VerificationError, match="readers do not get what was deployed") as error:
        verify(plan(), reader(web))
    assert f"{URL}{address} {words}" in error.value.message
    assert web.asked.count(address) > 1


def test_a_small_page_in_place_of_a_redirect_is_right_too(web: Web) -> None:
    web.answers["/old/"] = Reply(200, b"moved", {"content-type": "text/html; charset=utf-8"})
    verify(plan(), reader(web))


def test_a_servers_own_types_are_right_where_the_target_sends_none(web: Web) -> None:
    web.answers["/a/"] = Reply(200, b"page", {"content-type": "text/html"})
    web.answers["/assets/s.1.css"] = Reply(200, b"style", {"content-type": "text/plain"})
    eye = reader(web, caching=False)
    verify(plan(), eye)
    assert eye.problems == []


@pytest.mark.parametrize(
    ("moves", "answers", "words"),
    [
        ((), {"/_pivotgen/state": Reply(200, b'{"nonce": "1"}')}, "everybody can read"),
        ((Redirect("/was/", "/a/"),), {}, "/was/ answers 404 instead of leading to"),
        (
            (Redirect("/was/", "/a/"),),
            {"/was/": Reply(308, b"", {"location": "/"})},
            "/was/ leads to https://example.com/ instead of",
        ),
        ((), {"/assets/s.1.css": Reply(200, b"style", {"content-type": "text/css"})}, "``"),
    ],
)
def test_what_going_back_would_not_help_is_a_warning(
    web: Web, moves: tuple[Redirect, ...], answers: Mapping[str, Reply], words: str
) -> None:
    web.answers |= answers
    eye = reader(web, moves=moves)
    verify(plan(), eye)
    [problem] = eye.problems
    assert problem.level == "warning"
    assert words in problem.message


def test_an_address_that_does_not_exist_and_answers_all_the_same_is_a_warning() -> None:
    eye = Reader(url=URL, ask=lambda url: Reply(200))
    verify(replace(plan(), want=Manifest(), changed=()), eye)
    assert "an address that does not exist answers 200" in eye.problems[0].message


def test_an_old_address_that_the_host_leads_on_is_right(web: Web) -> None:
    web.answers["/was/"] = Reply(301, b"", {"location": f"{URL}/a/"})
    eye = reader(web, moves=(Redirect("/lost/", None), Redirect("/was/", "/a/")))
    verify(plan(), eye)
    assert eye.problems == []


class _Shown(BaseHTTPRequestHandler):
    """Serves a folder; or what it last showed, while it is stuck."""

    def __init__(
        self, *words: Any, folder: Path, stuck: list[dict[str, bytes]], **more: Any
    ) -> None:
        self._folder, self._stuck = folder, stuck
        super().__init__(*words, **more)

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        path = f"{path}index.html" if not path or path.endswith("/") else path
        if self._stuck:
            data = self._stuck[0].get(path)
        else:
            file = self._folder / path
            data = file.read_bytes() if file.is_file() else None
        self.send_response(404 if data is None else 200)
        self.send_header("Content-Type", "text/html" if path.endswith(".html") else "text/plain")
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def shown(world: World, tmp_path: Path) -> Iterator[tuple[World, Folder, list[dict[str, bytes]]]]:
    """A site, the folder that it is deployed to, and what its server is stuck with."""
    world.pivot("Chef", "Nurse")
    stuck: list[dict[str, bytes]] = []
    place = tmp_path / "www"
    with serving(partial(_Shown, folder=place / "public", stuck=stuck)) as port:
        yield world, Folder(str(place), url=f"http://127.0.0.1:{port}", patience=0), stuck


def test_a_release_that_readers_do_not_get_is_taken_back_over_http(
    shown: tuple[World, Folder, list[dict[str, bytes]]],
) -> None:
    world, target, stuck = shown
    config = replace(CONFIG, targets={"here": target})
    first = deploy(world.folder, config)
    assert first.problems == ()
    place = Path(target.path) / "public"
    before = {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file()
    }
    stuck.append(before)
    world.pivot("Baker", "Nurse")
    report = deploy(world.folder, config)
    [problem] = report.problems
    assert problem.code == "not-as-deployed"
    assert f"the release before it, {first.release}, was brought back" in problem.message
    pages = {path for path in before if path.endswith(".html")}
    left = {path.relative_to(place).as_posix() for path in place.rglob("*.html")}
    assert left == pages
    assert all((place / path).read_bytes() == before[path] for path in before)
    stuck.clear()
    assert deploy(world.folder, config, DeployOptions()).problems == ()
    assert (place / "pivots/baker-to-nurse/index.html").is_file()
