"""`help` on the command line."""

from __future__ import annotations

import click

from pivotgen.cli._terminal import say


@click.command("help")
@click.argument("word", required=False)
@click.option("--markdown", is_flag=True, help="Every code, as docs/errors.md.")
@click.pass_context
def command(context: click.Context, word: str | None, markdown: bool) -> None:
    """Explain the code of a problem; without one, list all codes."""
    from difflib import get_close_matches

    from pivotgen.commands import help as pages
    from pivotgen.problems.codes import code, codes
    from pivotgen.problems.explanation import explanation

    # It may be copied from a report (`error[unknown-key]:`) or typed with other case and dashes.
    word = word and word.rpartition("[")[2].rstrip("]:").casefold().replace("_", "-")
    if markdown or not word:
        say(pages.markdown() if markdown else pages.overview())
    elif other := _command(context, word):
        with click.Context(other, context.parent, word) as inner:
            say(other.get_help(inner))
    elif page := code(word):
        say(explanation(page))
    else:
        near = get_close_matches(word, codes(), 1)
        hint = f"did you mean `{near[0]}`?" if near else "`pivotgen help` lists them"
        raise click.UsageError(f"there is no code `{word}`; {hint}")


def _command(context: click.Context, word: str) -> click.Command | None:
    """The command of that name, if there is one."""
    group = context.find_root().command
    return group.get_command(context, word) if isinstance(group, click.Group) else None
