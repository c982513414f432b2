"""The preview, as a writer meets it: a real server, real Chromium, real saves."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import PIVOT, ROOT, World

URL = "/pivots/chef-to-nurse/"
FILE = "content/pivots/chef-to-nurse.md"
STYLE = "assets/style.css"
CONNECTED = "window.LiveReload?.connector?.protocol === 7"
# Seconds; machines that run other tests at the same time may be slow.
PATIENCE = 15.0


def wait(what: Callable[[], object], why: str) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, why
        time.sleep(0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Desk:
    """A site with its preview running."""

    def __init__(self, folder: Path, *words: str, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.log = folder / ".said"
        self.words = words
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "pivotgen", "--site", str(self.folder), "serve"]
        command += ["--port", str(self.port), *self.words]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT)
        wait(lambda: "written in" in self.said() or "Not built" in self.said(), "it never built")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def builds(self) -> int:
        return self.said().count("written in") + self.said().count("Not built")

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str, str]:
        """Status, body and headers; the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = b"" if answer.status == 101 else answer.read()
        connection.close()
        return answer.status, body.decode("utf-8", "replace"), str(answer.headers)


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    world.pivot("Chef", "Nurse")
    desk = Desk(world.folder)
    yield desk
    desk.process.kill()
    desk.process.wait()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=PATIENCE * 1000)


def open_visits(context: BrowserContext, desk: Desk, path: str = URL) -> Page:
    """A tab that is connected to the preview."""
    page = context.new_page()
    with page.expect_websocket() as socket_:
        page.goto(desk.address + path)
    # The answer to what the tab said of itself.
    socket_.value.wait_for_event("framereceived")
    page.wait_for_function(CONNECTED)
    return page


def is_broken(page: Page, *words: str) -> None:
    dialog = page.get_by_role("dialog")
    for word in words:
        # What stands in backticks in a terminal is set as code here.
        expect(dialog).to_contain_text(word.replace("`", ""))


def is_whole(page: Page) -> None:
    expect(page.locator("pivotgen-problems")).to_have_count(0)


def test_a_save_shows_in_every_tab_and_only_where_the_page_changed(
    world: World, desk: Desk, context: BrowserContext
) -> None:
    tabs = [open_visits(context, desk), open_visits(context, desk)]
    other = open_visits(context, desk, "/404.html")
    other.evaluate("window.stood = true")
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Fresh text"))
    for tab in tabs:
        expect(tab.locator("main")).to_contain_text("Fresh text")
    assert other.evaluate("window.stood")


def test_a_save_shows_soon_on_the_real_site(
    tmp_path: Path, context: BrowserContext, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("content", "layouts", "assets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "build.py", tmp_path)
    desk = Desk(tmp_path)
    name = "software-engineer-to-product-manager"
    file = tmp_path / "content" / "pivots" / f"{name}.md"
    text = file.read_text("utf-8")
    context.add_init_script(
        "new MutationObserver(() => requestAnimationFrame(() => {"
        "  window.shown = performance.timeOrigin + performance.now(); }))"
        ".observe(document, { childList: true, subtree: true })"
    )
    page = open_visits(context, desk, f"/pivots/{name}/")
    took = []
    for number in range(11):
        started = time.time() * 1000
        file.write_text(f"{text}\nSave number {number}.\n", "utf-8")
        there = f"document.body.textContent.includes('Save number {number}.')"
        page.wait_for_function(f"window.shown > {started} && {there}")
        took.append(page.evaluate("window.shown") - started)
        page.wait_for_function(CONNECTED)
    median = statistics.median(took)
    with capsys.disabled():
        print(f"\nfrom the save to the frame that shows it: median {median:.0f} ms of {len(took)}")
    desk.end()
    assert median < 1_000


def test_a_stylesheet_is_exchanged_while_the_page_stands(
    world: World, desk: Desk, context: BrowserContext
) -> None:
    page = open_visits(context, desk)
    page.evaluate("window.stood = true")
    style = (world.folder / STYLE).read_text("utf-8")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        world.write(STYLE, f"{style}\nbody {{ color: {colour}; }}\n")
        expect(page.locator("body")).to_have_css("color", colour)
    assert page.evaluate("window.stood")


@pytest.mark.parametrize(
    ("script", "anew"),
    [("", False), ("<script>window.own = 1;</script>", True)],
    ids=["exchanged in place", "loaded anew for its script"],
)
def test_scroll_and_open_details_are_kept(
    world: World, context: BrowserContext, script: str, anew: bool
) -> None:
    world.pivot("Chef", "Nurse")
    layout = (world.folder / "layouts" / "pivot.html").read_text("utf-8")
    details = "<details id='more'><summary>More</summary><p style='height: 3000px'>x</p></details>"
    start = "{% block main %}"
    world.write("layouts/pivot.html", layout.replace(start, f"{start}{script}{details}", 1))
    desk = Desk(world.folder)
    page = open_visits(context, desk)
    page.click("summary")
    page.evaluate("window.scrollTo(0, 1500)")
    page.evaluate("window.stood = true")
    text = PIVOT.replace("Some text", "Fresh text").replace("A View", "Another View")
    world.pivot("Chef", "Nurse", text)
    expect(page.locator("main")).to_contain_text("Fresh text")
    expect(page).to_have_title("From Chef to Nurse: Another View · AICareerPivot")
    assert page.evaluate("document.querySelector('#more').open")
    page.wait_for_function("Math.abs(window.scrollY - 1500) < 5")
    assert page.evaluate("!window.stood") is anew
    desk.end()


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (FILE, "window: 3–9 months", "windw: 3–9 months", "unknown key `windw`"),
        (FILE, "Some text.", "See [it](nowhere.md).", "nowhere.md"),
        ("layouts/pivot.html", "view.tldr", "view.tdlr", "tdlr"),
        ("layouts/pivot.html", "{% endfor %}", "{% endfr %}", "endfr"),
        ("build.py", "config = Config(", "config = Config(colour=1,", "'colour'"),
    ],
    ids=["frontmatter", "dead link", "name in a layout", "syntax of a layout", "settings"],
)
def test_what_is_wrong_is_told_in_the_page_until_it_is_mended(
    world: World, desk: Desk, context: BrowserContext, path: str, old: str, new: str, said: str
) -> None:
    page = open_visits(context, desk)
    text = (world.folder / path).read_text("utf-8")
    assert old in text
    world.write(path, text.replace(old, new, 1))
    is_broken(page, said, f"{path}:", "error[", new)
    # The last good page is underneath, and a tab that is opened now sees the same.
    assert "Some text." in page.inner_text("main")
    is_broken(open_visits(context, desk), said)
    wait(lambda: said in desk.said() and f"{path}:" in desk.said(), "the terminal was not told")
    assert "Traceback" not in desk.said()
    line = text[: text.index(old)].count("\n") + 1
    address = page.get_by_role("link", name=f"{path}:{line}").first.get_attribute("href")
    assert address
    assert address.startswith(f"vscode://file{world.folder}/{path}:{line}:")
    world.write(path, text)
    for tab in context.pages:
        is_whole(tab)


def test_every_problem_is_listed_with_its_hint(
    world: World, desk: Desk, context: BrowserContext
) -> None:
    page = open_visits(context, desk)
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:").replace("skills:", "skils:"))
    is_broken(page, "did you mean `tldr`?", "did you mean `skills`?", "pivotgen help unknown-key")
    listed = page.locator("pivotgen-problems li")
    assert listed.count() == desk.ask("/_pivotgen/problems.json")[1].count('"place"') == 2


def test_the_overlay_is_a_dialog_for_keyboards_too(
    world: World, desk: Desk, context: BrowserContext
) -> None:
    page = open_visits(context, desk)
    page.focus(".brand")
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    dialog = page.get_by_role("dialog", name="to fix")
    expect(dialog).to_be_visible()
    inside = "document.activeElement.shadowRoot?.activeElement?.className"
    page.keyboard.press("Tab")
    assert page.evaluate(inside) == "hide"
    page.keyboard.press("Tab")
    assert page.evaluate(inside) == "place"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    # The focus is back where it was, and a button brings the problems back.
    assert page.evaluate("document.activeElement.className") == "brand"
    page.locator("pivotgen-problems .badge").focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_overlay(
    world: World, desk: Desk, browser: Browser, axe: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = open_visits(context, desk)
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    is_broken(page, "tl_dr")
    dialog = "getComputedStyle(document.querySelector('pivotgen-problems').dialog)"
    page.wait_for_function(f"{dialog}.paddingTop === '20px'")
    page.evaluate(axe)
    result = page.evaluate("axe.run('pivotgen-problems')")
    assert result["passes"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]] == []
    context.close()


def test_a_draft_says_why_it_is_not_published(
    world: World, desk: Desk, context: BrowserContext
) -> None:
    page = open_visits(context, desk)
    world.pivot("Chef", "Nurse", PIVOT.replace("window:", "draft: true\nwindow:"))
    expect(page.locator(".draft")).to_have_text(
        "This page is not published: it is a draft, since its file says “draft: true”."
    )


def test_a_tab_finds_the_server_that_was_started_again(
    world: World, desk: Desk, context: BrowserContext
) -> None:
    page = open_visits(context, desk)
    desk.end()
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Written meanwhile"))
    desk.start()
    expect(page.locator("main")).to_contain_text("Written meanwhile")
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Written now"))
    expect(page.locator("main")).to_contain_text("Written now")
    # A tab that shows what the new server has is left as it is.
    page.evaluate("window.stood = true")
    desk.end()
    desk.start()
    page.wait_for_function(CONNECTED)
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Written last"))
    expect(page.locator("main")).to_contain_text("Written last")
    assert page.evaluate("window.stood")


def test_a_site_that_never_was_built_shows_its_problems_and_then_its_pages(
    world: World, context: BrowserContext
) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    desk = Desk(world.folder)
    page = open_visits(context, desk)
    is_broken(page, "unknown key `tl_dr`")
    world.pivot("Chef", "Nurse")
    expect(page.locator("main")).to_contain_text("Some text")
    is_whole(page)
    desk.end()


def test_editors_that_rename_delete_and_move_are_followed(
    world: World, desk: Desk, context: BrowserContext
) -> None:
    page = open_visits(context, desk)
    # As many editors save: aside, and renamed over the old file.
    aside = world.folder / "content" / "pivots" / ".chef-to-nurse.md.swp"
    aside.write_text(PIVOT.format(a="Chef", b="Nurse").replace("Some text", "Moved text"), "utf-8")
    os.replace(aside, world.folder / FILE)
    expect(page.locator("main")).to_contain_text("Moved text")
    # Settings that are replaced by renaming are another file too.
    text = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py.new", text.replace('name="AICareerPivot"', 'name="Renamed"'))
    os.replace(world.folder / "build.py.new", world.folder / "build.py")
    expect(page.locator(".brand")).to_have_text("Renamed")
    os.rename(world.folder / FILE, world.folder / "content" / "pivots" / "cook-to-nurse.md")
    # The page is gone, and the nearest ones are offered.
    page.get_by_role("link", name="/pivots/cook-to-nurse/").click()
    expect(page.locator("main")).to_contain_text("Moved text")
    # A whole folder that goes and comes back, as another branch does.
    shutil.move(world.folder / "content", world.folder / "kept")
    expect(page.locator("main")).not_to_contain_text("Moved text")
    shutil.move(world.folder / "kept", world.folder / "content")
    expect(page.locator("main")).to_contain_text("Moved text")
    world.pivot("Cook", "Nurse", PIVOT.replace("Some text", "Last text"))
    expect(page.locator("main")).to_contain_text("Last text")


def test_a_burst_of_saves_is_few_builds_and_the_last_one_wins(
    world: World, desk: Desk, context: BrowserContext
) -> None:
    page = open_visits(context, desk)
    before = desk.builds()
    for number in range(200):
        world.pivot("Chef", "Nurse", PIVOT.replace("Some text", f"Save {number} of a burst"))
        world.pivot("Chef", f"Nurse {number}")
    expect(page.locator("main")).to_contain_text("Save 199 of a burst")
    wait(lambda: desk.ask("/pivots/chef-to-nurse-199/")[0] == 200, "the last save was lost")
    assert desk.builds() - before <= 20


def test_polling_finds_saves_where_the_system_tells_nothing(world: World) -> None:
    world.pivot("Chef", "Nurse")
    desk = Desk(world.folder, "--poll")
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Found by looking"))
    wait(lambda: "Found by looking" in desk.ask(URL)[1], "the save was never found")
    desk.end()


def test_a_module_beside_the_settings_is_read_again(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text("utf-8")
    start = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n"
    world.write("naming.py", "NAME = 'Before'\n")
    text = text.replace('name="AICareerPivot"', "name=naming.NAME")
    world.write("build.py", f"{start}import naming\n{text}")
    desk = Desk(world.folder)
    assert ">Before</a>" in desk.ask(URL)[1]
    world.write("naming.py", "NAME = 'Afterwards'\n")
    wait(lambda: ">Afterwards</a>" in desk.ask(URL)[1], "the module was not read again")
    desk.end()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One preview that nobody writes to."""
    world = World(tmp_path_factory.mktemp("guarded"))
    world.pivot("Chef", "Nurse")
    world.write("secret.txt", "SECRET")
    desk = Desk(world.folder)
    public = world.folder / ".pivotgen" / "preview" / "public"
    (public / "out").symlink_to(world.folder)
    (public / "link.txt").symlink_to(world.folder / "secret.txt")
    (public / ".hidden").write_text("SECRET")
    (public / "hidden.txt").symlink_to(public / ".hidden")
    (public / ".git").mkdir()
    (public / ".git" / "config").write_text("SECRET")
    yield desk
    desk.process.kill()
    desk.process.wait()


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil", "0.0.0.0"],
)
@pytest.mark.parametrize("path", [URL, "/_pivotgen/problems.json", "/livereload.js", "/livereload"])
def test_another_host_is_refused(guarded: Desk, host: str, path: str) -> None:
    status, body, _ = guarded.ask(path, Host=host.format(port=guarded.port))
    assert status == 403
    assert "Nurse" not in body


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_this_machine_is_let_in_under_its_names(guarded: Desk, host: str) -> None:
    assert guarded.ask(URL, Host=f"{host}:{guarded.port}")[0] == 200


def shaken(desk: Desk, origin: str, host: str | None = None) -> int:
    """The answer to a request for the socket."""
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    headers |= {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": origin}
    return desk.ask("/livereload", Host=host or f"127.0.0.1:{desk.port}", **headers)[0]


def test_only_pages_of_the_preview_may_open_its_socket(guarded: Desk) -> None:
    assert shaken(guarded, guarded.address) == 101
    for origin in (
        "http://evil.example",
        "http://127.0.0.1",
        f"http://127.0.0.1:{guarded.port + 1}",
        f"http://localhost:{guarded.port}",
        f"http://127.0.0.1:{guarded.port}.evil.example",
        "null",
    ):
        assert shaken(guarded, origin) == 403, origin
    rebound = f"evil.example:{guarded.port}"
    assert shaken(guarded, f"http://{rebound}", rebound) == 403


def test_a_page_of_another_site_cannot_listen_in_a_real_browser(
    guarded: Desk, address: str, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(address)
    said = page.evaluate(
        """url => new Promise((done) => {
          const socket = new WebSocket(url);
          socket.onopen = () => done('open');
          socket.onerror = () => done('refused');
        })""",
        f"ws://127.0.0.1:{guarded.port}/livereload",
    )
    assert said == "refused"
    asked = "url => fetch(url).then(() => 'read', () => 'refused')"
    assert page.evaluate(asked, f"{guarded.address}/_pivotgen/problems.json") == "refused"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../../secret.txt",
        "/pivots/../../../../secret.txt",
        "/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.txt",
        "/%252e%252e/%252e%252e/%252e%252e/secret.txt",
        "/..%5c..%5c..%5csecret.txt",
        "/..\\..\\..\\secret.txt",
        "/assets/..%2f..%2f..%2f..%2fsecret.txt",
        "/%c0%ae%c0%ae/%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt",
        "//etc/passwd",
        "///etc/passwd",
        "/%2fetc%2fpasswd",
        "/secret.txt%00.html",
        "/out/secret.txt",
        "/out/build.py",
        "/out/content/pivots/chef-to-nurse.md",
        "/link.txt",
        "/hidden.txt",
        "/.hidden",
        "/%2ehidden",
        "/.git/config",
        "/ledger.sqlite",
        "/../ledger.sqlite",
        "/_pivotgen/../overlay.js",
        "/_pivotgen/%2e%2e/README.md",
        "/secret.txt",
        "/build.py",
        "/content/pivots/chef-to-nurse.md",
        "/pivots/chef-to-nurse.md",
        "/layouts/base.html",
        "/forcereload",
        "/_headers",
    ],
)
def test_nothing_but_the_site_is_served(guarded: Desk, path: str) -> None:
    status, body, _ = guarded.ask(path)
    assert status in (400, 404)
    for secret in ("SECRET", "root:", "tldr:", "Config(", "{%", "SQLite"):
        assert secret not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_it(guarded: Desk, method: str) -> None:
    assert guarded.ask(URL, method)[0] == 405


def test_nothing_is_kept_by_the_browser_and_no_redirect_is_for_ever(guarded: Desk) -> None:
    for path in (URL, "/assets/style.css", "/feed.xml", "/nowhere/", "/_pivotgen/overlay.js"):
        assert "Cache-Control: no-store" in guarded.ask(path)[2]
    status, _, headers = guarded.ask(URL.rstrip("/"))
    assert status == 302
    assert f"Location: {URL}\n" in headers


def test_what_the_host_will_send_with_a_page_is_sent_here_too(guarded: Desk) -> None:
    public = guarded.folder / ".pivotgen" / "preview" / "public"
    rules = (public / "_headers").read_text("utf-8").split("\n/assets/*\n")[0].splitlines()
    assert rules[0] == "/*"
    assert len(rules) > 3
    for rule in rules[1:]:
        for path in (URL, "/nowhere/", "/assets/style.css"):
            assert f"{rule.strip()}\n" in guarded.ask(path)[2]


def test_what_is_sent_is_what_was_built_and_the_script_of_the_preview(guarded: Desk) -> None:
    public = guarded.folder / ".pivotgen" / "preview" / "public"
    built = (public / URL.strip("/") / "index.html").read_text("utf-8")
    assert "livereload" not in built
    (style,) = (public / "assets").glob("style.*.css")
    sent = guarded.ask(URL)[1].replace("/assets/style.css", f"/assets/{style.name}")
    start, end = sent.index('<script src="/_pivotgen'), sent.index("</head>")
    assert sent[:start] + sent[end:] == built
    assert guarded.ask("/assets/style.css")[1] == style.read_text("utf-8")
    head = guarded.ask(URL, "HEAD")
    length = len(guarded.ask(URL)[1].encode())
    assert (head[0], head[1]) == (200, "")
    assert f"Content-Length: {length}\n" in head[2]


def test_a_build_beside_the_preview_waits_for_nothing(guarded: Desk) -> None:
    command = [sys.executable, "-m", "pivotgen", "--site", str(guarded.folder), "build"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert result.returncode == 0
    assert "livereload" not in (guarded.folder / "public" / "index.html").read_text("utf-8")


def test_a_busy_port_is_named_and_the_next_one_used(world: World) -> None:
    world.pivot("Chef", "Nurse")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        desk = Desk(world.folder, port=port)
        said = desk.said()
        assert f"Port {port} is busy; port {port + 1} is used instead." in said
        assert f"http://127.0.0.1:{port + 1}/" in said
        desk.port = port + 1
        assert desk.ask(URL)[0] == 200
        desk.end()


def test_a_phone_is_shown_the_way(world: World) -> None:
    world.pivot("Chef", "Nurse")
    desk = Desk(world.folder, "--host", "0.0.0.0")
    said = desk.said()
    desk.end()
    if "In your network" not in said:
        pytest.skip("this machine is in no network")
    assert "▄" in said


def test_the_editor_may_be_another(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    desk = Desk(world.folder, "--editor", "zed://file/{path}:{line}")
    (first, *_) = json.loads(desk.ask("/_pivotgen/problems.json")[1])["problems"]
    desk.end()
    assert first["editor"] == f"zed://file{world.folder}/{FILE}:{first['line']}"
    assert world.run("serve", "--editor", "zed://{file}").returncode == 2


def children(pid: int) -> list[str]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return found.read_text().split() if found.exists() else []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_asked_to(
    desk: Desk, context: BrowserContext, number: signal.Signals
) -> None:
    open_visits(context, desk)
    assert desk.end(number) == 130
    assert desk.said().endswith("Preview ended.\n")
    assert "Traceback" not in desk.said()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", desk.port)) != 0


def test_killing_it_leaves_nothing_behind(world: World, desk: Desk) -> None:
    assert children(desk.process.pid) == []
    assert desk.end(signal.SIGKILL) == -signal.SIGKILL
    assert sorted(one.name for one in world.folder.iterdir() if one.name != ".said") == [
        ".pivotgen",
        "assets",
        "build.py",
        "content",
        "layouts",
    ]
    started = time.monotonic()
    # The same port and the same ledger, at once.
    desk.start()
    assert time.monotonic() - started < 10
    assert desk.ask(URL)[0] == 200
