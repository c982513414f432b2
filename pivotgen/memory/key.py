"""The key: what seals the ledgers of one user, kept where no site can bring it along.

It is in the user's configuration folder, or in an environment variable where machines change, as
under a runner of CI. Without either, a process seals with a key of its own, and no later one reads
what it stored.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

VARIABLE = "PIVOTGEN_LEDGER_KEY"
_PLACE = Path("pivotgen", "ledger-key")
_BYTES = 32
# Characters that a key in the environment has at least, so that nobody can guess it.
_LEAST = 32
# Of this process, where there is no other.
_BRIEF = os.urandom(_BYTES)


class LedgerKey(NamedTuple):
    """A key, and why it is only that of this process, in words; "" for a key that stays."""

    key: bytes
    fault: str = ""

    def __repr__(self) -> str:
        # A key is not shown, wherever it is printed by mistake.
        return "LedgerKey(…)"


def ledger_key(site: Path | None = None) -> LedgerKey:
    """The key for the ledgers of this user; a key inside `site` is not used."""
    if given := os.environ.get(VARIABLE, ""):
        if len(given) < _LEAST:
            fault = f"{VARIABLE} has fewer than {_LEAST} characters, so it could be guessed"
            return LedgerKey(_BRIEF, fault)
        return LedgerKey(blake2b(given.encode(errors="replace"), digest_size=_BYTES).digest())
    try:
        file = _folder() / _PLACE
        if site and file.resolve().is_relative_to(site.resolve()):
            return LedgerKey(_BRIEF, f"its key would be inside this site, at {file}")
        return LedgerKey(_read(file) or _created(file))
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return LedgerKey(_BRIEF, f"its key cannot be kept in {_folder_shown()}: {reason}")


def _folder() -> Path:
    """The user's configuration folder; a relative one in the environment does not count."""
    given = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    return given if given.is_absolute() else Path.home() / ".config"


def _folder_shown() -> str:
    try:
        return str((_folder() / _PLACE).parent)
    except RuntimeError:
        return "a home folder"


def _read(file: Path) -> bytes | None:
    """The key in a file, or None when there is no file; OSError when it is not to be trusted."""
    try:
        opened = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with open(opened, "rb") as reader:
        stat = os.fstat(opened)
        if stat.st_uid not in (os.geteuid(), 0):
            raise PermissionError(0, f"{file.name} belongs to another user")
        if stat.st_mode & 0o077:
            raise PermissionError(0, f"others may read {file.name}; give it the mode 600")
        text = reader.read(4 * _BYTES)
    key = bytes.fromhex(text.decode("ascii", "replace"))
    if len(key) != _BYTES:
        raise ValueError(f"{file.name} is not a key; delete it")
    return key


def _created(file: Path) -> bytes:
    """A new key in a file; that of another process that was quicker, if there is one."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = os.urandom(_BYTES)
    # The file is whole before it has its name, and a name that is taken is left alone.
    unfinished = file.with_name(f".{file.name}-{os.urandom(8).hex()}")
    opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(opened, "wb") as writer:
            writer.write(f"{key.hex()}\n".encode())
        try:
            os.link(unfinished, file)
        except FileExistsError:
            return _read(file) or key
        except OSError:
            # Some file systems have no second names for a file. There the last of two processes
            # that begin at once wins, and the other begins anew next time.
            os.replace(unfinished, file)
            return key
    finally:
        unfinished.unlink(missing_ok=True)
    return key
