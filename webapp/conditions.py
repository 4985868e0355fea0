"""The one small test that opens questions, procedures, paragraphs and notices."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

Facts = Mapping[str, Set[str]]


@dataclass(frozen=True)
class When:
    """Tables of `fact -> values`: inside a table all must hold, between tables one is enough.

    Without any table the condition always holds.
    """

    tables: tuple[tuple[tuple[str, frozenset[str]], ...], ...] = ()

    def holds(self, facts: Facts) -> bool:
        """True when one table's every key shares a value with `facts`."""
        if not self.tables:
            return True
        empty: frozenset[str] = frozenset()
        return any(all(facts.get(key, empty) & values for key, values in table) for table in self.tables)

    def names(self) -> frozenset[tuple[str, str]]:
        """Every (fact, value) pair that the condition names, for checking the data."""
        return frozenset((key, value) for table in self.tables for key, values in table for value in values)


ALWAYS = When()


def read_when(raw: object) -> When:
    """A condition from its TOML form: a table, or a list of tables.

    Raises ValueError, in words for the person who edits the file, for anything else.
    """
    if isinstance(raw, When):
        return raw
    tables = raw if isinstance(raw, list) and raw else [raw]  # an empty list is no table either
    return When(tuple(_read_table(table) for table in tables))


def _read_table(table: object) -> tuple[tuple[str, frozenset[str]], ...]:
    if not isinstance(table, dict) or not table:
        raise ValueError("write it as { fact = [“value”, …] }, or as a list of such tables")
    for key, values in table.items():
        if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
            raise ValueError(f"write the values of “{key}” as a list of words in square brackets")
    return tuple((key, frozenset(values)) for key, values in table.items())
