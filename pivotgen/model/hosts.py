"""Hosts: where a site is published, by the names that Config knows, and what each of them takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# By the name that a site gives in its settings: whether the host can send redirects of its own.
HOSTS = {
    "apache": True,
    "caddy": True,
    "cloudflare": True,
    "cloudfront": True,
    "github-pages": False,
    "gitlab-pages": False,
    "netlify": True,
    "nginx": True,
    "vercel": True,
}
# The preview is a host too; no settings name it.
PREVIEW = "preview"

# What Cloudflare Pages takes: rules of _redirects for one address each and for many, rules of
# _headers, characters of a line of either, files, of which a paid plan takes more, and bytes of
# one. What is beyond is left out without a word.
CLOUDFLARE_REDIRECTS, CLOUDFLARE_GENERAL, CLOUDFLARE_HEADERS = 2_000, 100, 100
CLOUDFLARE_RULE, CLOUDFLARE_HEADER = 1_000, 2_000
CLOUDFLARE_FILES, CLOUDFLARE_FILES_PAID = 20_000, 100_000
CLOUDFLARE_BYTES = 25 * 1024 * 1024
# From how many redirects on Netlify says that a deploy may fail.
NETLIFY_REDIRECTS = 10_000
# From how many redirects on Apache, which reads its file for each request, takes milliseconds more.
APACHE_REDIRECTS = 2_000
# What GitHub Pages takes: bytes of a whole site.
GITHUB_BYTES = 1_000_000_000
# What nginx takes: bytes of one text in its settings; and Apache: of one line.
NGINX_TEXT, APACHE_LINE = 4_094, 8_190
# What CloudFront takes: bytes of a function, of a key and of a pair in a key value store, of all
# its pairs.
CLOUDFRONT_FUNCTION = 10_240
CLOUDFRONT_KEY, CLOUDFRONT_PAIR, CLOUDFRONT_STORE = 512, 1_024, 5 * 1024 * 1024
# What Vercel takes: routes of a deployment, here less those that every site has, and characters of
# an expression. With more, nothing is published.
VERCEL_REDIRECTS, VERCEL_EXPRESSION = 1_900, 4_096


def fault_of_hosts(names: Sequence[str]) -> str:
    """What is wrong with the hosts of the settings, in plain words; "" when nothing is."""
    for name in names:
        if name not in HOSTS:
            # Only this needs it, and the help of the command line reads this module.
            from difflib import get_close_matches

            near = get_close_matches(str(name).lower(), HOSTS, 1, 0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(HOSTS)}"
            return f"there is no host `{name}`; {hint}"
    doubled = next((name for name in names if list(names).count(name) > 1), "")
    return f"the host `{doubled}` is named twice" if doubled else ""


def needs_small_pages(hosts: Iterable[str], moved: Sequence[tuple[str, str]], base: str) -> bool:
    """Whether old addresses need a page of their own, which leads on.

    `moved` has the old and the new address of each move. They do where no host is named, where
    one cannot redirect, and where one takes fewer redirects than there are.
    """
    named = [host for host in hosts if host != PREVIEW]
    if not named or not all(HOSTS[host] for host in named):
        return True
    if "vercel" in named and len(moved) > VERCEL_REDIRECTS:
        return True
    return "cloudflare" in named and len(cloudflare_rules(moved, base, named)) < 2 * len(moved)


def cloudflare_rules(
    moved: Sequence[tuple[str, str]], base: str, hosts: Iterable[str]
) -> list[tuple[str, str]]:
    """The redirects that Cloudflare Pages takes, each from an address as it is asked for.

    Its rules do not take /old for /old/, so each address has two. Where that is too much, only the
    addresses with a slash have a rule: the host itself adds the slash to the address of a page.
    """
    short = [
        (f"{base}{old}", f"{base}{new}")
        for old, new in moved
        if len(f"{base}{old} {base}{new} 301") <= CLOUDFLARE_RULE
    ]
    # Files of other hosts have rules too, and so has the base path.
    others = len({"apache", "github-pages"}.intersection(hosts))
    room = CLOUDFLARE_REDIRECTS - (2 * others + 2 if base else others)
    if 2 * len(short) > room or len(short) < len(moved):
        return short[:room]
    return [(form, new) for old, new in short for form in (old, old.rstrip("/"))]
