"""The recovery sheet: one page, the code whole, nothing else in the file."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from iscg_desktop.documents.recovery_sheet import render_recovery_sheet
from tests.documents.lecture import pages, squashed

GROUPS = ("7KQ2M", "X4T9V", "0ABCD", "EFGHJ", "KMNPQ", "RSTVW", "XYZ23")
DAY = date(2026, 11, 23)


def test_the_code_stands_on_one_page_in_order() -> None:
    (page,) = pages(render_recovery_sheet(GROUPS, "Coffre <b>de</b> Vallière", DAY))
    assert squashed("".join(f"{n}{group}" for n, group in enumerate(GROUPS, start=1))) in squashed(page)
    assert "Coffre <b>de</b> Vallière" in page
    assert "lundi 23 novembre 2026" in page


def test_it_stays_on_one_page_whatever_the_label() -> None:
    assert len(pages(render_recovery_sheet(GROUPS, "Coffre " * 500, DAY))) == 1


def test_empty_groups_print_frames_to_fill_in() -> None:
    (page,) = pages(render_recovery_sheet([""] * 7, "Coffre", DAY))
    assert squashed("1234567") in squashed(page)


def test_it_is_reproducible_and_its_metadata_neutral() -> None:
    pdf = render_recovery_sheet(GROUPS, "Coffre", DAY)
    assert pdf == render_recovery_sheet(GROUPS, "Coffre", DAY)
    assert PdfReader(io.BytesIO(pdf)).metadata == {"/Title": "Fiche de secours"}
    assert b"7KQ2M" not in pdf
