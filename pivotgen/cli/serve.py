"""`serve` on the command line."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from pivotgen.cli import INTERRUPTED
from pivotgen.cli._print import list_files, print_problems
from pivotgen.cli._site import find_site, site_option
from pivotgen.cli._terminal import say

if TYPE_CHECKING:
    from pivotgen.commands.serve import PreviewBuild
    from pivotgen.engines.preview.server import PreviewServer


@click.command("serve")
@site_option
@click.option("--host", default="127.0.0.1", help="Address to answer at; 0.0.0.0 for a phone.")
@click.option("--name", "names", multiple=True, help="Host name to answer to, as of a tunnel.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="The first port to try.")
@click.option("--editor", help="Address that opens {path} at {line} and {column} in an editor.")
@click.option("--poll", is_flag=True, help="Look for saves again and again (network disks).")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
@click.pass_context
def command(
    context: click.Context,
    host: str,
    names: tuple[str, ...],
    port: int,
    editor: str | None,
    poll: bool,
    opens: bool,
) -> None:
    """Show the site, drafts too, and follow every save until Ctrl-C."""
    from pivotgen.commands.serve import ServeOptions, serve
    from pivotgen.problems.overlay import EDITOR_URL

    site = find_site(context)
    editor_url = editor or EDITOR_URL
    _check_editor_url(editor_url)
    options = ServeOptions(
        host=host, names=_host_names(names), port=port, editor_url=editor_url, poll=poll
    )
    try:
        serve(
            site,
            options,
            on_ready=lambda server: _announce(server, port, opens=opens),
            on_build=lambda preview_build: _print_build(site, preview_build),
        )
    except OSError as error:
        reason = error.strerror or error
        raise click.UsageError(f"cannot answer at {host}, port {port}: {reason}") from None
    say("Preview ended.", err=True)
    raise SystemExit(INTERRUPTED)


def _check_editor_url(pattern: str) -> None:
    try:
        pattern.format(path="", line=1, column=1)
    except (KeyError, IndexError, ValueError):
        raise click.UsageError("--editor may use {path}, {line} and {column} only") from None


def _host_names(names: tuple[str, ...]) -> frozenset[str]:
    from pivotgen.engines.preview.host import host_name

    try:
        return frozenset(map(host_name, names))
    except ValueError as error:
        raise click.UsageError(f"--name: {error}") from None


def _announce(server: PreviewServer, requested_port: int, *, opens: bool) -> None:
    """Print where the preview is, and open it if that is wanted."""
    from pivotgen.engines.preview.host import qr_code

    if server.port_was_busy:
        say(f"Port {requested_port} is busy; port {server.port} is used instead.", err=True)
    say(f"Preview at {server.url} - Ctrl-C ends it.")
    if network_url := server.network_url:
        say(f"In your network: {network_url}\n{qr_code(network_url)}")
    if opens:
        # In a thread, because some browsers only return when they are closed.
        Thread(target=webbrowser.open, args=(server.url,), daemon=True).start()


def _print_build(site: Path, preview_build: PreviewBuild) -> None:
    """Print what a build did, and its problems."""
    from pivotgen.model.problem import any_errors

    report = preview_build.report
    print_problems(site, report.problems)
    if any_errors(report.problems):
        say("Not built; the preview shows the last good pages.", err=True)
    else:
        saved = list_files(sorted(preview_build.saved)) or "site"
        milliseconds = preview_build.seconds * 1000
        say(f"{saved}: {report.written} written in {milliseconds:.0f} ms")
