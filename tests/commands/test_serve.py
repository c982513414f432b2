"""The preview, as a writer meets it: a real server, real Chromium, real saves."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.world.accessibility import Axe
from tests.world.browsing import expect
from tests.world.preview import Preview, busy_port
from tests.world.site import PIVOT, ROOT, World
from tests.world.until import until
from tests.world.waiting import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

URL = "/pivots/chef-to-nurse/"
FILE = "content/pivots/chef-to-nurse.md"
STYLE = "assets/style.css"
CONNECTED = "window.LiveReload?.connector?.protocol === 7"


@pytest.fixture
def preview(world: World) -> Iterator[Preview]:
    world.pivot("Chef", "Nurse")
    preview = Preview(world.folder)
    yield preview
    preview.kill()


def open_visits(context: BrowserContext, preview: Preview, path: str = URL) -> Page:
    """A tab that is connected to the preview."""
    page = context.new_page()
    with page.expect_websocket() as socket_:
        page.goto(preview.address + path)
    # The answer to what the tab said of itself.
    socket_.value.wait_for_event("framereceived")
    until(page, CONNECTED)
    return page


def is_broken(page: Page, *words: str) -> None:
    dialog = page.get_by_role("dialog")
    for word in words:
        # What stands in backticks in a terminal is set as code here.
        expect(dialog).to_contain_text(word.replace("`", ""))


def is_whole(page: Page) -> None:
    expect(page.locator("pivotgen-problems")).to_have_count(0)


def test_a_save_shows_in_every_tab_and_only_where_the_page_changed(
    world: World, preview: Preview, context: BrowserContext
) -> None:
    tabs = [open_visits(context, preview), open_visits(context, preview)]
    other = open_visits(context, preview, "/404.html")
    other.evaluate("window.stood = true")
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Fresh text"))
    for tab in tabs:
        expect(tab.locator("main")).to_contain_text("Fresh text")
    assert other.evaluate("window.stood")


def test_a_save_shows_on_the_real_site_and_only_its_page_is_written(
    tmp_path: Path, context: BrowserContext, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("content", "static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "build.py", tmp_path)
    preview = Preview(tmp_path)
    name = "software-engineer-to-product-manager"
    file = tmp_path / "content" / "pivots" / f"{name}.md"
    text = file.read_text("utf-8")
    context.add_init_script(
        "new MutationObserver(() => requestAnimationFrame(() => {"
        "  window.shown = performance.timeOrigin + performance.now(); }))"
        ".observe(document, { childList: true, subtree: true })"
    )
    page = open_visits(context, preview, f"/pivots/{name}/")
    built_before = preview.builds()
    took = []
    for number in range(11):
        started = time.time() * 1000
        file.write_text(f"{text}\nSave number {number}.\n", "utf-8")
        there = f"document.body.textContent.includes('Save number {number}.')"
        until(page, f"window.shown > {started} && {there}")
        took.append(page.evaluate("window.shown") - started)
        until(page, CONNECTED)
    median = statistics.median(took)
    with capsys.disabled():
        print(f"\nfrom the save to the frame that shows it: median {median:.0f} ms of {len(took)}")
    preview.end()
    # How long it takes is for the benchmarks to judge; how much is done for a save is told here.
    written = re.findall(rf"pivots/{name}\.md: (\d+) written in", preview.output())
    assert set(written) == {"1"}
    assert 11 <= preview.builds() - built_before <= 22


def test_a_stylesheet_is_exchanged_while_the_page_stands(
    world: World, preview: Preview, context: BrowserContext
) -> None:
    page = open_visits(context, preview)
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
    details = "<details id='more'><summary>More</summary><svg height='3000'></svg></details>"
    start = "{% block main %}"
    world.write("layouts/pivot.html", layout.replace(start, f"{start}{script}{details}", 1))
    preview = Preview(world.folder)
    page = open_visits(context, preview)
    page.click("summary")
    page.evaluate("window.scrollTo(0, 1500)")
    page.evaluate("window.stood = true")
    text = PIVOT.replace("Some text", "Fresh text").replace("A View", "Another View")
    world.pivot("Chef", "Nurse", text)
    expect(page.locator("main")).to_contain_text("Fresh text")
    expect(page).to_have_title("From Chef to Nurse: Another View · AICareerPivot")
    assert page.evaluate("document.querySelector('#more').open")
    until(page, "Math.abs(window.scrollY - 1500) < 5")
    assert page.evaluate("!window.stood") is anew
    preview.end()


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
    world: World,
    preview: Preview,
    context: BrowserContext,
    path: str,
    old: str,
    new: str,
    said: str,
) -> None:
    page = open_visits(context, preview)
    text = (world.folder / path).read_text("utf-8")
    assert old in text
    world.write(path, text.replace(old, new, 1))
    is_broken(page, said, f"{path}:", "error[", new)
    # The last good page is underneath, and a tab that is opened now sees the same.
    assert "Some text." in page.inner_text("main")
    is_broken(open_visits(context, preview), said)
    wait_until(
        lambda: said in preview.output() and f"{path}:" in preview.output(),
        "the terminal was not told",
    )
    assert "Traceback" not in preview.output()
    line = text[: text.index(old)].count("\n") + 1
    address = page.get_by_role("link", name=f"{path}:{line}").first.get_attribute("href")
    assert address
    assert address.startswith(f"vscode://file{world.folder}/{path}:{line}:")
    world.write(path, text)
    for tab in context.pages:
        is_whole(tab)


def test_every_problem_is_listed_with_its_hint(
    world: World, preview: Preview, context: BrowserContext
) -> None:
    page = open_visits(context, preview)
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:").replace("skills:", "skils:"))
    is_broken(page, "did you mean `tldr`?", "did you mean `skills`?", "pivotgen help unknown-key")
    listed = page.locator("pivotgen-problems li")
    assert listed.count() == preview.ask("/_pivotgen/problems.json")[1].count('"place"') == 2


def test_the_overlay_is_a_dialog_for_keyboards_too(
    world: World, preview: Preview, context: BrowserContext
) -> None:
    page = open_visits(context, preview)
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
    world: World, preview: Preview, browser: Browser, axe: Axe, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = open_visits(context, preview)
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    is_broken(page, "tl_dr")
    dialog = "getComputedStyle(document.querySelector('pivotgen-problems').dialog)"
    until(page, f"{dialog}.paddingTop === '20px'")
    assert axe.breaches(page, "pivotgen-problems") == []
    context.close()


def test_a_draft_says_why_it_is_not_published(
    world: World, preview: Preview, context: BrowserContext
) -> None:
    page = open_visits(context, preview)
    world.pivot("Chef", "Nurse", PIVOT.replace("window:", "draft: true\nwindow:"))
    expect(page.locator(".draft")).to_have_text(
        "This page is not published: it is a draft, since its file says “draft: true”."
    )


def test_a_tab_finds_the_server_that_was_started_again(
    world: World, preview: Preview, context: BrowserContext
) -> None:
    page = open_visits(context, preview)
    preview.end()
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Written meanwhile"))
    preview.start()
    expect(page.locator("main")).to_contain_text("Written meanwhile")
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Written now"))
    expect(page.locator("main")).to_contain_text("Written now")
    # A tab that shows what the new server has is left as it is.
    page.evaluate("window.stood = true")
    preview.end()
    preview.start()
    until(page, CONNECTED)
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Written last"))
    expect(page.locator("main")).to_contain_text("Written last")
    assert page.evaluate("window.stood")


def test_a_site_that_never_was_built_shows_its_problems_and_then_its_pages(
    world: World, context: BrowserContext
) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    preview = Preview(world.folder)
    page = open_visits(context, preview)
    is_broken(page, "unknown key `tl_dr`")
    world.pivot("Chef", "Nurse")
    expect(page.locator("main")).to_contain_text("Some text")
    is_whole(page)
    preview.end()


def test_editors_that_rename_delete_and_move_are_followed(
    world: World, preview: Preview, context: BrowserContext
) -> None:
    page = open_visits(context, preview)
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
    is_broken(page, "there is no folder content/")
    shutil.move(world.folder / "kept", world.folder / "content")
    is_whole(page)
    expect(page.locator("main")).to_contain_text("Moved text")
    world.pivot("Cook", "Nurse", PIVOT.replace("Some text", "Last text"))
    expect(page.locator("main")).to_contain_text("Last text")


def test_a_burst_of_saves_is_few_builds_and_the_last_one_wins(
    world: World, preview: Preview, context: BrowserContext
) -> None:
    page = open_visits(context, preview)
    before = preview.builds()
    for number in range(200):
        world.pivot("Chef", "Nurse", PIVOT.replace("Some text", f"Save {number} of a burst"))
        world.pivot("Chef", f"Nurse {number}")
    expect(page.locator("main")).to_contain_text("Save 199 of a burst")
    wait_until(
        lambda: preview.ask("/pivots/chef-to-nurse-199/")[0] == 200, "the last save was lost"
    )
    assert preview.builds() - before <= 20


def test_polling_finds_saves_where_the_system_tells_nothing(world: World) -> None:
    world.pivot("Chef", "Nurse")
    preview = Preview(world.folder, "--poll")
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text", "Found by looking"))
    wait_until(lambda: "Found by looking" in preview.ask(URL)[1], "the save was never found")
    preview.end()


def test_a_module_beside_the_settings_is_read_again(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text("utf-8")
    start = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n"
    world.write("naming.py", "NAME = 'Before'\n")
    text = text.replace('name="AICareerPivot"', "name=naming.NAME")
    world.write("build.py", f"{start}import naming\n{text}")
    preview = Preview(world.folder)
    assert ">Before</a>" in preview.ask(URL)[1]
    world.write("naming.py", "NAME = 'Afterwards'\n")
    wait_until(lambda: ">Afterwards</a>" in preview.ask(URL)[1], "the module was not read again")
    preview.end()


def test_a_busy_port_is_named_and_the_next_one_used(world: World) -> None:
    world.pivot("Chef", "Nurse")
    with busy_port() as port:
        preview = Preview(world.folder, port=port)
        output = preview.output()
        preview.port = port + 1
        try:
            assert f"Port {port} is busy; port {port + 1} is used instead." in output
            assert f"http://127.0.0.1:{port + 1}/" in output
            assert preview.ask(URL)[0] == 200
        finally:
            preview.end()


def test_a_phone_is_shown_the_way(world: World) -> None:
    world.pivot("Chef", "Nurse")
    preview = Preview(world.folder, "--host", "0.0.0.0")
    said = preview.output()
    preview.end()
    if "In your network" not in said:
        pytest.skip("this machine is in no network")
    assert "▄" in said


def test_the_editor_may_be_another(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:"))
    preview = Preview(world.folder, "--editor", "zed://file/{path}:{line}")
    (first, *_) = json.loads(preview.ask("/_pivotgen/problems.json")[1])["problems"]
    preview.end()
    assert first["editor"] == f"zed://file{world.folder}/{FILE}:{first['line']}"
    assert world.run("serve", "--editor", "zed://{file}").returncode == 2


def children(pid: int) -> list[str]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return found.read_text().split() if found.exists() else []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_asked_to(
    preview: Preview, context: BrowserContext, number: signal.Signals
) -> None:
    open_visits(context, preview)
    assert preview.end(number) == 130
    assert preview.output().endswith("Preview ended.\n")
    assert "Traceback" not in preview.output()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", preview.port)) != 0


def test_killing_it_leaves_nothing_behind(world: World, preview: Preview) -> None:
    assert children(preview.process.pid) == []
    assert preview.end(signal.SIGKILL) == -signal.SIGKILL
    assert sorted(file.name for file in world.folder.iterdir() if file.name != ".output") == [
        ".pivotgen",
        "assets",
        "build.py",
        "content",
        "layouts",
    ]
    # The same port and the same ledger at once: a ledger that is still held would be waited for
    # longer than the start of a preview may take.
    preview.start()
    assert "is busy" not in preview.output()
    assert preview.ask(URL)[0] == 200
