"""The coupon retour as a form to be filled on a screen: one page, the number of a fiche, and nobody's name."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout, signs
from iscg_desktop.documents.layout import text
from iscg_desktop.documents.page import furniture
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.coupon import LONGUEURS
from iscg_desktop.domain.fiche_numero import Numero, texte_qr

CHAMP_CODE = "iscg"
"""Read-only field that holds what the QR code says."""
CHAMP_NUMERO = "numero"

_TITLE = "Coupon retour"
_QR = 30 * mm
_LABEL, _ROW, _FIELD = 150.0, 40.0, 22.0
_NOTES = (
    "Ne rien écrire ici sur la personne ni sur sa situation\u00a0: ce coupon revient par courriel.",
    "Remplissez les champs à l’écran, enregistrez le fichier et renvoyez-le, sans changer son numéro.",
)
LIBELLES_SUITES = {
    "accompagnement_engage": "Accompagnement engagé",
    "rdv_fixe": "Rendez-vous fixé",
    "en_attente": "En attente",
    "refus_personne": "Refus de la personne",
    "refus_partenaire": "Refus ou pas de place",
    "sans_suite": "Sans suite",
}


def render_coupon_form(numero: Numero, jeton: bytes) -> bytes:
    """The form for one fiche: the same bytes for the same fiche."""
    fonts.register()
    story: list[Flowable] = [
        text(_TITLE, layout.style(20, bold=True)),
        Spacer(0, 8),
        _Head(str(numero), texte_qr(numero, jeton)),
        Spacer(0, 14),
        _Form(),
    ]
    return build(_TITLE, story, furniture(f"Fiche {numero}"))


class _Head(Flowable):  # type: ignore[misc]
    """The number, what not to write, and the QR code."""

    def __init__(self, numero: str, qr: str) -> None:
        super().__init__()
        self._numero, self._qr = numero, qr

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, _QR
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.REGULAR, 9)
        self.canv.drawString(0, self.height - 17, "Fiche")
        field = _fields(self.canv)
        field.textfield(
            name=CHAMP_NUMERO, value=self._numero, x=34, y=self.height - 24, width=170, height=_FIELD,
            tooltip="Numéro de la fiche", fieldFlags="readOnly", maxlen=40, **_LOOK,
        )  # fmt: skip
        # Out of sight and off the paper: the QR code says the same to a telephone.
        field.textfield(
            name=CHAMP_CODE, value=self._qr, x=0, y=0, width=1, height=1, maxlen=80,
            fieldFlags="readOnly", annotationFlags="hidden", **_LOOK,
        )  # fmt: skip
        wide = self.width - _QR - 10 * mm
        y = self.height - 34
        for words in _NOTES:
            note = text(words, layout.style(9))
            _, tall = note.wrapOn(self.canv, wide, self.height)
            y -= tall + 3
            note.drawOn(self.canv, 0, y)
        signs.qr(self.canv, self._qr, self.width - _QR, 0, _QR)


class _Form(Flowable):  # type: ignore[misc]
    """The questions, one a line."""

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, 9.5 * _ROW + 40
        return self.width, self.height

    def draw(self) -> None:
        self._y = self.height
        yes_no = (("oui", "oui"), ("non", "non"))
        self._choice("connu", "Personne connue du service", yes_no, 70)
        self._choice("prise_en_charge", "Prise en charge", yes_no, 70)
        self._blank("rendez_vous_le", "Premier rendez-vous le", "jj/mm/aaaa", 110)
        self._blank("referent", "Référent", "", self.width - _LABEL, LONGUEURS["referent"])
        self._choice("suite", "Suite donnée", tuple(LIBELLES_SUITES.items()), (self.width - _LABEL) / 2)
        self._blank("motif", "Motif, en cas de refus", "", self.width - _LABEL, LONGUEURS["motif"], rows=3)
        self._blank("date", "Date", "jj/mm/aaaa", 110)

    def _label(self, words: str) -> None:
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.SEMIBOLD, 9.5)
        self.canv.drawString(0, self._y + 7, words)

    def _choice(self, name: str, label: str, answers: tuple[tuple[str, str], ...], step: float) -> None:
        per_line = max(int((self.width - _LABEL) // step), 1)
        lines = -(-len(answers) // per_line)
        self._y -= _ROW
        self._label(label)
        self.canv.setFont(fonts.REGULAR, 9.5)
        for place, (code, words) in enumerate(answers):
            x = _LABEL + place % per_line * step
            y = self._y - place // per_line * 22
            _fields(self.canv).radio(
                name=name, value=code, x=x, y=y + 4, size=14, shape="square", buttonStyle="cross",
                tooltip=label, fieldFlags="radio", **_BOX,
            )  # fmt: skip
            self.canv.drawString(x + 20, y + 7, words)
        self._y -= (lines - 1) * 22

    def _blank(self, name: str, label: str, hint: str, wide: float, longest: int = 30, rows: int = 1) -> None:
        self._y -= _ROW + (rows - 1) * 14
        tall = _FIELD + (rows - 1) * 14
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.SEMIBOLD, 9.5)
        self.canv.drawString(0, self._y + tall - 15, label)
        _fields(self.canv).textfield(
            name=name, x=_LABEL, y=self._y, width=wide, height=tall, tooltip=label, maxlen=longest,
            fieldFlags="multiline" if rows > 1 else "", **_LOOK,
        )  # fmt: skip
        if hint:
            self.canv.setFont(fonts.REGULAR, 8.2)
            self.canv.drawString(_LABEL + wide + 8, self._y + 7, hint)


_BOX: dict[str, Any] = {
    "borderColor": layout.INK, "fillColor": layout.WHITE, "textColor": layout.INK, "borderWidth": 0.8, "relative": True,
}  # fmt: skip
_LOOK: dict[str, Any] = {**_BOX, "fontName": "Helvetica", "fontSize": 10}


def _fields(canvas: Any) -> Any:
    return canvas.acroForm
