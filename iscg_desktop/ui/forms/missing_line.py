"""What the bilan will count as non renseigné, said while it can still be answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.entretien import A_CONFIRMER
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Quiet

_NAMED = 6  # beyond, the line would be longer than it helps


class MissingLine(QWidget):
    """« 3 renseignements manquent pour le bilan : activité, ressources, logement. », each a link to its field.

    Signals:
        asked: Carries the name of the fact to go to.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missing")
        self._names: tuple[str, ...] = ()
        self._asks: list[str] = []
        self._words = Quiet(wrap=False)
        self._flow = FlowLayout(self, spacing=1)
        self._flow.addWidget(self._words)
        self._links = [LinkButton() for _ in range(_NAMED + 2)]
        for link in self._links:
            link.clicked.connect(self._on_link_clicked)
            self._flow.addWidget(link)

    def show_missing(self, names: Sequence[str]) -> None:
        """Say which facts are missing, by their names in a draft."""
        self._names = tuple(names)
        labels = self._labels()
        shown = [labels[name] for name in self._names if name != A_CONFIRMER]
        count = len(shown)
        to_confirm = A_CONFIRMER in self._names
        if count == 0 and to_confirm:
            words = self.tr("Rien ne manque pour le bilan, mais\u00a0:")
        elif count == 0:
            words = self.tr("Rien ne manque pour le bilan.")
        elif count == 1:
            words = self.tr("1 renseignement manque pour le bilan\u00a0:")
        else:
            words = self.tr("{0} renseignements manquent pour le bilan\u00a0:").format(count)
        self._words.setText(words)
        if count > _NAMED:
            shown = [*shown[:_NAMED], self.tr("et {0} autres").format(count - _NAMED)]
        if to_confirm:
            shown.append(self.tr("des réponses reprises sont à confirmer (F8)"))
        self._asks = [name for name in self._names if name != A_CONFIRMER][: _NAMED + 1]
        self._asks += [A_CONFIRMER] if to_confirm else []
        for place, link in enumerate(self._links):
            last = place == len(shown) - 1
            link.setText(shown[place] + ("." if last else ",") if place < len(shown) else "")
            link.setVisible(place < len(shown))

    def text(self) -> str:
        """The whole sentence."""
        links = [link.text() for link in self._links if not link.isHidden()]
        return " ".join([self._words.text(), *links])

    def _labels(self) -> dict[str, str]:
        return {
            "age": self.tr("âge"),
            "sexe": self.tr("sexe"),
            "statut": self.tr("statut"),
            "situation_conjugale": self.tr("situation conjugale"),
            "type_menage": self.tr("ménage"),
            "activite": self.tr("activité"),
            "csp": self.tr("catégorie socioprofessionnelle"),
            "logement": self.tr("logement"),
            "connu_services_sociaux": self.tr("connu des services sociaux"),
            "suivi_en_cours": self.tr("suivi en cours"),
            "vulnerabilite": self.tr("vulnérabilités"),
            "commune": self.tr("commune"),
            "ressources": self.tr("ressources"),
            "mode": self.tr("mode"),
            "demandes": self.tr("demandes"),
            "reponses": self.tr("réponses"),
        }

    @Slot()
    def _on_link_clicked(self) -> None:
        place = next(place for place, link in enumerate(self._links) if link is self.sender())
        self.asked.emit(self._asks[place])
