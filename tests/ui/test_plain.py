"""Words of the coffre as a label shows them."""

from __future__ import annotations

import pytest

from iscg_desktop.ui.plain import unbroken


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("0600000001", "06_00_00_00_01"),
        ("06 00 00 00 01", "06_00_00_00_01"),
        ("fixe 0200000001, le soir", "fixe 02_00_00_00_01, le soir"),
        ("+33600000001", "+33600000001"),
        ("00000000000001", "00000000000001"),
        ("12 rue du Port", "12 rue du Port"),
    ],
)
def test_a_number_is_read_by_twos_on_one_line(typed: str, shown: str) -> None:
    assert unbroken(typed) == shown.replace("_", "\u00a0")
