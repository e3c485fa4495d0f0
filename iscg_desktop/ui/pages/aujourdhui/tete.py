"""The head of the day's page, where she is said to be; what the first day says; what was left half-typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.brouillon import Brouillon
from iscg_desktop.domain.dates import format_heure, format_jour
from iscg_desktop.domain.unite import Unite
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard
from iscg_desktop.ui.widgets.page_header import PageHeader


class Head(PageHeader):
    """The day, and under it where she is, which a press changes.

    Signals:
        place_requested: She wants to say where she is.
    """

    place_requested = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self._pin = IconLabel("map-pin", "quiet", 16)
        self._place = LinkButton()
        self._place.clicked.connect(self.place_requested)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._pin)
        row.addWidget(self._place)
        row.addStretch()
        self._words.addLayout(row)

    def show_place(self, unite: Unite | None, *, any_unite: bool) -> None:
        """Say where she is, or ask; nothing when there is no unité to be at."""
        self._pin.setVisible(any_unite)
        self._place.setVisible(any_unite)
        if unite is None:
            self._place.setText(self.tr("Où êtes-vous aujourd’hui ? Choisir la &permanence"))
        else:
            self._place.setText(permanence_words(unite.nom).replace("&", "&&"))
            self._place.setToolTip(self.tr("Changer de permanence"))

    def below_place(self) -> QPoint:
        """Where a menu opens."""
        return self._place.mapToGlobal(QPoint(0, self._place.height() + 2))


class Bienvenue(ListCard):
    """The first day: what to do first, then what follows by itself."""

    def __init__(self) -> None:
        super().__init__(self.tr("Votre coffre est prêt"), icon="house")
        self._placed = False
        self._show()

    def set_placed(self, placed: bool) -> None:
        """Whether she already said where she is."""
        if placed != self._placed:
            self._placed = placed
            self._show()

    def _show(self) -> None:
        done = Chip("good", self.tr("fait")) if self._placed else None
        rows = [
            ("permanence", Line(
                self.tr("Dites où vous êtes aujourd’hui"),
                self.tr("La permanence du jour remplit d’avance vos entretiens."),
                icon="map-pin", chip=done, clickable=True,
            )),
            ("entretien", Line(
                self.tr("Enregistrez un premier entretien"),
                self.tr("Une page, gardée à chaque frappe : rien n’est à enregistrer avant la fin."),
                icon="pencil", chip=Chip("accent", self.tr("Ctrl+N")), clickable=True,
            )),
            (None, Line(
                self.tr("Une orientation donne une fiche de liaison"),
                self.tr("Elle s’imprime, ou se garde en PDF protégé."),
                icon="send",
            )),
            (None, Line(
                self.tr("Le bilan se compte tout seul"),
                self.tr("Aucun nom n’en sort : il est protégé avant d’être remis."),
                icon="chart-column",
            )),
        ]  # fmt: skip
        self.show_rows(rows, len(rows))


class BrouillonsCard(ListCard):
    """What was left half-typed; hidden when there is nothing."""

    def __init__(self) -> None:
        super().__init__(self.tr("À reprendre"), icon="pencil")

    def show_drafts(self, brouillons: Iterable[Brouillon], numeros: dict[int, str], today: date) -> None:
        """Show the drafts; ``numeros`` names the dossiers they belong to."""
        rows: list[tuple[object, QWidget]] = []
        begun = {
            "entretien": self.tr("Entretien commencé"),
            "fiche": self.tr("Fiche commencée"),
            "document": self.tr("Document commencé"),
            "saisine": self.tr("Saisine commencée"),
            "contact": self.tr("Contact commencé"),
            "suite": self.tr("Suite commencée"),
            "orientation": self.tr("Orientation commencée"),
            "structure": self.tr("Structure commencée"),
            "grille": self.tr("Grille commencée"),
            "recit": self.tr("Texte de bilan commencé"),
        }
        for draft in brouillons:
            words = begun.get(draft.formulaire, self.tr("Saisie commencée"))
            if draft.dossier_id in numeros:
                words += self.tr(", dossier {numero}").format(numero=numeros[draft.dossier_id])
            chip = Chip("accent", self.tr("reprendre"))
            rows.append(
                (draft.cle, Line(words, self._kept(draft.modifie_le, today), chip=chip, clickable=True))
            )
        self.show_rows(rows, len(rows))
        self.setVisible(bool(rows))

    def _kept(self, moment: datetime, today: date) -> str:
        local = moment.astimezone()
        hour = format_heure(local.time().replace(second=0, microsecond=0))
        if local.date() == today:
            return self.tr("gardé à {heure}").format(heure=hour)
        return self.tr("gardé {jour} à {heure}").format(jour=format_jour(local.date()), heure=hour)


def permanence_words(nom: str) -> str:
    """« Permanence à la brigade de Saint-Aubin », in French whatever the kind of unité."""
    translate = QCoreApplication.translate
    kind = next(iter(nom.lower().split()), "")
    if kind in ("brigade", "compagnie", "communauté", "maison"):
        words, nom = translate("Permanence", "Permanence à la {nom}"), nom[0].lower() + nom[1:]
    elif kind in ("commissariat", "groupement"):
        words, nom = translate("Permanence", "Permanence au {nom}"), nom[0].lower() + nom[1:]
    else:
        words = translate("Permanence", "Permanence : {nom}")
    return words.format(nom=nom)
