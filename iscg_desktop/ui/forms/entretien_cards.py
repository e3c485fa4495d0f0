"""The cards of the form of an entretien, made one at a time, and the way among their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.fold_list import FoldList
from iscg_desktop.ui.forms.form import Form, enter
from iscg_desktop.ui.forms.orientations_form import OrientationsForm
from iscg_desktop.ui.forms.personnes_form import PersonnesForm
from iscg_desktop.ui.forms.saisine_card import SaisineCard
from iscg_desktop.ui.forms.saisine_form import SaisineForm
from iscg_desktop.ui.forms.seance_form import SeanceForm
from iscg_desktop.ui.forms.situation_form import SituationForm
from iscg_desktop.ui.forms.tab_order import order_tabs, stops
from iscg_desktop.ui.forms.textes_form import TextesForm
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage


class EntretienCards(QWidget):
    """The cards in the order in which one asks, made in steps, and the way among their fields.

    Attributes:
        steps: Makes one card at each turn.
        champ: Name of the field that had the focus last, None when it was elsewhere.

    Signals:
        edited: Something was typed, chosen, added or taken away.
        annuaire_changed: Carries the ``Changes`` of a partner just added.
    """

    edited = Signal()
    annuaire_changed = Signal(object)

    saisine: SaisineForm
    seance: SeanceForm
    personnes: PersonnesForm
    situation: SituationForm
    textes: TextesForm
    orientations: OrientationsForm

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.dossier_id: int | None = None
        self.saisine_id: int | None = None
        self.entretien_id: int | None = None
        self.champ: str | None = None
        self._cards: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self.steps = self._build()

    # How it is made.

    def _build(self) -> Iterator[None]:
        services, today = self._services, self._services.clock.today
        self._frozen = InlineMessage("info", dismissible=False)
        self._column.addWidget(self._frozen)
        self._asked = self._card(self.tr("Comment la situation est arrivée"))
        self.saisine = SaisineForm(services.listes, services.journee, today)
        self._asked.add(self.saisine)
        self._noted = SaisineCard(services.listes)
        self._column.addWidget(self._noted)
        yield
        card = self._card(self.tr("Entretien"))
        self.seance = SeanceForm(services.listes, services.journee, today)
        card.add(self.seance)
        yield
        card = self._card(self.tr("Personnes"))
        self._persons_message = InlineMessage()
        card.add(self._persons_message)
        self.personnes = PersonnesForm(services.listes, today, services)
        card.add(self.personnes)
        self.personnes.add_person()
        self._add_persons = self._add_more(
            card, self.tr("A&jouter une personne"), "user-plus", "Ctrl+Shift+P", self.add_person
        )
        yield
        card = self._card(self.tr("Situation"))
        self.situation = SituationForm(services.listes)
        card.add(self.situation)
        yield
        self.textes = TextesForm(services.fiches.unsupported_characters)
        self._column.addWidget(self.textes)
        self._cards.append(self.textes)
        card = self._card(self.tr("Orientations"))
        self.orientations = OrientationsForm(services.listes, services.orientations)
        self.orientations.set_home(self._commune_of, lambda: self.seance.value("date"))
        card.add(self.orientations)
        self._add_more(
            card, self.tr("Ajouter une &orientation"), "plus", "Ctrl+Shift+O", self.add_orientation
        )
        self._column.addStretch()
        self._connect()

    def _card(self, title: str) -> Card:
        """A card already on the page: what is laid out off the page is dressed twice."""
        card = Card(title)
        self._column.addWidget(card)
        self._cards.append(card)
        return card

    @staticmethod
    def _add_more(card: Card, words: str, icon: str, keys: str, add: Callable[[], None]) -> Button:
        button = Button(words, kind="quiet", icon=icon, shortcut=keys)
        button.clicked.connect(add)
        card.add(button)
        return button

    def _connect(self) -> None:
        forms = (self.saisine, self.seance, self.situation, self.textes)
        for part in (*forms, self.personnes, self.orientations):
            part.edited.connect(self.edited)
        self.personnes.renamed.connect(self._on_persons_renamed)
        for lines in (self.personnes, self.orientations):
            lines.structure_changed.connect(self._on_structure_changed)
        self.orientations.annuaire_changed.connect(self.annuaire_changed)
        self.saisine.fields["unite_id"].widget.committed.connect(self._on_saisine_unite_committed)
        self.seance.fields["date"].widget.committed.connect(self._on_date_committed)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)

    # The way among its fields.

    def enter_first_empty(self) -> None:
        """Go to the first question without an answer."""
        first: Form = self.seance if self._asked.isHidden() else self.saisine
        name = first.first_empty()
        if name is not None:
            enter(first.fields[name].widget)

    def enter(self, champ: str | None, cursor: int | None = None) -> None:
        """Go to a field by its name, opening the line that holds it; to the first empty one without a name."""
        part, rank, _ = f"{champ}..".split(".", 2)
        lists: dict[str, FoldList[Any]] = {"personnes": self.personnes, "orientations": self.orientations}
        if part in lists and rank.isdigit() and int(rank) < len(lists[part].lines):
            lists[part].open(lists[part].lines[int(rank)])
        field = self.fields().get(champ or "")
        if field is None:
            self.enter_first_empty()
            return
        self.champ = champ  # a page not shown yet announces no focus
        enter(field.widget, cursor)

    def fields(self) -> dict[str, Field]:
        """Every field that exists, in the order of the page, named as in a draft.

        Lines are numbered as on the page, where a line may be blank.
        """
        found: dict[str, Field] = {}
        if not self._asked.isHidden():
            found |= {f"saisine.{name}": field for name, field in self.saisine.fields.items()}
        found |= self.seance.fields
        for rank, person in enumerate(self.personnes.lines):
            fields = person.form.fields if person.form else {}
            found |= {f"personnes.{rank}.{name}": field for name, field in fields.items()}
        found |= self.situation.fields | self.textes.fields
        for rank, orientation in enumerate(self.orientations.lines):
            fields = orientation.form.all_fields()
            found |= {f"orientations.{rank}.{name}": field for name, field in fields.items()}
        return found

    def settle(self) -> list[str]:
        """Read what is being typed everywhere; names of the fields where it is no answer."""
        return [name for name, field in self.fields().items() if not field.widget.settle()]

    def enter_card(self, step: int) -> None:
        """Go to the first question of the next card (1) or of the one before (-1)."""
        cards = [card for card in self._cards if not card.isHidden()]
        here = QApplication.focusWidget()
        place = next(
            (i for i, card in enumerate(cards) if here and card.isAncestorOf(here)), -1 if step > 0 else 0
        )
        found = stops(cards[(place + step) % len(cards)])
        next(stop for stop in found if stop.isVisible()).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def add_person(self) -> None:
        """Add a line for a person and go to it; a blank one already there serves."""
        lines = self.personnes.lines
        line = lines[-1] if lines and lines[-1].is_blank() else self.personnes.add_person()
        self.enter(f"personnes.{self.personnes.lines.index(line)}.nom_usage")
        self.edited.emit()

    @Slot()
    def add_orientation(self) -> None:
        """Add a line for an orientation and go to it; a blank one already there serves."""
        lines = self.orientations.lines
        if not lines or not lines[-1].is_blank():
            persons = self.personnes.said()
            self.orientations.add_orientation(persons[0].draft().accord if len(persons) == 1 else None)
        rank = len(self.orientations.lines) - 1
        chosen = self.orientations.lines[rank].form.value("personne") is not None
        self.enter(f"orientations.{rank}.{'type' if chosen else 'personne'}")
        self.edited.emit()

    def _commune_of(self, uid: str) -> str | None:
        line = next((each for each in self.personnes.lines if each.uid == uid), None)
        return None if line is None else line.draft().identite.commune

    @Slot()
    def _on_persons_renamed(self) -> None:
        self.orientations.offer_persons(self.personnes.choices())

    @Slot()
    def _on_structure_changed(self) -> None:
        order_tabs(self)

    @Slot(object)
    def _on_saisine_unite_committed(self, code: str | None) -> None:
        if self.seance.value("unite_id") is None:
            self.seance.put("unite_id", code)

    @Slot(object)
    def _on_date_committed(self, day: date | None) -> None:
        if day is not None:
            self.saisine.follow(day)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            holds = [name for name, field in self.fields().items() if field.isAncestorOf(new)]
            self.champ = holds[-1] if holds else None
