"""Who may be in the coffre twice: reviewed two by two, merged by hand field by field, or said apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date_courte, format_naissance
from iscg_desktop.domain.personne import Choix, Identite
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.fusions import Apercu, Paire
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_SLICE = 200  # pairs looked at between two turns of the loop: some ms
_LONGEST = 40  # letters of an answer in its button


class DoublonsPage(ScrollPage):
    """The list of pairs, and under it the two lines side by side.

    Signals:
        back_requested: Back to the list of dossiers.
        personne_requested: Id of a person whose page is wanted.
    """

    back_requested = Signal()
    personne_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader(self.tr("Doublons possibles"))
        super().__init__(header)
        self.title = self.tr("Doublons possibles")
        self._services, self._hub = services, hub
        self._discreet = False
        self._pairs: list[Paire] = []
        self._waiting: Iterator[tuple[int, int]] = iter(())
        self._undo: tuple[str, int, int] | None = None
        header.set_back(self.tr("Dossiers")).clicked.connect(self.back_requested)
        self.message = InlineMessage()
        self.message.action_triggered.connect(self._on_taken_back)
        self.comparison = ComparaisonCard(services)
        self.comparison.merge_requested.connect(self._on_merge_requested)
        self.comparison.apart_requested.connect(self._on_apart_requested)
        self.comparison.personne_requested.connect(self.personne_requested)
        self.list = ListCard(
            self.tr("À regarder"),
            self.tr("Personne ne semble être deux fois dans votre coffre."),
            icon="users",
            shown=8,
        )
        self.list.chosen.connect(self._on_pair_chosen)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)
        self.add(self.message)
        self.add(self.comparison)
        self.add(self.list)
        hub.changed.connect(self._on_hub_changed)

    def start(self) -> None:
        """Look for pairs again, a slice at a time."""
        self.message.clear()
        self.comparison.put_away()
        self._look()

    def compare(self, keep: int, gone: int) -> None:
        """Show two lines side by side."""
        self.start()
        self._open(keep, gone)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials and no answer, or all again."""
        self._discreet = discreet
        self.comparison.set_discreet(discreet)
        self._show_pairs()

    def _look(self) -> None:
        self._pairs = []
        self._waiting = iter(self._services.fusions.pairs())
        self._turn.start()

    @Slot()
    def _on_turn(self) -> None:
        pairs = list(islice(self._waiting, _SLICE))
        if pairs:
            self._pairs += self._services.fusions.look(pairs)
            self._turn.start()
        else:
            self._pairs.sort(key=lambda pair: (-pair.comparaison.points, pair.une.id, pair.autre.id))
            self._show_pairs()

    def _show_pairs(self) -> None:
        rows = (((pair.une.id, pair.autre.id), self._line(pair)) for pair in self._pairs)
        self.list.show_rows(rows, len(self._pairs))

    def _name(self, identite: Identite) -> str:
        return identite.initiales if self._discreet else identite.nom_complet

    def _line(self, pair: Paire) -> Line:
        verdict = pair.comparaison.verdict
        why = "" if self._discreet else ", ".join(words.raison(code) for code in pair.comparaison.raisons)
        return Line(
            f"{self._name(pair.une.identite)} · {self._name(pair.autre.identite)}",
            why[:1].upper() + why[1:],
            chip=Chip(words.verdict_role(verdict), words.verdict(verdict)),
            icon="users",
            clickable=True,
        )

    def _open(self, keep: int, gone: int) -> None:
        try:
            self.comparison.show_two(self._services.fusions.preview(keep, gone))
        except UserError as error:
            self.comparison.put_away()
            show_error(self.message, error)

    def _done(self, changed: Changes, said: str, undo: tuple[str, int, int]) -> None:
        self._undo = undo
        self.comparison.put_away()
        self._hub.announce(changed)
        self._look()
        self.message.show_message("good", said, self.tr("Annuler"))

    @Slot(object)
    def _on_pair_chosen(self, pair: tuple[int, int]) -> None:
        self.message.clear()
        self._open(*pair)

    @Slot(int, int, object)
    def _on_merge_requested(self, keep: int, gone: int, choices: dict[str, Choix]) -> None:
        try:
            fusion, changed = self._services.fusions.merge(
                keep, gone, choices, confirmed=self.comparison.confirmed
            )
        except UserError as error:
            if error.code == "fusion_a_confirmer":
                self.comparison.ask(sentence(error))
            else:
                show_error(self.message, error)
        else:
            self._done(changed, self.tr("Les deux fiches n’en font plus qu’une."), ("fusion", fusion, 0))

    @Slot(int, int)
    def _on_apart_requested(self, one: int, other: int) -> None:
        try:
            changed = self._services.fusions.say_apart(one, other)
        except UserError as error:
            show_error(self.message, error)
        else:
            said = self.tr("C’est noté\u00a0: ce sont deux personnes. Cette paire ne sera plus proposée.")
            self._done(changed, said, ("apart", one, other))

    @Slot()
    def _on_taken_back(self) -> None:
        if self._undo is None:
            return
        (kind, one, other), self._undo = self._undo, None
        fusions = self._services.fusions
        try:
            changed = fusions.undo(one) if kind == "fusion" else fusions.say_nothing(one, other)
        except UserError as error:
            show_error(self.message, error)
        else:
            self._hub.announce(changed)
            self._look()
            self.message.show_message("info", self.tr("C’est annulé\u00a0: tout est comme avant."))

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        if self.isVisible() and "personnes" in changed.kinds:
            self._look()


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
        for place, person in enumerate((une, autre)):
            life = self._services.personnes.reread(person.id)
            seen = ", ".join(dossier.numero for dossier in life.dossiers) or "–"
            line = Line(
                person.identite.nom_complet, self.tr("Dossiers\u00a0: {0}").format(seen), icon="user",
                clickable=True,
            )  # fmt: skip
            line.activated.connect(lambda personne=person.id: self.personne_requested.emit(personne))
            grid.addWidget(
                Quiet(self.tr("Fiche gardée") if place == 0 else self.tr("Fiche réunie")), place, 0
            )
            grid.addWidget(line, place, 1)
        self.choices = {}
        labels = self._labels()
        for rank, name in enumerate(self._apercu.champs, 2):
            answers = [self._said(name, each.identite) for each in (une, autre)]
            row = ChoiceRow((("gardee", answers[0]), ("absorbee", answers[1])), clearable=False)
            empty = getattr(une.identite, name) in ("", None, False, "non_renseigne")
            row.set_value("absorbee" if empty else "gardee")
            row.setAccessibleName(labels[name])
            self.choices[name] = row
            grid.addWidget(Text(labels[name], wrap=False), rank, 0)
            grid.addWidget(row, rank, 1)
        self.add(holder)
        if self._apercu.communs:
            said = self.tr("Toutes deux sont déjà dans le dossier {0}.").format(
                ", ".join(self._apercu.communs)
            )
            self.add(InlineMessage("info", said, dismissible=False))
        self._question = InlineMessage("alert", "", dismissible=False)
        self.add(self._question)
        merge = Button(self.tr("&Réunir en une seule fiche"), kind="primary", icon="users")
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
