"""Roots: the folders that were built into, and what was last done for each as a whole."""

from __future__ import annotations

import sqlite3
from typing import Any

from pivotgen.model.source import Digest


class Roots:
    """Rows of `roots`, one for each folder built into."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def names(self) -> list[str]:
        """Every folder that was built into."""
        return [root for (root,) in self._database.execute("SELECT root FROM roots")]

    def planned_from(self, root: str) -> Digest | None:
        """What the plan of `root` was made from."""
        return self._digest("planned_from", root)

    def dated_from(self, root: str) -> Digest | None:
        """What the days of the plan of `root` were found from; None for a plan without days."""
        return self._digest("dated_from", root)

    def settled_from(self, root: str) -> Digest | None:
        """What the cards and the plan were when every file of `root` was last right."""
        return self._digest("settled_from", root)

    def plan(self, root: str) -> int:
        """The number of the plan of `root`, which the rows of its files have."""
        return int(self._value("plan", root))

    def files(self, root: str) -> int:
        """How many files the plan of `root` has."""
        return int(self._value("files", root))

    def _digest(self, column: str, root: str) -> Digest | None:
        digest: Digest | None = self._value(column, root)
        return digest

    def _value(self, column: str, root: str) -> Any:
        rows = self._database.execute(f"SELECT {column} FROM roots WHERE root = ?", (root,))
        row = rows.fetchone()
        return row[0] if row else None

    def begin_plan(self, root: str, key: Digest) -> int:
        """Begin a new plan, made from `key`; its number."""
        self._database.execute(
            "INSERT INTO roots (root, plan, planned_from) VALUES (?1, 1, ?2) "
            "ON CONFLICT DO UPDATE SET plan = plan + 1, planned_from = ?2, dated_from = NULL",
            (root, key),
        )
        return self.plan(root)

    def count_files(self, root: str) -> None:
        """Note how many files the plan has, once all of them are stored."""
        self._database.execute(
            "UPDATE roots SET files = (SELECT count(*) FROM pages p WHERE p.root = ?1 "
            "AND p.plan = roots.plan) WHERE root = ?1",
            (root,),
        )

    def date(self, root: str, key: Digest) -> None:
        """Note what the days of the plan were found from."""
        self._database.execute("UPDATE roots SET dated_from = ? WHERE root = ?", (key, root))

    def settle(self, root: str, key: Digest) -> None:
        """Note what the cards and the plan are, now that every file is right."""
        self._database.execute("UPDATE roots SET settled_from = ? WHERE root = ?", (key, root))
