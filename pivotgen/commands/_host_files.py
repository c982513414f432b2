"""Host files: what a host or a service of CI reads in the folder of a site's sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pivotgen.model.names import slug_of

_STARTER = Path(__file__).resolve().parents[1] / "starter"

# By host, and by service: each file of the site, and the files of starter/ that it is made of.
_HOSTS: dict[str, dict[str, tuple[str, ...]]] = {
    "cloudflare": {
        "cloudflare.sh": ("hosts/cloudflare.sh",),
        "wrangler.jsonc": ("hosts/wrangler.jsonc",),
    },
    "github-pages": {".github/workflows/publish.yml": ("github/publish.yml",)},
    "gitlab-pages": {".gitlab-ci.yml": ("gitlab/gitlab-ci.yml", "gitlab/pages.yml")},
    "netlify": {"netlify.toml": ("hosts/netlify.toml",)},
    "vercel": {"vercel.json": ("hosts/vercel.json",), "vercel.sh": ("hosts/vercel.sh",)},
}
_SERVICES: dict[str, dict[str, tuple[str, ...]]] = {
    "github": {".github/workflows/check.yml": ("github/check.yml",)},
    "gitlab": {".gitlab-ci.yml": ("gitlab/gitlab-ci.yml",)},
}
# Hosts that only publish what their own service has built.
_SERVICE_OF = {"github-pages": "github", "gitlab-pages": "gitlab"}
# What the programs of a host leave in the folder of the site.
_IGNORED = {"cloudflare": ".wrangler/", "netlify": ".netlify/", "vercel": ".vercel/"}
# Stands for the name of the project.
_PROJECT = "$project"
# Cloudflare takes names of projects up to this length.
_LONGEST_NAME = 58

SERVICES = tuple(_SERVICES)


def service_of(host: str, service: str) -> str:
    """The service of CI that goes with a host, if none is named; ValueError when two do not fit."""
    needed = _SERVICE_OF.get(host, "")
    if needed and service not in ("", needed):
        raise ValueError(f"{host} only publishes what CI of {needed} has built; leave out --ci")
    return service or needed


def host_files(host: str, service: str, name: str) -> dict[str, str]:
    """The text of every file for a host and a service, by its path; `name` is that of the site.

    Each of both may be "".
    """
    made_of = _SERVICES.get(service, {}) | _HOSTS.get(host, {})
    project = _project_name(name)
    return {
        path: "".join((_STARTER / part).read_text("utf-8") for part in parts).replace(
            _PROJECT, project
        )
        for path, parts in made_of.items()
    }


def ignored_lines(host: str) -> Iterator[str]:
    """What git should ignore because of a host."""
    if host in _IGNORED:
        yield _IGNORED[host]


def steps_to_publish(host: str, service: str) -> tuple[str, ...]:
    """What is to be done once outside of this computer, in the order of doing it."""
    steps = {
        "cloudflare": (
            "At Cloudflare, make a Pages project of that repository.",
            "Its build command is `sh cloudflare.sh`, its output directory `public`.",
        ),
        "github-pages": (
            "On GitHub, choose Settings, Pages, Source: GitHub Actions.",
            "Under Actions, run the workflow Publish. Later each push runs it.",
        ),
        "gitlab-pages": ("Each push to the main branch publishes; see Deploy, Pages.",),
        "netlify": ("At Netlify, import that repository, and change nothing else.",),
        "vercel": ("At Vercel, import that repository, and change nothing else.",),
    }.get(host, ())
    if not steps and host:
        steps = (f"`pivotgen build`, and publish public/ as the guide to hosts says of {host}.",)
    place = {"github": "GitHub", "gitlab": "GitLab"}.get(service, "your git host")
    push = f"Push to a new repository at {place}, to the branch main."
    return (push, *steps) if service or host in _HOSTS else steps


def _project_name(name: str) -> str:
    ascii_part = slug_of(name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_part).strip("-")
    return plain[:_LONGEST_NAME].strip("-") or "site"
