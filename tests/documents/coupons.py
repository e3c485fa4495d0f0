"""A partner's PDF reader: fills the form of a coupon as such programs do."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from iscg_desktop.documents.coupon_formulaire import render_coupon_form
from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.fiche_numero import Numero

NUMERO = Numero("MKE", 2026, 12)
JETON = bytes(range(8))
FORM = render_coupon_form(NUMERO, JETON)

BUTTONS = ("connu", "prise_en_charge", "suite")


def answers(coupon: Coupon) -> dict[str, str]:
    """Values of the fields that say what a coupon says."""
    return {
        "connu": f"/{coupon.connu}" if coupon.connu else "/Off",
        "prise_en_charge": f"/{coupon.prise_en_charge}" if coupon.prise_en_charge else "/Off",
        "suite": f"/{coupon.suite}" if coupon.suite else "/Off",
        "rendez_vous_le": format_date_courte(coupon.rendez_vous_le) if coupon.rendez_vous_le else "",
        "date": format_date_courte(coupon.date) if coupon.date else "",
        "referent": coupon.referent,
        "motif": coupon.motif,
    }


def filled(
    values: dict[str, str], form: bytes = FORM, change: Callable[[PdfWriter], object] | None = None
) -> bytes:
    """The form with these values, and whatever else a test does to it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form)))
    for annotation in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
        widget = annotation.get_object()
        field = widget if "/T" in widget else widget["/Parent"].get_object()
        if field["/T"] in values:
            value = values[field["/T"]]
            button = field["/FT"] == "/Btn"
            field[NameObject("/V")] = NameObject(value) if button else TextStringObject(value)
    if change is not None:
        change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
