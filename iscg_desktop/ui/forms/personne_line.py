"""One person of the entretien: a sentence while folded, her form once opened, made only then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.personne import Identite
from iscg_desktop.services.listes import ListesService
from iscg_desktop.services.personnes import Candidate
from iscg_desktop.ui.forms.codec import decode, encode
from iscg_desktop.ui.forms.fold import Fold
from iscg_desktop.ui.forms.form import State
from iscg_desktop.ui.forms.personne_form import PersonneForm
from iscg_desktop.ui.forms.personne_values import COUNTED, draft_of, is_blank, noted_facts, values_of
from iscg_desktop.ui.widgets.chip import Chip

_LOOK = 120  # ms after the last key before looking who she may be
_NAMING = (
    "nom_usage", "nom_naissance", "prenom", "surnom", "naissance", "telephone", "contact_sur", "adresse",
)  # fmt: skip


class PersonneLine(Fold):
    """A person present at the entretien or concerned by it; blank until ``know`` or ``restore``.

    Args:
        listes: The lists of coded values.
        today: Tells the day.
        uid: Names the line among those of the form, for the orientations.

    Signals:
        edited: Something about her was typed.
        candidates_wanted: Who she may be is to be looked for.
        candidate_taken: Id of the person of the coffre she turned out to be.
    """

    edited = Signal()
    candidates_wanted = Signal()
    candidate_taken = Signal(int)

    def __init__(
        self,
        listes: ListesService,
        today: Callable[[], date],
        uid: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.uid = uid
        self._listes, self._today = listes, today
        self._base = PersonneDraft()
        self._values = values_of(self._base)
        self._to_confirm: dict[str, date | None] = {}
        self._frozen = False
        self._form: PersonneForm | None = None
        self._discreet = False
        self._before: State | None = None
        self._look = QTimer(self, singleShot=True, interval=_LOOK)
        self._look.timeout.connect(self.candidates_wanted)
        self._confirm_chip = Chip("warn", self.tr("à confirmer"))
        self._error_chip = Chip("alert", self.tr("à corriger"))
        self._silence_chip = Chip("alert", self.tr("ne pas laisser de message"))
        self._presence_chip = Chip("quiet", "")
        for chip in (self._error_chip, self._silence_chip, self._confirm_chip, self._presence_chip):
            self.add_chip(chip)
        self.set_remove_words(self.tr("Retirer cette personne (Suppr)"))
        self.refresh()

    # What it knows of her.

    def know(self, base: PersonneDraft, *, recorded: bool = False) -> None:
        """Take what the coffre knows of her; facts of her last entretien are to be confirmed.

        Args:
            base: What the coffre knows.
            recorded: She is the line of an entretien already recorded: only what was not confirmed then is.
        """
        facts: dict[str, date | None] = dict(base.reprises)
        if base.personne_id is not None and not recorded:
            facts = {name: facts.get(name) for name in noted_facts(base)}
        self._become(base, values_of(base), facts)

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put back what ``state`` gave."""
        self.uid = state["uid"]
        identite = Identite(
            naissance=decode(state["naissance"]), age_estime_le=decode(state["age_estime_le"])
        )
        fields = state["champs"]
        values = values_of(PersonneDraft()) | {name: decode(kept.get("v")) for name, kept in fields.items()}
        facts = {name: decode(day) for name, day in state["a_confirmer"].items()}
        self._become(PersonneDraft(state["personne_id"], identite), values, facts)
        if any("r" in kept for kept in fields.values()):
            self.make().restore(fields)  # half-typed words live in the fields only
            self.refresh()

    def state(self) -> State:
        """All that is typed about her, and where it comes from."""
        if self._form is None:
            empty = (None, "", (), False)
            fields = {n: {"v": encode(v)} for n, v in self._values.items() if v not in empty}
        else:
            fields = self._form.state()
        identite = self._base.identite
        return {
            "uid": self.uid,
            "personne_id": self._base.personne_id,
            "naissance": encode(identite.naissance),
            "age_estime_le": encode(identite.age_estime_le),
            "a_confirmer": {name: encode(day) for name, day in self.to_confirm().items()},
            "champs": fields,
        }

    def draft(self) -> PersonneDraft:
        """The line as it stands; recorded again under a warning about her statut, it is confirmed."""
        reprises = tuple((name, day) for name, day in self.to_confirm().items() if day is not None)
        if self._form is None:
            return replace(draft_of(self._values, self._base), reprises=reprises)
        draft = draft_of(self._form.values(), self._base)
        warned = bool(self._form.fields["statut"].error())
        return replace(draft, reprises=reprises, statut_confirme=warned)

    def to_confirm(self) -> dict[str, date | None]:
        """Facts taken from an earlier entretien that are still to be confirmed, each with its day."""
        return self._form.to_confirm() if self._form is not None else dict(self._to_confirm)

    def confirm(self) -> None:
        """Take every fact as it is shown."""
        self._to_confirm = {}
        if self._form is not None:
            self._form.confirm()
        self.refresh()

    def freeze(self) -> None:
        """Let what a bilan already arrêté counts of her be read only."""
        self._frozen = True
        if self._form is not None:
            self._form.freeze(COUNTED)

    def is_blank(self) -> bool:
        """Whether nothing was said of her, not even half a word."""
        return is_blank(self.draft()) and (self._form is None or self._form.is_settled())

    def _become(
        self, base: PersonneDraft, values: dict[str, Any], to_confirm: dict[str, date | None]
    ) -> None:
        self._base, self._values, self._to_confirm = base, values, to_confirm
        if self._form is not None and self._form.can_show(values):
            self._fill(self._form)
        elif self._form is not None:
            self._form.deleteLater()
            self._form = None
            self.make()
        self.refresh()

    # Who she may be already.

    @property
    def is_new(self) -> bool:
        """Whether the coffre does not know her yet, as far as is known here."""
        return self._base.personne_id is None

    @property
    def personne_id(self) -> int | None:
        """Her id in the coffre, None while she is new."""
        return self._base.personne_id

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Propose persons of the coffre; nothing is taken unless she says so."""
        if self._form is not None:
            self._form.candidates.show_candidates(candidates if self.is_new else ())

    def become(self, base: PersonneDraft, replaced: Mapping[str, str]) -> None:
        """Be a person of the coffre from now on; it can be taken back.

        Args:
            base: Her line.
            replaced: How she was reached until now, where what was typed says something else.
        """
        self._before = self.state()
        self.know(base)
        until_now = [
            self._listes.commune(old) if name == "commune" else old for name, old in replaced.items()
        ]
        self.make().candidates.say_taken(self.title(), until_now)
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        panel = self._form.candidates if self._form is not None else None
        if panel is None or not panel.press(event.key()):
            super().keyPressEvent(event)

    @Slot()
    def _on_taken_back(self) -> None:
        if self._before is not None:
            before, self._before = self._before, None
            self.restore(before)
            self.edited.emit()

    # What shows it.

    @property
    def form(self) -> PersonneForm | None:
        """Her fields, once made."""
        return self._form

    def make(self) -> PersonneForm:
        """Her fields, made the first time they are needed."""
        if self._form is None:
            self._form = PersonneForm(self._listes, self._today, self._values, self)
            self._fill(self._form)
            self._form.edited.connect(self._on_form_edited)
            self._form.confirmed.connect(self._on_form_edited)
            self._form.settled.connect(self.refresh)
            for name in _NAMING:
                self._form.fields[name].widget.edited.connect(self._on_naming_edited)
            self._form.candidates.taken.connect(self.candidate_taken)
            self._form.candidates.taken_back.connect(self._on_taken_back)
            self.set_body(self._form)
        return self._form

    def _fill(self, form: PersonneForm) -> None:
        form.show_values(self._values)
        form.ask_to_confirm(self._to_confirm)
        form.set_discreet(self._discreet)
        if self._frozen:
            form.freeze(COUNTED)

    def title(self) -> str:
        """What names her in a line, or only her initials in the discreet mode."""
        if self.is_blank():
            return self.tr("Nouvelle personne")
        identite = self.draft().identite
        return identite.initiales if self._discreet else identite.nom_court

    def set_discreet(self, discreet: bool) -> None:
        """Blank what names her, or show it again."""
        self._discreet = discreet
        if self._form is not None:
            self._form.set_discreet(discreet)
            self._form.candidates.set_discreet(discreet)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say again what she is in one line."""
        draft = self.draft()
        fields = self._form.fields.values() if self._form else ()
        self.header.say(self.title(), self._summary(draft), quiet=self.is_blank())
        self._error_chip.setVisible(any(field.error() for field in fields))
        self._silence_chip.setVisible(draft.identite.sans_message)
        self._confirm_chip.setVisible(bool(self.to_confirm()))
        self._presence_chip.set("quiet", self._presence(draft))

    def _presence(self, draft: PersonneDraft) -> str:
        if draft.presente:
            return self.tr("présente")
        return self.tr("accueillie sans être vue") if draft.accueillie else self.tr("mentionnée")

    def _summary(self, draft: PersonneDraft) -> str:
        identite, statut = draft.identite, draft.profil.statut
        age, _source = identite.age(self._today())
        parts = [
            self._listes.libelle("sexe", identite.sexe) if identite.sexe != NON_RENSEIGNE else "",
            self.tr("{0}\u00a0ans").format(age) if age is not None else "",
            self._listes.libelle("statut", statut) if statut != NON_RENSEIGNE else "",
        ]
        words = ", ".join(part[0].lower() + part[1:] for part in parts if part)
        return words[:1].upper() + words[1:]

    @Slot()
    def _on_form_edited(self) -> None:
        self.refresh()
        self.edited.emit()

    @Slot()
    def _on_naming_edited(self) -> None:
        if self.is_new:
            self._look.start()
