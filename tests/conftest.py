"""Fixtures: a small site, an editor, the real site on a real web server, and a real browser."""

from __future__ import annotations

import compileall
import gc
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.world.absent import lacking
from tests.world.accessibility import Axe
from tests.world.editor import EVERY_CAPABILITY, Editor
from tests.world.once import once
from tests.world.site import ROOT, World
from tests.world.theme_analysis import remember_analyses
from tests.world.waiting import PATIENCE

# Playwright takes long to import, so only a test that asks for a browser pays for it.
if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


# Features of Chromium that no test needs. The popups of its address bar, which a window loads when
# it is made, take longer than most tests. The others are those that Playwright switches off, for
# only the last such list counts.
SWITCHED_OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "LensOverlay", "MediaRouter"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "ThirdPartyStoragePartitioning"),
    *("NetworkTimeServiceQuerying", "OptimizationHints", "PreconnectToSearch"),
)
# Whether the test files that were asked for import a browser's library before a test needs it.
IMPORTS_PLAYWRIGHT = pytest.StashKey[bool]()
# Whether Python is told to keep nothing that it compiles.
KEEPS_NOTHING = pytest.StashKey[bool]()


# Files that take longest in a run of all tests, and rooms of them. They come first, because at the
# end of a run nobody helps the process that has the last long one.
LONG = (
    "project/test_recipes.py",
    "cluster",
    "site/test_other_checkers.py",
    "languages/test_in_a_browser.py",
    "site/test_browser.py",
    "project",
    "site",
    "release",
    "finder",
    "trust",
)


def pytest_configure(config: pytest.Config) -> None:
    """Have Python compile the program and the tests once, and not in each of a thousand processes,
    also where it is told to keep nothing that it compiles.

    What tests themselves write and import is compiled as it is told: two texts of one second may
    look the same to it.
    """
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(str(ROOT / "pivotgen"), quiet=2)
    config.stash[KEEPS_NOTHING] = sys.dont_write_bytecode
    sys.dont_write_bytecode = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = [ROOT / "tests" / name for name in LONG]

    def turn(item: pytest.Item) -> int:
        above = (item.path, *item.path.parents)
        return next((n for n, place in enumerate(places) if place in above), len(places))

    items.sort(key=turn)


def pytest_collection_finish(session: pytest.Session) -> None:
    # What thousands of tests are made of stays to the end, so looking for garbage in it is vain.
    gc.freeze()
    session.config.stash[IMPORTS_PLAYWRIGHT] = "playwright" in sys.modules
    sys.dont_write_bytecode = session.config.stash[KEEPS_NOTHING]


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> Iterator[None]:
    """Programs that tests start can be interrupted, also where a shell in the background runs the
    tests: it ignores the signal, and every program started from it would inherit that."""
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, earlier)


@pytest.fixture(scope="session", autouse=True)
def this_checkout() -> Iterator[None]:
    """Programs that tests start use the pivotgen of this checkout from every folder, whichever one
    is installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        yield


@pytest.fixture(scope="session", autouse=True)
def theme_analysis() -> None:
    """Builds in this process work out the theme's layouts once."""
    remember_analyses()


@pytest.fixture(scope="session", autouse=True)
def own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Builds of tests seal what they remember with a key of the tests, and not with the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        patch.delenv("PIVOTGEN_LEDGER_KEY", raising=False)
        yield


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def filled(world: World) -> World:
    """The small site with forty pivots."""
    names = [f"Role {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
    for number, name in enumerate(names):
        world.pivot(name, names[(number + 1) % len(names)])
        world.pivot(name, "Nurse")
    return world


@pytest.fixture
def start_editor(world: World) -> Iterator[Callable[..., Editor]]:
    """Starts editors on the small site, each with the capabilities that it is given."""
    editors: list[Editor] = []

    def start(capabilities: dict[str, Any] = EVERY_CAPABILITY) -> Editor:
        editors.append(Editor(world, capabilities))
        return editors[-1]

    yield start
    for editor in editors:
        editor.close()


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built once for all processes of a run."""
    return once(tmp_path_factory, "real", _build_real_site) / "public"


def _build_real_site(folder: Path) -> None:
    command = [sys.executable, "build.py", "build", "--out", str(folder / "public")]
    # The memory of the repository belongs to whoever works in it.
    command += ["--memory", str(folder / "memory")]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Real Chromium."""
    from playwright.sync_api import sync_playwright

    # The headless shell is the same engine without the window, which costs most of the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        lacking("Chromium", "on Debian: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        arguments += ["--kiosk", f"--disable-features={','.join(SWITCHED_OFF)}"]
        with playwright.chromium.launch(executable_path=program, args=arguments) as browser:
            yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without history, in which any number of tabs can be opened."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def axe() -> Axe:
    """The accessibility checker."""
    package = find_spec("axe_playwright_python")
    assert package
    assert package.origin
    return Axe((Path(package.origin).parent / "axe.min.js").read_text("utf-8"))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(public: Path) -> Iterator[str]:
    """The address at which a real web server shows the real site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(public)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
