"""Bars of seconds per build as SVG, for light and dark pages alike."""

from __future__ import annotations

from html import escape

from benchmarks.page import TITLES
from benchmarks.results import Results, middle

# Pixels.
_WIDTH, _LEFT, _RIGHT, _TOP = 760, 190, 90, 44
_BAR, _GAP = 13, 16

_STYLE = """\
text{font:13px system-ui,sans-serif;fill:#3d4451}
.value{font-size:11px;fill:#6b7280}
.t0{fill:#0b7a75}.t1{fill:#d96f9f}.t2{fill:#8b8fa3}.t3{fill:#c2a35a}
@media (prefers-color-scheme:dark){
text{fill:#d5d9e0}.value{fill:#9aa1ad}
.t0{fill:#35c2b4}.t1{fill:#e58fb5}.t2{fill:#7f849a}.t3{fill:#b7985a}
}"""


def results_plot(results: Results) -> str:
    """One group of bars for each scenario, one bar for each tool, seconds on the clock."""
    tools = list(results.versions)
    parts, y = [], _TOP
    groups = [
        (title, bars)
        for key, title in TITLES.items()
        if (
            bars := [
                (n, cost.wall) for n, t in enumerate(tools) if (cost := middle(results, t, key))
            ]
        )
    ]
    longest = max(wall for _, bars in groups for _, wall in bars)
    for title, bars in groups:
        height = len(bars) * _BAR
        parts.append(_text(_LEFT - 12, y + height / 2 + 4, title, ' text-anchor="end"'))
        for number, wall in bars:
            width = max(1.5, wall / longest * (_WIDTH - _LEFT - _RIGHT))
            parts.append(
                f'<rect class="t{number}" x="{_LEFT}" y="{y}" width="{width:.1f}" '
                f'height="{_BAR - 3}" rx="2"/>'
            )
            parts.append(_text(_LEFT + width + 6, y + 9, f"{wall:.2f} s", ' class="value"'))
            y += _BAR
        y += _GAP
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" '
            f'width="{_WIDTH}" height="{y}" role="img" aria-label="Seconds per build">',
            f"<style>{_STYLE}</style>",
            *_legend(tools),
            *parts,
            "</svg>",
            "",
        ]
    )


def _legend(tools: list[str]) -> list[str]:
    parts = [_text(_LEFT - 12, 23, "seconds per build", ' text-anchor="end" class="value"')]
    for number, tool in enumerate(tools):
        x = _LEFT + number * 110
        parts.append(f'<rect class="t{number}" x="{x}" y="12" width="12" height="12" rx="2"/>')
        parts.append(_text(x + 18, 23, tool, ""))
    return parts


def _text(x: float, y: float, words: str, more: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}"{more}>{escape(words)}</text>'
