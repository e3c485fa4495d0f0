"""The whole entretien on one page: its cards in the order in which one asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from iscg_desktop.domain.entretien import A_CONFIRMER, EntretienDraft
from iscg_desktop.domain.entretien_versions import COUNTED
from iscg_desktop.domain.saisine import Saisine
from iscg_desktop.errors import Problem
from iscg_desktop.ui.forms.choices import code_of
from iscg_desktop.ui.forms.entretien_cards import EntretienCards
from iscg_desktop.ui.forms.form import State, cursor_of
from iscg_desktop.ui.messages import show_problems


class EntretienForm(EntretienCards):
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
