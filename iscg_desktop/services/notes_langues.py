"""The note of information in several languages: her own words in place of those shipped, and who read them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from iscg_desktop.documents.fonts import unsupported_characters
from iscg_desktop.domain.document import DocumentContent
from iscg_desktop.domain.note_langue import NoteLangue, NoteRemplie, remplie
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.reference.notes_langues import FRANCAIS, shipped_notes
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session

_KEPT = "information.notes"


class NotesLanguesService:
    """Use cases around the languages of the note."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def notes(self) -> tuple[NoteLangue, ...]:
        """Every language, French first, as she has it now."""
        return tuple(self.note(code) for code in shipped_notes())

    def note(self, code: str) -> NoteLangue:
        """One language.

        Raises:
            UserError: ``note_langue_inconnue``.
        """
        shipped = shipped_notes().get(code)
        if shipped is None:
            raise UserError("note_langue_inconnue", langue=code)
        kept = self._kept().get(code, {})
        words = kept.get("mots") if isinstance(kept, Mapping) else None
        note = shipped.with_words({**shipped.words(), **words}) if isinstance(words, Mapping) else shipped
        read = kept.get("relue_le") if isinstance(kept, Mapping) else None
        return replace(note, relue_le=date.fromisoformat(read) if isinstance(read, str) else None)

    def to_read_again(self, code: str) -> bool:
        """Whether it is still « à faire relire »; the French that is shipped is not."""
        note = self.note(code)
        return note.relue_le is None and (note.modifiee or code != FRANCAIS)

    def change(self, code: str, words: Mapping[str, str]) -> Changes:
        """Keep her words for a language; it is to be read again.

        Args:
            code: The language.
            words: Each text by the name of its field, as ``NoteLangue.words`` gives them.

        Raises:
            InvalidInput: ``note_vide``, ``texte_trop_long``, ``note_place_inconnue``, ``note_sans_ecrire``.
            UserError: ``fiche_glyphes`` for characters that would not print; ``note_langue_inconnue``.
        """
        changed = self.note(code).with_words({**self.note(code).words(), **words})
        if problems := changed.check():
            raise InvalidInput(problems)
        if unprintable := unsupported_characters("".join(changed.words().values())):
            raise UserError("fiche_glyphes", caracteres=" ".join(unprintable))
        shipped = shipped_notes()[code].words()
        own = {name: text for name, text in changed.words().items() if text != shipped[name]}
        return self._keep(code, {"mots": own} if own else {})

    def mark_read(self, code: str) -> Changes:
        """Note that a reader of that language checked it today.

        Raises:
            UserError: ``note_langue_inconnue``.
        """
        self.note(code)
        kept = dict(self._kept().get(code, {}))
        return self._keep(code, kept | {"relue_le": self._session.clock.today().isoformat()})

    def reset(self, code: str) -> Changes:
        """Take back the words that are shipped; they are to be read again."""
        self.note(code)
        return self._keep(code, {})

    def remplie(self, content: DocumentContent) -> NoteRemplie | None:
        """The words of a note in its language, its places filled; None for the French as it is shipped."""
        code = content.langue or FRANCAIS
        note = self.note(code)
        if code == FRANCAIS and not note.modifiee:
            return None
        sender = content.emetteur
        nature = sender.nature_employeur
        mine = (sender.nom, sender.adresse, sender.telephone, sender.courriel)
        values = {
            "nom": sender.nom,
            "qualite": sender.qualite,
            "employeur": sender.employeur,
            "mois": str(content.duree_mois),
            "adresse": ", ".join(_one_line(each) for each in mine if each.strip()),
            "dpo": _one_line(content.dpo),
            "date": f"{content.etablie_le:%d/%m/%Y}" if content.etablie_le else "",
        }
        return remplie(note, values, public=nature is None or nature.public)

    def _kept(self) -> Mapping[str, Mapping[str, object]]:
        kept = self._session.read.settings.get(_KEPT)
        return kept if isinstance(kept, Mapping) else {}

    def _keep(self, code: str, value: Mapping[str, object]) -> Changes:
        with self._session.transaction() as tx:
            tx.settings.put(_KEPT, {**self._kept(), code: value})
            tx.journal.append("modification", "reglages", "notes d’information", self._session.clock.now())
            tx.commit()
        return changes("reglages")


def _one_line(text: str) -> str:
    return ", ".join(line.strip() for line in text.strip().split("\n") if line.strip())
