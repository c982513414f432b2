"""Call settings: what the settings say of the site's own call to action, in all its languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from pivotgen.model.pivot import Call
from pivotgen.model.placeholders import fault_of_placeholders


def fault_of_calls(call: Call | None, others: Mapping[str, Call], languages: Sequence[str]) -> str:
    """What is wrong with the calls to action, in plain words; "" when nothing is.

    `others` are those in other languages, which are `languages`.
    """
    if call and not (call.heading and call.label and call.url):
        return "call needs a heading, a label and a url"
    if others and not call:
        return "calls has the words of `call` in other languages, and there is no call"
    named = {"call": call or Call(), **{f"calls, `{code}`,": each for code, each in others.items()}}
    for setting, each in named.items():
        for text in (each.heading, each.text, each.label):
            if fault := fault_of_placeholders(setting, text, "from", "to"):
                return fault
    for code, each in others.items():
        if not (each.heading and each.label):
            return f"the call in calls for `{code}` needs a heading and a label"
        if languages and code not in languages:
            near = get_close_matches(code, languages, 1)
            hint = f"did you mean `{near[0]}`?" if near else "name it in languages first"
            return f"`{code}` in calls is no other language of the site; {hint}"
    return ""
