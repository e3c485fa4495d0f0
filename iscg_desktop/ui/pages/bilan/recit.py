"""The narrative of a bilan: typed for the committee's report, read again before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot

from iscg_desktop.domain.period import Periode, parse_period
from iscg_desktop.domain.recit import Passage
from iscg_desktop.errors import Problem
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.text_area import TextArea

_REST = 600  # ms after the last keystroke before the text is read again
_SHOWN = 8


class RecitForm(Form):
    """One text."""

    def __init__(self) -> None:
        super().__init__()
        area = TextArea(
            self.tr("Ce que le poste a permis, ce qui a changé, ce qui manque sur le territoire…"),
            rows=12,
            max_rows=30,
        )
        self.column.addWidget(self.register("texte", Field(self.tr("&Intérêt qualitatif"), area)))


class RecitPage(DraftedPage):
    """Types the narrative of a period; what may point at somebody is said as it is typed."""

    form_name = "recit"

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(services, hub, self.tr("Texte du rapport"))
        self._periode: Periode | None = None
        self._discreet = False
        self._form = RecitForm()
        entry = Card()
        entry.add(
            Quiet(
                self.tr(
                    "Ce texte ne va que dans le rapport PDF du comité. Il se tape pour lui, sans rien reprendre des"
                    " entretiens : aucun nom, aucun numéro, aucun cas reconnaissable."
                )
            )
        )
        entry.add(self._form)
        self.found = Card(self.tr("À relire"))
        self.found.hide()
        self.lay_out(entry, self.found)
        self._rest = QTimer(self, interval=_REST, singleShot=True)
        self._rest.timeout.connect(self._read_again)
        self._form.edited.connect(self._rest.start)

    @property
    def form(self) -> RecitForm:
        """The form of the page."""
        return self._form

    def start(self, periode: Periode) -> None:
        """Go on with the narrative of a period."""
        self.open(self._services.recits.cle(periode), partial(self._show_kept, periode))
        self._read_again()

    def set_discreet(self, discreet: bool) -> None:
        """Hide what she typed, or show it again."""
        self._discreet = discreet
        self._form.fields["texte"].setVisible(not discreet)
        self.found.setVisible(self.found.isVisible() and not discreet)

    def context(self) -> dict[str, Any]:
        return {"periode": self._periode.code if self._periode else ""}

    def take_context(self, context: Mapping[str, Any]) -> None:
        self._show(parse_period(context["periode"]))

    def record(self) -> tuple[Changes, str]:
        assert self._periode is not None
        return self._services.recits.keep(self._periode, self._text()), self.tr("Texte du rapport gardé")

    def _show_kept(self, periode: Periode) -> None:
        self._show(periode)
        self._form.put("texte", self._services.recits.get(periode))

    def _show(self, periode: Periode) -> None:
        self._periode = periode
        self._header.set_subtitle(periode.libelle)

    def _text(self) -> str:
        value = self._form.fields["texte"].widget.value()
        return str(value or "")

    @Slot()
    def _read_again(self) -> None:
        """Say what must go and what she should look at, line by line."""
        read = self._services.recits.relire(self._text())
        self.found.clear()
        said = {(each.code, each.ligne): each for each in (*read.refus, *read.avertissements)}
        for passage in list(said.values())[:_SHOWN]:
            self.found.add(self._line(passage))
        self.found.setVisible(bool(read.passages) and not self._discreet)

    def _line(self, passage: Passage) -> Line:
        words = sentence(Problem("texte", passage.code, {"ligne": passage.ligne}))
        refused = passage.gravite == "refus"
        return Line(words, icon="circle-alert" if refused else "info")
