"""`help` on the command line."""

from __future__ import annotations

import click


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

    # As it may be copied from a report: `error[unknown-key]:`, or typed from memory.
    word = word and word.rpartition("[")[2].rstrip("]:").casefold().replace("_", "-")
    if markdown or not word:
        click.echo(pages.markdown() if markdown else pages.overview())
    elif other := _command(context, word):
        with click.Context(other, context.parent, word) as inner:
            click.echo(other.get_help(inner))
    elif found := code(word):
        click.echo(explanation(found))
    else:
        near = get_close_matches(word, codes(), 1)
        hint = f"did you mean `{near[0]}`?" if near else "`pivotgen help` lists them"
        raise click.UsageError(f"there is no code `{word}`; {hint}")


def _command(context: click.Context, word: str) -> click.Command | None:
    table = context.find_root().command
    return table.get_command(context, word) if isinstance(table, click.Group) else None
