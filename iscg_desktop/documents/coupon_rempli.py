"""A coupon filled as a partner's PDF reader would: for the demonstration."""

from __future__ import annotations

import io

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.dates import format_date_courte


def fill_coupon_form(form: bytes, coupon: Coupon) -> bytes:
    """The form with these answers in its fields."""
    from pypdf import PdfReader, PdfWriter

    buttons = {"connu": coupon.connu, "prise_en_charge": coupon.prise_en_charge, "suite": coupon.suite}
    days = {"rendez_vous_le": coupon.rendez_vous_le, "date": coupon.date}
    values = {
        **{name: f"/{code}" for name, code in buttons.items() if code},
        **{name: format_date_courte(day) for name, day in days.items() if day},
        "referent": coupon.referent,
        "motif": coupon.motif,
    }
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form)))
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
