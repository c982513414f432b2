"""`serve` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli import INTERRUPTED
from pivotgen.cli._print import list_files, print_problems
from pivotgen.cli._site import find_site, site_option


@click.command("serve")
@site_option
@click.option("--host", default="127.0.0.1", help="Address to answer at; 0.0.0.0 for a phone.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="The first port to try.")
@click.option("--editor", help="Address that opens {path} at {line} and {column} in an editor.")
@click.option("--poll", is_flag=True, help="Look for saves again and again (network disks).")
@click.pass_context
def command(context: click.Context, host: str, port: int, editor: str | None, poll: bool) -> None:
    """Show the site, drafts too, and follow every save until Ctrl-C."""
    from pivotgen.commands.serve import ServeOptions, Shown, serve
    from pivotgen.engines.preview.qr import qr
    from pivotgen.engines.preview.server import Preview
    from pivotgen.model.problem import any_errors
    from pivotgen.problems.overlay import EDITOR

    site = find_site(context)
    try:
        (editor or EDITOR).format(path="", line=1, column=1)
    except (KeyError, IndexError, ValueError):
        raise click.UsageError("--editor may use {path}, {line} and {column} only") from None

    def ready(preview: Preview) -> None:
        if preview.moved:
            click.echo(f"Port {port} is busy; port {preview.port} is used instead.", err=True)
        click.echo(f"Preview at {preview.host.address(preview.port)} - Ctrl-C ends it.")
        if network := preview.host.network_address(preview.port):
            click.echo(f"In your network: {network}\n{qr(network)}")

    def told(shown: Shown) -> None:
        report = shown.report
        print_problems(site, report.problems)
        if any_errors(report.problems):
            click.echo("Not built; the preview shows the last good pages.", err=True)
        else:
            saved = list_files(sorted(shown.saved)) or "site"
            click.echo(f"{saved}: {report.written} written in {shown.seconds * 1000:.0f} ms")

    try:
        serve(
            site,
            ServeOptions(host=host, port=port, editor=editor or EDITOR, poll=poll),
            ready,
            told,
        )
    except OSError as error:
        said = error.strerror or error
        raise click.UsageError(f"cannot answer at {host}, port {port}: {said}") from None
    click.echo("Preview ended.", err=True)
    raise SystemExit(INTERRUPTED)
