"""Deploy files: what a service of CI needs to deploy a site to a target of its settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pivotgen.commands._targets import chosen_target
from pivotgen.model.caches import Bunny, Cloudflare, CloudFront, Fastly, Purge, Webhook
from pivotgen.model.config import Config
from pivotgen.model.report import SiteError
from pivotgen.model.targets import S3, Azure, Folder, Server, Target

_STARTER = Path(__file__).resolve().parents[1] / "starter"
# The file of each service.
_FILES = {"github": ".github/workflows/deploy.yml", "gitlab": ".gitlab-ci.yml"}
_AWS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def target_for_ci(config: Config) -> Target | None:
    """The target that `pivotgen deploy` means, where another machine can reach it."""
    try:
        target = config.targets[chosen_target(config, "")]
    except SiteError:
        return None
    return None if isinstance(target, Folder) else target


def with_deploy(files: dict[str, str], service: str, target: Target) -> dict[str, str]:
    """The files of a service by their paths, and with them what deploys to a target."""
    path = _FILES[service]
    ssh = ("ssh.yml",) if isinstance(target, Server) else ()
    parts = ("deploy.yml", *ssh, "deploy-step.yml")
    texts = [(_STARTER / service / part).read_text("utf-8") for part in parts]
    texts += [_given(service, key) for key in keys_of(target)]
    # GitLab has one file for all.
    return {**files, path: "".join((files.get(path, ""), *texts))}


def keys_of(target: Target) -> tuple[str, ...]:
    """The names of the keys that a deploy to a target asks the environment for."""
    return tuple(dict.fromkeys(_keys(target)))


def secrets_for_ci(config: Config) -> tuple[str, ...]:
    """The names of all that a service of CI is to be given for a deploy; none without a target."""
    target = target_for_ci(config)
    if not target:
        return ()
    ssh = ("SSH_KNOWN_HOSTS", "SSH_PRIVATE_KEY") if isinstance(target, Server) else ()
    return (*ssh, *keys_of(target), "PIVOTGEN_LEDGER_KEY")


def extras_of(target: Target) -> str:
    """What of pivotgen is to be installed, such as "pivotgen[deploy]"."""
    has_library = isinstance(target, S3 | Azure)
    extras = [
        *(["aws"] if any(isinstance(each, CloudFront) for each in target.purge) else []),
        *(["deploy"] if has_library else []),
    ]
    return f"pivotgen[{','.join(extras)}]" if extras else "pivotgen"


def _keys(target: Target) -> Iterator[str]:
    match target:
        case S3():
            yield from _AWS
        case Azure():
            yield "AZURE_STORAGE_ACCOUNT_KEY"
    for purge in target.purge:
        yield from _keys_of_cache(purge)


def _keys_of_cache(purge: Purge) -> tuple[str, ...]:
    match purge:
        case CloudFront():
            return _AWS
        case Cloudflare():
            return ("CLOUDFLARE_API_TOKEN",)
        case Fastly():
            return ("FASTLY_API_TOKEN",)
        case Bunny():
            return ("BUNNY_API_KEY",)
        case Webhook():
            return ("PIVOTGEN_WEBHOOK_SECRET",)
    raise TypeError(purge)


def _given(service: str, key: str) -> str:
    """How a step gets a key; in GitLab every job has all of them."""
    return f"          {key}: ${{{{ secrets.{key} }}}}\n" if service == "github" else ""
