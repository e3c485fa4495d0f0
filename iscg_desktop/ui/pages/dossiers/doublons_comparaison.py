"""Two lines that may be one person, side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date_courte, format_naissance
from iscg_desktop.domain.personne import Identite, Personne
from iscg_desktop.services.fusions import Apercu
from iscg_desktop.services.services import Services
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.line import Line

_LONGEST = 40  # letters of an answer in its button


class ComparaisonCard(Card):
    """Two lines side by side; where they differ, one answer is chosen.

    Signals:
        merge_requested: Id of the line that stays, of the one that goes, and from which each field is taken.
        apart_requested: Ids of two who are not one.
        personne_requested: Id of the person whose page is wanted.
    """

    merge_requested = Signal(int, int, object)
    apart_requested = Signal(int, int)
    personne_requested = Signal(int)

    def __init__(self, services: Services) -> None:
        super().__init__("")
        self._services = services
        self._apercu: Apercu | None = None
        self._discreet = False
        self.confirmed = False
        self.choices: dict[str, ChoiceRow] = {}
        self.setVisible(False)

    def show_two(self, apercu: Apercu) -> None:
        """Show two lines; the first is kept unless she chooses otherwise field by field."""
        self._apercu, self.confirmed = apercu, False
        self.setVisible(True)
        self._refresh()

    def put_away(self) -> None:
        """Show nobody."""
        self._apercu = None
        self.setVisible(False)

    def set_discreet(self, discreet: bool) -> None:
        """Hide both, or show them again."""
        self._discreet = discreet
        self._refresh()

    def take_focus(self) -> None:
        """Bring the keyboard to the first answer to choose, or to the button where nothing differs."""
        first = next(iter(self.choices.values()), None) or self._merge
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, words_: str) -> None:
        """Say why it must be asked twice; the next press is the answer."""
        self.confirmed = True
        self._question.show_message("alert", words_)

    def _refresh(self) -> None:
        if self._apercu is None:
            return
        self.clear()
        une, autre = self._apercu.une, self._apercu.autre
        if self._discreet:
            self.set_title(f"{une.identite.initiales} · {autre.identite.initiales}")
            self.add(Quiet(self.tr("Fiches masquées (F9)")))
            return
        self.set_title(self.tr("Est-ce une seule personne\u00a0?"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._put_person(grid, 0, self.tr("Fiche gardée"), une)
        self._put_person(grid, 1, self.tr("Fiche réunie"), autre)
        self._put_choices(grid, self._apercu)
        self.add(holder)
        if self._apercu.communs:
            said = self.tr("Toutes deux sont déjà dans le dossier {0}.").format(
                ", ".join(self._apercu.communs)
            )
            self.add(InlineMessage("info", said, dismissible=False))
        self._question = InlineMessage("alert", "", dismissible=False)
        self.add(self._question)
        self._put_buttons()

    def _put_person(self, grid: QGridLayout, row: int, place: str, person: Personne) -> None:
        life = self._services.personnes.reread(person.id)
        seen = ", ".join(dossier.numero for dossier in life.dossiers) or "–"
        line = Line(
            person.identite.nom_complet,
            self.tr("Dossiers\u00a0: {0}").format(seen),
            icon="user",
            clickable=True,
        )
        line.activated.connect(lambda personne=person.id: self.personne_requested.emit(personne))
        grid.addWidget(Quiet(place), row, 0)
        grid.addWidget(line, row, 1)

    def _put_choices(self, grid: QGridLayout, apercu: Apercu) -> None:
        self.choices = {}
        labels = self._labels()
        for rank, name in enumerate(apercu.champs, 2):
            answers = [self._said(name, each.identite) for each in (apercu.une, apercu.autre)]
            row = ChoiceRow((("gardee", answers[0]), ("absorbee", answers[1])), clearable=False)
            empty = getattr(apercu.une.identite, name) in ("", None, False, "non_renseigne")
            row.set_value("absorbee" if empty else "gardee")
            row.setAccessibleName(labels[name])
            self.choices[name] = row
            grid.addWidget(Text(labels[name], wrap=False), rank, 0)
            grid.addWidget(row, rank, 1)

    def _put_buttons(self) -> None:
        merge = self._merge = Button(self.tr("&Réunir en une seule fiche"), kind="primary", icon="users")
        merge.clicked.connect(self._on_merge_clicked)
        apart = Button(self.tr("Ce ne sont &pas les mêmes"), icon="x")
        apart.clicked.connect(self._on_apart_clicked)
        later = Button(self.tr("Plus tard"), kind="quiet")
        later.clicked.connect(self.put_away)
        buttons = QHBoxLayout()
        for button in (merge, apart, later):
            buttons.addWidget(button)
        buttons.addStretch()
        self.add(buttons)

    def _labels(self) -> dict[str, str]:
        return {
            "nom_usage": self.tr("Nom d’usage"), "nom_naissance": self.tr("Nom de naissance"),
            "prenom": self.tr("Prénom"), "surnom": self.tr("Surnom"), "description": self.tr("Désignation"),
            "sexe": self.tr("Sexe"), "naissance": self.tr("Naissance"), "adresse": self.tr("Adresse"),
            "commune": self.tr("Commune"), "telephone": self.tr("Téléphone"), "courriel": self.tr("Courriel"),
            "contact_sur": self.tr("Contact sûr"), "contact_sur_horaires": self.tr("Jours et heures"),
            "sans_message": self.tr("Message"), "vit_avec": self.tr("Qui vit là"),
            "informee_le": self.tr("Information donnée le"),
        }  # fmt: skip

    def _said(self, name: str, identite: Identite) -> str:
        value = getattr(identite, name)
        if name == "sexe":
            value = self._services.listes.libelle("sexe", value)
        elif name == "naissance":
            value = format_naissance(value) if value else ""
        elif name == "commune":
            value = self._services.listes.commune(value) if value else ""
        elif name == "sans_message":
            value = self.tr("ne pas en laisser") if value else self.tr("possible")
        elif name == "informee_le":
            value = format_date_courte(value) if value else ""
        text = str(value or self.tr("rien")).replace("&", "&&")
        return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"

    @Slot()
    def _on_merge_clicked(self) -> None:
        if self._apercu is not None:
            chosen = {name: row.value() for name, row in self.choices.items()}
            self.merge_requested.emit(self._apercu.une.id, self._apercu.autre.id, chosen)

    @Slot()
    def _on_apart_clicked(self) -> None:
        if self._apercu is not None:
            self.apart_requested.emit(self._apercu.une.id, self._apercu.autre.id)
