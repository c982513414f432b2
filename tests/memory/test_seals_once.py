"""Rows of the ledger are proven once in a build, and what it changes afterwards is sealed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pivotgen.memory.ledger import DamagedError, SiteIdentity, open_ledger


def test_rows_that_this_build_changed_are_read_as_they_are_now(tmp_path: Path) -> None:
    site = SiteIdentity(tmp_path, "a")
    with open_ledger(tmp_path / "memory", site) as ledger:
        ledger.inputs.store([("assets/a", b"1", b"2"), ("assets/b", b"1", b"2")])
        ledger.commit()
        assert [path for path, *_ in ledger.inputs.known()] == ["assets/a", "assets/b"]
        ledger.inputs.store([("assets/b", b"3", b"4"), ("assets/c", b"5", b"6")])
        ledger.inputs.delete(["assets/a"])
        known = [("assets/b", b"3", b"4"), ("assets/c", b"5", b"6")]
        assert ledger.inputs.known() == known
        ledger.commit()
    with open_ledger(tmp_path / "memory", site) as ledger:
        assert ledger.inputs.known() == known


def test_what_somebody_else_changed_before_is_found_out(tmp_path: Path) -> None:
    site = SiteIdentity(tmp_path, "a")
    with open_ledger(tmp_path / "memory", site) as ledger:
        ledger.inputs.store([("assets/a", b"1", b"2")])
        ledger.commit()
        ledger._database.execute("UPDATE sources SET digest = x'09'")
        ledger._database.commit()
    with pytest.raises(DamagedError), open_ledger(tmp_path / "memory", site) as ledger:
        ledger.inputs.known()
