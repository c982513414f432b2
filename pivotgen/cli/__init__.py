"""The command line: the only room that prints and exits, with one file per command.

Files with an underscore in front hold what several commands share. A command imports what it
works with when it runs, so that `--help` is quick.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from pivotgen.cli._site import site_option
from pivotgen.cli._terminal import guard_streams, say

if TYPE_CHECKING:
    from pivotgen.model.config import Config

INTERRUPTED = 130

_COMMANDS = (
    "build",
    "check",
    "deploy",
    "diff",
    "eject",
    "fmt",
    "gaps",
    "help",
    "init",
    "lock",
    "lsp",
    "new",
    "reading",
    "rename-role",
    "rename-skill",
    "schema",
    "serve",
    "status",
    "translate",
    "why",
)


def main(config: Config) -> None:
    """Run the command that the command line names, for the site of the build.py that calls this."""
    folder = Path(sys.modules["__main__"].__file__ or ".").resolve().parent
    _run("python build.py", (config, folder))


def run() -> None:
    """The `pivotgen` command."""
    _run("pivotgen", None)


def _run(name: str, started: tuple[Config, Path] | None) -> NoReturn:
    """Run the program; `started` has the settings and folder of the build.py that was started."""
    guard_streams()
    try:
        # https://no-color.org: any value that is not empty; None lets click look at the terminal.
        colour = False if os.environ.get("NO_COLOR") else None
        status = _pivotgen.main(prog_name=name, obj=started, standalone_mode=False, color=colour)
    except click.Abort:
        say("Interrupted; every file that was written is whole.", err=True)
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    sys.exit(status if isinstance(status, int) else 0)


class _LazyGroup(click.Group):
    """A group that imports the file of a command only when that command is used."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            return None
        module = import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


# click uses these only for the list of commands and for suggestions after a misspelling.
_names = {name: click.Command(name) for name in _COMMANDS}


@click.group(cls=_LazyGroup, commands=_names, invoke_without_command=True)
@site_option
@click.version_option(package_name="pivotgen", message="pivotgen %(version)s")
@click.pass_context
def _pivotgen(context: click.Context) -> None:
    """Build a career-pivot site from Markdown files. Without a command: build."""
    if context.invoked_subcommand is None:
        from pivotgen.cli.build import command

        context.invoke(command)
