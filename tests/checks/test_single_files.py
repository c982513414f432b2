"""Rules that look at one file: what each reports, at its exact place, and what it leaves alone."""

from __future__ import annotations

import pytest

from pivotgen.checks import rules
from tests.world.parsed import marked, problems_in
from tests.world.texts import GOOD_PAGE, GOOD_PIVOT, GOOD_ROLE, PAGE_PATH, PIVOT_PATH, ROLE_PATH

SECTION = "## The mindset shift"
FIRST = "## Your built-in advantages"
TEXT = "Nobody sends the plate back."
ANSWER = "answer: Less than you would like."
QUESTION = "question: Do my years in kitchens count at admission?"
TITLE = 'title: "From Chef to Nurse: Heat for Care"'
DECK = "Timing, hygiene and a calm voice carry over. Anatomy and charting do not."
LONG = f"{DECK} {DECK.replace('calm', 'steady')} {DECK[:20]}"
LIST = "- One fee.\n" * 15
SHORT = "What carries over, and what does not."
BUREAU = "[the bureau](https://www.bls.gov/)"
EXAM = "question: How long does the exam take?"
HOW_LONG = "How long does it take to become a nurse?"


SOURCED = "tldr:\n  - It grew 12% in a year."


def source(accessed: str, mark: str = "") -> str:
    return (
        f"sources:\n  - title: Handbook\n    url: {mark}https://www.bls.gov/ooh/\n"
        f"    accessed: {accessed}\nskills:"
    )


# Rule, what is changed in a good file, and what it becomes; § is where the rule must report.
CASES = [
    ("thin-section", SECTION, f"§## Costs\n\nSome text.\n\n{SECTION}"),
    ("thin-section", SECTION, f"§## Costs\n\n{SECTION}"),
    ("thin-section", SECTION, f"{SECTION}\n\n§### Costs\n\n### Hours\n\nLong."),
    ("thin-section", SECTION, f"## Costs\n\n### Fees\n\n{'One fee. ' * 15}\n\n{SECTION}"),
    ("thin-section", SECTION, f"## Costs\n\n{LIST}\n{SECTION}"),
    ("thin-section", FIRST, f"A line before any heading.\n\n{FIRST}"),
    ("thin-section", SECTION, f"§## Costs\n\n{'Word ' * 29}\n\n{SECTION}"),
    ("thin-section", SECTION, f"## Costs\n\n{'Word ' * 30}\n\n{SECTION}"),
    ("heading-outline", SECTION, f"§{FIRST}"),
    ("heading-outline", SECTION, f"§##\n\nText.\n\n{SECTION}"),
    ("heading-outline", ANSWER, "answer: |\n      Yes.\n\n§      ## Fees\n\n      Low."),
    ("heading-outline", TEXT, "### Costs\n\nHigh.\n\n§### Costs\n\nLow."),
    ("heading-outline", SECTION, f"### Costs\n\nHigh.\n\n{SECTION}\n\n### Costs\n\nLow."),
    ("link-text", TEXT, "The board's rules are [here](§https://ncsbn.org)."),
    ("link-text", TEXT, "[Read more…](§https://ncsbn.org) or [**click here**](§/)."),
    ("link-text", TEXT, "[https://ncsbn.org](§https://ncsbn.org)"),
    ("link-text", TEXT, "[](§/)"),
    ("link-text", ANSWER, "answer: It says so [here](§/)."),
    ("link-text", TEXT, "[Here is how nurses train](/), and [the board](https://ncsbn.org)."),
    ("link-text", TEXT, "[![The exam in three steps](/assets/a.png)](/)"),
    ("link-text", TEXT, "![More](/assets/a.png)"),
    ("image-alt", TEXT, "![](§/assets/a.png)"),
    ("image-alt", TEXT, "A ward. ![Photo](§/assets/a.png) ![ward.png](§/assets/a.png)"),
    ("image-alt", TEXT, "![A photo of a ward at night](/assets/a.png) and [here](/)"),
    ("image-alt", TEXT, "[Photo](/) and [](/) and [chart](/to/nurse/) are links."),
    ("image-alt", TEXT, "![Photo of a ward](/assets/a.png) ![fees.png, explained](/assets/a.png)"),
    ("raw-mark", TEXT, "Nights are §**hard ** at first."),
    ("raw-mark", TEXT, "You §~~never~ always* sleep."),
    ("raw-mark", TEXT, "Ask for the §`rota first."),
    ("raw-mark", TEXT, "护士说§**夜班很难。**但是可以学。"),
    ("raw-mark", SECTION, f"§##Costs\n\n{'Word ' * 30}\n\n{SECTION}"),
    ("raw-mark", TEXT, "One line.\n§####Costs here."),
    ("raw-mark", TEXT, "A §%%note to self%% and §==light== and §^[a note]."),
    ("raw-mark", TEXT, "A §{% include fees.html %} and, §{#fees .wide}."),
    ("raw-mark", TEXT, "A ward {{ at }} night".replace("{{", "§{{")),
    ("raw-mark", SECTION, f"{SECTION} §{{#shift}}"),
    ("raw-mark", TEXT, "§:::warning\nNights.\n:::"),
    ("raw-mark", TEXT, "§[TOC]\n\nNights."),
    ("raw-mark", TEXT, "§[x] Ask for the rota.\n\n> §[!INFO] Fees\n> are high."),
    ("raw-mark", TEXT, "§| Ward | Nights |\n| Four | Two |"),
    ("raw-mark", ANSWER, "answer: >-\n      Less than\n      you §**would like."),
    ("raw-mark", "  - A *calm* voice", "  - A §**calm voice"),
    ("raw-mark", TEXT, "`**` and §**not, and `{#a}`, \\*\\*."),
    ("raw-mark", TEXT, "`%%a%%` \\%\\%b%% \\{#c} \\##D \\[ ] \\~\\~ \\` ``{{< e >}}``"),
    ("raw-mark", TEXT, "```text\n**a\n##B\n{{< c >}}\n| d |\n```\n\n    ==e== {#f}"),
    ("raw-mark", TEXT, "**Bold**, ~~gone~~ and 100% {sure}; #1 of 2 = 2, a|b, 1:2."),
    ("raw-mark", TEXT, "> [!WARNING]\n> Hot.\n\n- [x] Done\n\n| a | b |\n|---|---|\n| c | d |"),
    ("unused-note", TEXT, "Nights.[^a]\n\n[^a]: The rota.\n§[^b]: The survey."),
    ("unused-note", TEXT, "Nights.[^a]\n\n§[^a]: The rota.\n\n[^a]: The survey."),
    ("unused-note", ANSWER, "answer: |\n      Yes.\n\n      §[^1]: No."),
    ("unused-note", TEXT, "Nights.[^a] And days.[^a]\n\n[^a]: The rota.\n\n`[^b]: c`"),
    ("future-date", "updated: 2026-11-01", "updated: §2026-11-26"),
    ("future-date", "updated: 2026-11-01", "updated: 2026-11-25"),
    ("future-date", "updated: 2026-11-01", "published: §2026-11-26"),
    ("future-date", "updated: 2026-11-01", "published: 2026-11-25"),
    ("future-date", "skills:", source("2027-01-01", "§")),
    ("future-date", "skills:", source("2026-11-24")),
    ("stale-source", "skills:", source("2025-05-24", "§")),
    ("stale-source", "skills:", source("2025-05-25")),
    ("unsourced-number", TEXT, "§Hiring grew 12% in a year."),
    ("unsourced-number", TEXT, "§About 40 percent leave, and 9,000 return."),
    ("unsourced-number", TEXT, "One line.\n§Pay starts near $62,000 here."),
    ("unsourced-number", TEXT, "§It costs €4k, or 3 in 10 never finish."),
    ("unsourced-number", DECK, f"§{DECK} Pay rises by 20%."),
    ("unsourced-number", "  - A *calm* voice", "§  - 7 out of 10 employers say a voice"),
    (
        "unsourced-number",
        TEXT,
        "It is ninety percent done in 2026, at 4:45, for $40, under ISO 27001.",
    ),
    ("unsourced-number", TEXT, "Be 100% sure of a 1,000-bed ward, 3 in 12 weeks, 5 in 2024."),
    ("unsourced-number", ANSWER, f"answer: >-\n      It grew 12%,\n      says\n      {BUREAU}."),
    (
        "unsourced-number",
        ANSWER,
        f"answer: >-\n§      It grew 12%.\n  - {EXAM}\n    answer: Ask {BUREAU}",
    ),
    ("unsourced-number", "tldr:", f"{source('2026-11-01')[:-7]}{SOURCED}"),
    ("unsourced-number", TEXT, "Hiring grew 12% ([the bureau](https://www.bls.gov/))."),
    ("result-width", TITLE, f"title: §From {'the Long Hot Line ' * 3}of a Chef to Nurse"),
    ("result-width", TITLE, f"title: §{'Heat for Care and Care for Heat ' * 3}"),
    ("result-width", DECK, f"§{LONG}"),
    ("result-width", DECK, f"§{SHORT}"),
    ("result-width", TITLE, f'{TITLE[:-1]}, and All That Comes After the Last Ticket Is Up"'),
    ("result-width", TITLE, f"title: Chef to Nurse, and {'All the Work That Comes Then, ' * 3}"),
    ("result-width", TITLE, 'title: "From Chef to Nurse: 熱から看護へ"'),
    ("window-differs", TEXT, "§The move takes six months."),
    ("window-differs", TEXT, "As many say,\n§the whole transition usually takes 4 to 5 years."),
    ("window-differs", TEXT, "§Plan on about eighteen weeks for the move."),
    ("window-differs", TEXT, "§The move can easily take six months."),
    ("window-differs", TEXT, "Those who move take six months off."),
    ("window-differs", TEXT, "§You will make the switch in half a year."),
    ("window-differs", DECK, "§The move takes a month or two. What you know of heat stays useful."),
    (
        "window-differs",
        QUESTION,
        f"question: §{HOW_LONG}\n    answer: Nine months.\n  - {QUESTION}",
    ),
    ("window-differs", QUESTION, f"question: {HOW_LONG}\n    answer: Two years.\n  - {QUESTION}"),
    ("window-differs", QUESTION, f"question: {HOW_LONG}\n    answer: It varies.\n  - {QUESTION}"),
    ("window-differs", TEXT, "The move takes two to four years. A course takes six months."),
    ("window-differs", TEXT, "The move takes two and a half years."),
    ("window-differs", TEXT, "§The move takes one and a half years."),
    ("window-differs", TEXT, "§The move takes a year and a half."),
    ("window-differs", TEXT, "The move takes a year or two."),
    ("window-differs", TEXT, "The move takes one to three years."),
    ("window-differs", QUESTION, f"{EXAM}\n    answer: Two weeks.\n  - {QUESTION}"),
    ("window-differs", TEXT, "The move takes courage; six months in, you will know."),
    ("window-differs", TEXT, "Give six weeks to anatomy before the move."),
    ("window-differs", TEXT, "Before the move, which takes nerve, spend three months on a ward."),
]


@pytest.mark.parametrize(("rule", "old", "new"), CASES)
def test_a_rule_reports_the_marked_places_and_no_others(rule: str, old: str, new: str) -> None:
    assert old in GOOD_PIVOT
    text, places = marked(GOOD_PIVOT.replace(old, new, 1))
    problems = problems_in({PIVOT_PATH: text}, rule)
    assert [(problem.line, problem.column) for problem in problems] == places
    assert all(
        problem.path == PIVOT_PATH and problem.hint and problem.level == "warning"
        for problem in problems
    )


# What is put before the first heading of a text.
TEXT_CASES = [
    ("heading-outline", "§##\n\nLow.\n\n"),
    ("link-text", "[Here](§/).\n\n"),
    ("image-alt", "![](§/assets/a.png)\n\n"),
    ("unsourced-number", "§Pay grew by 9% in a year.\n\n"),
]
THIN = ("thin-section", "§## Pay\n\nLow.\n\n")


@pytest.mark.parametrize(
    ("path", "good", "rule", "put"),
    [(ROLE_PATH, GOOD_ROLE, *case) for case in [*TEXT_CASES, THIN]]
    + [(PAGE_PATH, GOOD_PAGE, *case) for case in TEXT_CASES],
)
def test_a_rule_of_text_holds_for_roles_and_own_pages_too(
    path: str, good: str, rule: str, put: str
) -> None:
    assert "---\n## " in good
    text, places = marked(good.replace("---\n## ", f"---\n{put}## "))
    problems = problems_in({PIVOT_PATH: GOOD_PIVOT, path: text}, rule)
    assert [(problem.path, problem.line, problem.column) for problem in problems] == [
        (path, *places[0])
    ]


def test_a_section_of_an_own_page_may_be_short() -> None:
    text = f"{GOOD_PAGE}\n## Post\n\n1 Mill Lane.\n"
    assert problems_in({PIVOT_PATH: GOOD_PIVOT, PAGE_PATH: text}) == []


def test_good_files_are_left_alone_by_every_rule() -> None:
    files = {PIVOT_PATH: GOOD_PIVOT, ROLE_PATH: GOOD_ROLE, PAGE_PATH: GOOD_PAGE}
    assert problems_in(files) == []


def test_every_function_of_a_rule_is_one_that_is_called() -> None:
    called = {"check_pivot", "check_page", "check_text", "check_site"}
    for name, module in rules().items():
        checking = {key for key in vars(module) if key.startswith("check")}
        assert checking, name
        assert checking <= called, name


def test_every_rule_of_one_file_has_cases_of_both_kinds() -> None:
    reported = {rule for rule, _, new in CASES if "§" in new}
    left_alone = {rule for rule, _, new in CASES if "§" not in new}
    single = {name for name, module in rules().items() if hasattr(module, "check_pivot")}
    assert reported == left_alone == single
