"""The lines of content/redirects.yaml: an old address, and a new one or `gone`."""

from __future__ import annotations

import re

import yaml

from pivotgen.engines.encoding import encoding_problem
from pivotgen.engines.header.lost_text import lost_text
from pivotgen.engines.invisible import invisible_problem
from pivotgen.engines.yaml_messages import mark_of, plain_words
from pivotgen.model.address import HOME, is_typed_address, page_address, split_address
from pivotgen.model.edit import Edit
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import GONE, REDIRECTS
from pivotgen.model.unfit import code_point, unfit_in

# A line as we write it, or one that its author gave quotes or a comment. The groups 2 and 4 are the
# old address and the new one.
LINE = re.compile(r"""(["']?)(/[^"'\s]*)\1\s*:\s+(["']?)(/[^"'\s]*|gone)\3\s*(?:#.*)?""")
_ONE_A_LINE = "write `/old/address/: /new/address/` or `/old/address/: gone` on each line"


@dataclass(frozen=True, slots=True)
class Typed:
    """An address, and where it was typed."""

    # The text; "" when it is not one.
    text: str
    line: int
    column: int
    # The column of the address itself, behind a quote.
    start: int
    # The number of characters that were typed; 0 for an address in another form, such as with
    # escapes or below a mark for a block of text.
    length: int

    @property
    def place(self) -> tuple[int, int]:
        """The line and the column."""
        return self.line, self.column

    @property
    def page(self) -> str:
        """The address of the page that the text means, without the part of it that is meant."""
        return page_address(split_address(self.text)[0])

    @property
    def is_gone(self) -> bool:
        """Whether it says that nothing has taken the place of the old address."""
        return self.text == GONE


# The old and the new address of a line.
Line = tuple[Typed, Typed]


def read_lines(data: bytes) -> tuple[list[Line], list[Problem]]:
    """The lines of the file `data`, and what is wrong with their form."""
    if problem := encoding_problem(REDIRECTS, data):
        return [], [problem]
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if problem := invisible_problem(REDIRECTS, text, text.count("\n") + 1):
        return [], [problem]
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return [], [_syntax_problem(text, error)]
    except RecursionError:
        message = "the values are nested too deeply"
        return [], [Problem.of_file(REDIRECTS, "yaml-syntax", message, _ONE_A_LINE)]
    if root is None:
        return [], []
    if not isinstance(root, yaml.MappingNode):
        message = "the redirects are not made of `/old/address/: /new/address/` lines"
        hint = "write the old address, a colon, a blank and the new address on each line"
        return [], [Problem(REDIRECTS, root.start_mark.line + 1, 1, "wrong-type", message, hint)]
    if problems := lost_text(REDIRECTS, text, root):
        return [], problems
    lines, problems = [], []
    for key, value in root.value:
        old, new = _typed(key), _typed(value)
        problems += [fault for fault in (_fault_of_old(old), _fault_of_new(new)) if fault]
        lines.append((old, new))
    return lines, problems


def _syntax_problem(text: str, error: yaml.YAMLError) -> Problem:
    """Return the problem of a file that is not YAML, at the first line that has not its form."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#") and not LINE.fullmatch(line):
            message = "this line is not an old address, a colon, a blank and a new address"
            return Problem(REDIRECTS, number, 1, "yaml-syntax", message, _ONE_A_LINE)
    mark = mark_of(error)
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(REDIRECTS, *place, "yaml-syntax", plain_words(error).message, _ONE_A_LINE)


def _typed(node: yaml.Node) -> Typed:
    text = node.value if isinstance(node, yaml.ScalarNode) else ""
    first, last = node.start_mark, node.end_mark
    quote = 1 if getattr(node, "style", "") else 0
    is_verbatim = first.line == last.line and last.column - first.column == len(text) + 2 * quote
    line, column = first.line + 1, first.column + 1
    return Typed(text, line, column, column + quote, len(text) if is_verbatim else 0)


def _fault_of_old(old: Typed) -> Problem | None:
    return _invisible(old) or (None if is_typed_address(old.text) else _bad_path(old))


def _fault_of_new(new: Typed) -> Problem | None:
    path = split_address(new.text)[0]
    if fault := _invisible(new):
        return fault
    if new.is_gone or path == HOME or is_typed_address(path):
        return None
    if new.text.casefold() == GONE:
        end = new.start + new.length
        edits = (Edit(REDIRECTS, new.line, new.start, new.line, end, GONE),) if new.length else ()
        message = f"`{new.text}` is not an address of this site"
        hint = f"write `{GONE}` in small letters"
        return Problem(REDIRECTS, *new.place, "bad-path", message, hint, edits=edits)
    if not new.text:
        message = "there is no new address here"
        return Problem(REDIRECTS, *new.place, "bad-path", message, f"name one, or write `{GONE}`")
    return _bad_path(new)


def _bad_path(typed: Typed) -> Problem:
    message = f"`{typed.text}` is not an address of this site"
    return Problem(
        REDIRECTS, *typed.place, "bad-path", message, "start it with a slash, such as /old/address/"
    )


def _invisible(typed: Typed) -> Problem | None:
    if character := unfit_in(typed.text):
        message = f"there is an invisible character ({code_point(character)}) here"
        return Problem(REDIRECTS, *typed.place, "invisible-character", message, "take its code out")
    return None
