"""The orientations of the entretien, added in place, one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.entretien_orientations import Fixed
from iscg_desktop.services.listes import ListesService
from iscg_desktop.services.orientations import OrientationsService
from iscg_desktop.ui import words
from iscg_desktop.ui.forms.fold import Fold
from iscg_desktop.ui.forms.fold_list import FoldList
from iscg_desktop.ui.forms.form import State
from iscg_desktop.ui.forms.orientation_form import OrientationForm
from iscg_desktop.ui.messages import show_error, show_problems
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.choice import Choice

_ACCORD_ROLES = {"oui": "good", "non": "alert"}


class OrientationLine(Fold):
    """One orientation: a sentence while folded, its fields once opened.

    Attributes:
        orientation_id: The recorded orientation that it corrects; None for a new one.
    """

    edited = Signal()

    def __init__(
        self, listes: ListesService, service: OrientationsService, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._listes = listes
        self.orientation_id: int | None = None
        self.form = OrientationForm(listes, service)
        self.form.edited.connect(self._on_form_edited)
        self.form.settled.connect(self.refresh)
        self._error_chip = Chip("alert", self.tr("à corriger"))
        self._accord_chip = Chip("quiet", "")
        self.add_chip(self._error_chip)
        self.add_chip(self._accord_chip)
        self.set_remove_words(self.tr("Retirer cette orientation (Suppr)"))
        self.set_body(self.form)
        self.refresh()

    def is_blank(self) -> bool:
        """Whether nothing says towards whom: the line is then no orientation; a recorded one is never none."""
        return self.orientation_id is None and not self.form.state().keys() & {
            "type",
            "partenaire_id",
            "motif",
            "nouveau",
        }

    def fix(self, fixed: Fixed) -> None:
        """Let be read only what no longer changes of a recorded orientation, and say why."""
        self.form.freeze(fixed.names)
        self.set_removable(fixed.removable)
        said = ""
        if fixed.trimestre is not None:
            libelle = parse_period(fixed.trimestre).libelle
            said = sentence(UserError("orientation_trimestre_arrete", trimestre=libelle))
        elif fixed.fiche is not None:
            said = sentence(UserError("orientation_avec_fiche", numero=fixed.fiche))
        elif not fixed.removable:
            said = self.tr(
                "Une suite est déjà notée\u00a0: cette orientation se corrige, et ne se retire plus."
            )
        self.form.message.show_message("info", said)

    def title(self) -> str:
        """Towards whom."""
        kind = self.form.fields["type"].widget.choice()
        return kind.libelle if kind else self.tr("Nouvelle orientation")

    @Slot()
    def refresh(self) -> None:
        """Say again what it is in one line."""
        fields = self.form.fields
        partner, person = fields["partenaire_id"].widget.choice(), fields["personne"].widget.choice()
        sub = ", ".join(choice.libelle for choice in (partner, person) if choice)
        self.header.say(self.title(), sub, quiet=self.is_blank())
        accord = self.form.value("accord")
        self._accord_chip.set(_ACCORD_ROLES.get(accord, "quiet"), words.accord(accord or ""))
        self._error_chip.setVisible(any(field.error() for field in self.form.all_fields().values()))

    @Slot()
    def _on_form_edited(self) -> None:
        self.refresh()
        self.edited.emit()


class OrientationsForm(FoldList[OrientationLine]):
    """The orientations; a line on which nothing was said is none.

    Args:
        listes: The lists of coded values.
        service: The annuaire.

    Attributes:
        partners: Structures of the annuaire.

    Signals:
        annuaire_changed: Carries the ``Changes`` of a partner just added.
    """

    annuaire_changed = Signal(object)

    def __init__(
        self, listes: ListesService, service: OrientationsService, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._listes, self._service = listes, service
        self._persons: tuple[Choice, ...] = ()
        self._home: Callable[[str], str | None] = lambda _person: None
        self._day: Callable[[], date | None] = lambda: None
        self.partners: tuple[Partenaire, ...] = ()
        self._discreet = False

    def set_home(self, home: Callable[[str], str | None], day: Callable[[], date | None]) -> None:
        """Tell where each person lives, and the day: what a proposal of structures depends on."""
        self._home, self._day = home, day

    def add_orientation(self, accord: str | None = None, *, open_it: bool = True) -> OrientationLine:
        """Add an orientation; ``accord`` is what the person already said."""
        line = OrientationLine(self._listes, self._service)
        line.form.set_home(self._home, self._day)
        line.form.offer_persons(self._persons)
        line.form.offer_partners(self.partners)
        line.form.set_discreet(self._discreet)
        line.form.put("accord", accord or "non_recueilli")
        line.form.partner_accepted.connect(partial(self.add_partner, line))
        line.form.structure_changed.connect(self.structure_changed)
        line.edited.connect(self.edited)
        line.refresh()
        self.add_line(line, open_it=open_it)
        return line

    def show_recorded(self, orientations: Iterable[OrientationDraft], persons: Sequence[str]) -> None:
        """Show the orientations that a recorded entretien made.

        Args:
            orientations: As they are.
            persons: Names of the lines of the persons, by rank.
        """
        for each in orientations:
            line = self.add_orientation(each.accord, open_it=False)
            line.orientation_id = each.id
            line.form.put("personne", persons[each.personne])
            for name in ("type", "motif"):
                line.form.put(name, getattr(each, name))
            line.form.put("partenaire_id", None if each.partenaire_id is None else str(each.partenaire_id))
            line.refresh()

    def fix(self, fixed: Mapping[int, Fixed]) -> None:
        """Let be read only what no longer changes of the recorded ones, by id."""
        for line in self.lines:
            if line.orientation_id is not None and line.orientation_id in fixed:
                line.fix(fixed[line.orientation_id])

    def offer_persons(self, persons: Sequence[Choice]) -> None:
        """Offer the persons of the entretien."""
        self._persons = tuple(persons)
        for line in self.lines:
            line.form.offer_persons(self._persons)
            line.refresh()

    def set_discreet(self, discreet: bool) -> None:
        """Blank what is typed, or show it again."""
        self._discreet = discreet
        for line in self.lines:
            line.form.set_discreet(discreet)

    def read_annuaire(self) -> None:
        """Offer the structures the annuaire now holds."""
        self.partners = self._service.partenaires()
        for line in self.lines:
            line.form.offer_partners(self.partners)

    def add_partner(self, line: OrientationLine) -> bool:
        """Put the partner typed in a line into the annuaire, and take it; False when it cannot be yet."""
        form = line.form
        if form.partner is None:
            return True
        try:
            partner_id, changes = self._service.add_partenaire(form.partner.read())
        except InvalidInput as error:
            show_problems(form.partner.fields, error.problems, form.message)
            return False
        except UserError as error:
            show_error(form.message, error)
            return False
        self.read_annuaire()
        form.take_partner(next(partner for partner in self.partners if partner.id == partner_id))
        self.annuaire_changed.emit(changes)
        return True

    def close_blank_partners(self) -> OrientationLine | None:
        """Close the new partners nothing was typed of; the first line that has one half typed, if any."""
        for line in self.lines:
            if line.form.partner is not None:
                if not line.form.partner.is_blank():
                    return line
                line.form.close_partner()
        return None

    def said(self) -> list[OrientationLine]:
        """Lines that are orientations."""
        return [line for line in self.lines if not line.is_blank()]

    def persons_named(self) -> set[str]:
        """Names of the lines of persons that orientations concern."""
        return {uid for line in self.said() if (uid := line.form.value("personne")) is not None}

    def read(self, ranks: Mapping[str, int]) -> tuple[OrientationDraft, ...]:
        """The orientations as they stand.

        Args:
            ranks: Rank of each person, by the name of her line.
        """
        drafts = []
        for line in self.said():
            values = line.form.read()
            values["personne"] = ranks.get(values["personne"], -1)
            drafts.append(OrientationDraft(**values, id=line.orientation_id))
        return tuple(drafts)

    def state(self) -> list[dict[str, Any]]:
        """State of each line."""
        return [
            {"champs": line.form.state(), "ouverte": line.is_open, "id": line.orientation_id}
            for line in self.lines
        ]

    def restore(self, states: Iterable[Mapping[str, Any]]) -> None:
        """Put back the lines that ``state`` gave."""
        for state in states:
            line = self.add_orientation(open_it=state["ouverte"])
            line.orientation_id = state.get("id")
            fields: State = state["champs"]
            line.form.restore(fields)
            line.refresh()

    def farewell(self, line: OrientationLine) -> str:
        if line.is_blank():
            return ""
        return self.tr("L’orientation «\u00a0{0}\u00a0» est retirée.").format(line.title())
