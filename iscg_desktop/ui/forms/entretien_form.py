"""The whole entretien on one page: its cards in the order in which one asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from iscg_desktop.domain.entretien import A_CONFIRMER, EntretienDraft
from iscg_desktop.domain.entretien_versions import COUNTED
from iscg_desktop.domain.saisine import Saisine
from iscg_desktop.errors import Problem
from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.choices import code_of
from iscg_desktop.ui.forms.fold_list import FoldList
from iscg_desktop.ui.forms.form import Form, State, cursor_of, enter
from iscg_desktop.ui.forms.orientations_form import OrientationsForm
from iscg_desktop.ui.forms.personnes_form import PersonnesForm
from iscg_desktop.ui.forms.saisine_card import SaisineCard
from iscg_desktop.ui.forms.saisine_form import SaisineForm
from iscg_desktop.ui.forms.seance_form import SeanceForm
from iscg_desktop.ui.forms.situation_form import SituationForm
from iscg_desktop.ui.forms.tab_order import order_tabs, stops
from iscg_desktop.ui.forms.textes_form import TextesForm
from iscg_desktop.ui.messages import show_problems
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage


class EntretienForm(QWidget):
    """All that is asked about one entretien; begun once, by ``begin`` or by ``restore``.

    It is made in steps, so that the window never waits for it: exhaust ``steps`` first.

    Args:
        services: The use cases over the open coffre.

    Attributes:
        entretien_id: The recorded entretien it amends; None for a new one.
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

    # How it begins.

    def begin(self, dossier_id: int | None, saisine: Saisine | None) -> None:
        """Prefill what the coffre knows: the persons of a dossier, or the saisine that opens one."""
        self._come_from(dossier_id, saisine)
        self.saisine.prefill()
        self.seance.prefill()
        if dossier_id is not None:
            self.personnes.add_known(self._services.entretiens.persons_of(dossier_id))
        if saisine is not None:
            self.seance.put("unite_id", code_of(saisine.unite_id) or self.seance.value("unite_id"))
            person = self.personnes.lines[0].make()
            for name in ("telephone", "contact_sur", "sans_message"):
                person.put(name, getattr(saisine, name))

    def amend(self, entretien_id: int) -> None:
        """Show a recorded entretien, to be corrected; what a bilan already arrêté counts is read only."""
        draft = self._services.entretiens.draft_of(entretien_id)
        self._come_from(draft.dossier_id, None)
        self.seance.show_draft(draft)
        for name in self.situation.fields:
            self.situation.put(name, getattr(draft, name))
        self.personnes.show_recorded(
            draft.personnes, frozen=self._services.entretiens.is_frozen(entretien_id)
        )
        for name in self.textes.fields:
            self.textes.put(name, getattr(draft, name))
        self.textes.check_characters()
        self.orientations.show_recorded(draft.orientations, [line.uid for line in self.personnes.lines])
        self._amends(entretien_id)

    def _amends(self, entretien_id: int) -> None:
        self.entretien_id = entretien_id
        self.orientations.fix(self._services.entretiens.fixed_of(entretien_id))
        if not self._services.entretiens.is_frozen(entretien_id):
            return
        self._frozen.show_message(
            "info",
            self.tr(
                "Le trimestre de cet entretien est arrêté. Ce qui compte dans le bilan se lit et ne change plus\u00a0;"
                " les textes, l’heure, la durée, le lieu et les coordonnées peuvent encore être corrigés."
            ),
        )
        self.seance.freeze(name for name in COUNTED if name in self.seance.fields)
        self.situation.freeze(self.situation.fields)
        self.personnes.freeze()
        self._add_persons.setEnabled(False)

    def enter_first_empty(self) -> None:
        """Go to the first question without an answer."""
        first: Form = self.seance if self._asked.isHidden() else self.saisine
        name = first.first_empty()
        if name is not None:
            enter(first.fields[name].widget)

    def state(self) -> State:
        """All that is typed, half words included, and where the cursor is."""
        field = self.fields().get(self.champ or "")
        return {
            "dossier_id": self.dossier_id,
            "saisine_id": self.saisine_id,
            "entretien_id": self.entretien_id,
            "saisine": self.saisine.state(),
            "seance": self.seance.state(),
            "personnes": self.personnes.state(),
            "situation": self.situation.state(),
            "textes": self.textes.state(),
            "orientations": self.orientations.state(),
            "curseur": cursor_of(field.widget) if field else 0,
        }

    def restore(self, state: Mapping[str, Any], saisine: Saisine | None) -> None:
        """Put back what ``state`` gave.

        Args:
            state: From ``state``.
            saisine: The one it names, if any.
        """
        self._come_from(state["dossier_id"], saisine)
        self.saisine.restore(state["saisine"])
        self.seance.restore(state["seance"])
        self.personnes.restore(state["personnes"])
        self.situation.restore(state["situation"])
        self.textes.restore(state["textes"])
        self.orientations.restore(state["orientations"])
        self.textes.check_characters()
        if state.get("entretien_id") is not None:
            self._amends(state["entretien_id"])

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

    # What it makes.

    def read(self) -> EntretienDraft:
        """The entretien as it stands."""
        persons = self.personnes.said(self.orientations.persons_named())
        ranks = {line.uid: rank for rank, line in enumerate(persons)}
        opens = self.dossier_id is None and self.saisine_id is None
        return EntretienDraft(
            dossier_id=self.dossier_id,
            saisine_id=self.saisine_id,
            saisine=self.saisine.read() if opens else None,
            personnes=tuple(line.draft() for line in persons),
            orientations=self.orientations.read(ranks),
            **self.seance.read(),
            **self.situation.read(),
            **self.textes.values(),
        )

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

    def show_problems(self, problems: Iterable[Problem], refused: Iterable[str] = ()) -> None:
        """Mark all that is wrong, in words, and go to the first.

        Args:
            problems: From ``EntretienDraft.check``.
            refused: From ``settle``; these fields already say what is wrong.
        """
        placed = [self._on_page(problem) for problem in problems]
        for problem in placed:
            if problem.field.startswith("personnes."):
                self.personnes.lines[int(problem.field.split(".")[1])].make()
        fields = self.fields()
        wrong = [problem for problem in placed if problem.field not in refused]
        show_problems(fields, wrong, self._persons_message)
        for name in refused:
            fields[name].widget.settle()
        for line in (*self.personnes.lines, *self.orientations.lines):
            line.refresh()
        marked = {problem.field for problem in wrong} | set(refused)
        first = next((name for name in fields if name in marked), None)
        if first is not None:
            self.enter(first)

    def has_half_a_partner(self) -> bool:
        """Whether a partner typed but not added would be lost; she is then asked which of the two she wants."""
        line = self.orientations.close_blank_partners()
        if line is None:
            return False
        words = self.tr("Un partenaire est à demi écrit. Ajoutez-le à l’annuaire, ou annulez-le.")
        line.form.message.show_message("warn", words)
        self.enter(f"orientations.{self.orientations.lines.index(line)}.partenaire.nom")
        return True

    def confirm_facts(self) -> None:
        """Take every fact of every person as it is shown."""
        self.personnes.confirm()

    def missing(self) -> tuple[str, ...]:
        """Facts the bilan will count as non renseigné."""
        return self.read().missing

    def enter_missing(self, name: str) -> None:
        """Go where a missing fact is answered."""
        if name in self.fields():
            self.enter(name)
            return
        for rank, line in enumerate(self.personnes.lines):
            person = line.draft()
            if name in EntretienDraft(None, None, personnes=(person,)).missing:
                line.make()
                field = next(iter(line.to_confirm())) if name == A_CONFIRMER else name
                self.enter(f"personnes.{rank}.{'naissance' if field == 'age' else field}")
                return

    # What it answers to.

    def set_discreet(self, discreet: bool) -> None:
        """Blank the names and every word typed, or show them again."""
        for part in (self.saisine, self._noted, self.personnes, self.textes, self.orientations):
            part.set_discreet(discreet)

    def read_annuaire(self) -> None:
        """Offer the structures the annuaire now holds."""
        self.orientations.read_annuaire()
        self.seance.offer_partners(self.orientations.partners)

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

    def _come_from(self, dossier_id: int | None, saisine: Saisine | None) -> None:
        self.dossier_id, self.saisine_id = dossier_id, saisine.id if saisine else None
        self._asked.setVisible(dossier_id is None and saisine is None)
        self._noted.setVisible(saisine is not None)
        if saisine is not None:
            self._noted.show_saisine(saisine)
        self.seance.open_dossier(dossier_id is None)
        self.read_annuaire()

    def _on_page(self, problem: Problem) -> Problem:
        """The problem with its line numbered as on the page."""
        part, _, rest = problem.field.partition(".")
        rank, _, name = rest.partition(".")
        if not rank.isdigit():
            return problem
        if part == "personnes":
            said = self.personnes.said(self.orientations.persons_named())
            place = self.personnes.lines.index(said[int(rank)])
        else:
            place = self.orientations.lines.index(self.orientations.said()[int(rank)])
        return replace(problem, field=f"{part}.{place}.{name}")

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
