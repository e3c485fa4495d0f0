"""Documents printed together: each whole, in order, and none on the back of another."""

from __future__ import annotations

import pytest

from iscg_desktop.documents.assembly import assemble, page_count
from iscg_desktop.documents.coupon_formulaire import render_coupon_form
from iscg_desktop.domain.fiche_numero import Numero
from tests.documents.lecture import pages

SHEETS = [render_coupon_form(Numero("MKE", 2026, rank), bytes(8)) for rank in (1, 2, 3)]


@pytest.mark.parametrize(("both_sides", "places"), [(False, [0, 1, 2]), (True, [0, 2, 4])])
def test_on_both_sides_each_document_begins_a_sheet(both_sides: bool, places: list[int]) -> None:
    whole = assemble(SHEETS, recto_verso=both_sides)
    found = [place for place, text in enumerate(pages(whole)) if "Coupon retour" in text]
    assert found == places
    assert page_count(whole) == places[-1] + 1
    for rank, place in zip((1, 2, 3), places, strict=True):
        assert str(Numero("MKE", 2026, rank)) in pages(whole)[place]
