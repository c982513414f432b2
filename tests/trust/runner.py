"""What machines that run builds obey in what a step prints.

For GitHub's it follows `ActionCommand` and `ActionCommandManager` of github.com/actions/runner: a
line is read as `::name key=value::data` when it starts so after blanks, else as `##[name]data` from
wherever that stands; a name counts when it is known. The rules of the others are their documents'.
"""

from __future__ import annotations

import re

# The commands of the runner; a word of its own stops and starts them.
NAMES = frozenset(
    {
        *("internal-set-repo-path", "set-env", "set-output", "save-state", "add-path", "add-mask"),
        *("add-matcher", "remove-matcher", "debug", "warning", "error", "notice", "group"),
        *("endgroup", "echo", "stop-commands"),
    }
)
_OTHERS = (
    # Azure Pipelines: docs of logging commands.
    re.compile(r"##vso\[", re.I),
    re.compile(r"##\[(?:group|endgroup|section|command|warning|error|debug)\]", re.I),
    # TeamCity: docs of service messages.
    re.compile(r"##teamcity\["),
    # GitLab: docs of collapsible sections.
    re.compile(r"section_(?:start|end):\d+:[^\r\n]*\r"),
    # Travis CI: marks of folds.
    re.compile(r"travis_fold:[^\r\n]*\r"),
)


def obeyed(output: str, names: frozenset[str] = NAMES) -> list[str]:
    """The commands that a runner would take from what a step prints."""
    # The runner reads lines as .NET does: they end at CR, LF or both.
    lines = re.split(r"\r\n|\r|\n", output)
    commands = [command for line in lines if (command := _command(line, names))]
    return commands + [match[0] for rule in _OTHERS for match in rule.finditer(output)]


def _command(line: str, names: frozenset[str]) -> str:
    text = line.lstrip()
    end = text.find("::", 2)
    if text.startswith("::") and end >= 0:
        name = text[2:end].split(" ")[0]
        if name.casefold() in names:
            return name
    start = line.find("##[")
    end = line.find("]", start)
    if start >= 0 and end >= 0:
        name = line[start + 3 : end].split(" ")[0]
        if name.casefold() in names:
            return name
    return ""
