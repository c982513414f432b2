"""A pivot and a role that every rule leaves alone."""

from __future__ import annotations

from datetime import date

# The day on which these texts are neither too old nor from the future.
TODAY = date(2026, 11, 24)
PIVOT_PATH = "content/pivots/chef-to-nurse.md"
ROLE_PATH = "content/roles/nurse.md"
PAGE_PATH = "content/pages/about.md"

GOOD_PIVOT = """\
---
title: "From Chef to Nurse: Heat for Care"
description: Timing, hygiene and a calm voice carry over. Anatomy and charting do not.
from: Chef
to: Nurse
window: 2–3 years
updated: 2026-11-01
tldr:
  - A *calm* voice carries over.
skills:
  - Triage
faqs:
  - question: Do my years in kitchens count at admission?
    answer: Less than you would like.
---
## Your built-in advantages

Cooks who run a pass have learned to hear nine things at once, to say the one that matters, and to
clean as they go. A ward at shift change is the same room with better light and worse coffee.

## The mindset shift

Nobody sends the plate back. What you do for a patient may help weeks later or not at all, and the
chart, not the taste, is how the next nurse knows. Writing it down becomes half of the craft.
"""

GOOD_ROLE = """\
---
name: Nurse
description: Looks after patients, from the first look to the last line of the chart.
---
## What the work is

Rounds, drips, dressings, doctors, families, and a chart that has to be right before anyone goes
home. Most of a shift is noticing small changes early and telling the right person in time.
"""

GOOD_PAGE = """\
---
title: About us
description: Who writes these pages, where their facts come from, and how to report an error.
---
## Who writes

Two people who hired cooks and nurses for a living, and who ask both before a page goes out. What a
page says about a trade was read over by somebody who works in it. That takes two or three weeks.
"""
