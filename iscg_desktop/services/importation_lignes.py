"""Turns a line of a spreadsheet into an entretien, or says all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from iscg_desktop.domain.dates import Naissance, parse_date, parse_duree, parse_heure, parse_naissance
from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.importation import Champ, Correspondance, folded, parts
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.personne import CODED_FACTS, MULTIPLE_FACTS, Identite, Profil
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.errors import Problem, UserError

PROBLEMATIQUE_AUTRE = "autre"
"""What a line is counted under when its column says nothing."""

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL = re.compile(r"[2-6]\d{4}")  # 1954 to 2091, as spreadsheets number days
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Lieux:
    """How the words of places are understood: each gives None for a word that names nothing."""

    commune: Callable[[str], str | None]
    unite: Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class LigneTraduite:
    """What a line gives.

    Attributes:
        numero: In the file.
        reference: Number of the dossier in the file, folded; lines that share it share a dossier.
        draft: None as long as something is wrong.
        remarques: What is taken otherwise than written.
    """

    numero: int
    reference: str
    draft: EntretienDraft | None
    problems: tuple[Problem, ...]
    remarques: tuple[Problem, ...]


class Traducteur:
    """Reads lines by what she said of the columns and of their words.

    Args:
        entetes: Names of the columns.
        correspondance: What they say.
        lieux: Understands places.
        today: The day of the import.
    """

    def __init__(
        self, entetes: tuple[str, ...], correspondance: Correspondance, lieux: Lieux, today: date
    ) -> None:
        self._champs = [correspondance.champ(entete) for entete in entetes]
        self._correspondance, self._lieux, self._today = correspondance, lieux, today

    def translate(self, numero: int, cells: tuple[str, ...]) -> LigneTraduite:
        """Read one line."""
        reading = _Reading(self._correspondance, self._lieux, self._today)
        for champ, cell in zip(self._champs, cells, strict=True):
            if champ is not None and cell.strip():
                reading.take(champ, cell.strip())
        return reading.result(numero)


class _Reading:
    """The reading of one line."""

    def __init__(self, correspondance: Correspondance, lieux: Lieux, today: date) -> None:
        self._correspondance, self._lieux, self._today = correspondance, lieux, today
        self._values: dict[str, Any] = {}
        self._problems: list[Problem] = []
        self._remarks: list[Problem] = []

    def take(self, champ: Champ, cell: str) -> None:
        """Read one cell; what is wrong with it is kept for the report."""
        try:
            self._values[champ.code] = self._read(champ, cell)
        except UserError as error:
            self._problems.append(Problem(champ.code, error.code, dict(error.values)))

    def result(self, numero: int) -> LigneTraduite:
        reference = folded(str(self._values.get("numero", "")))
        draft = None
        if not self._problems:
            draft = self._draft()
            # A saisine takes the date of its entretien when it has none: what is wrong with it is said once.
            self._problems.extend(
                {problem.code: problem for problem in reversed(draft.check(self._today))}.values()
            )
        return LigneTraduite(
            numero, reference, None if self._problems else draft, tuple(self._problems), tuple(self._remarks)
        )

    # Cells.

    def _read(self, champ: Champ, cell: str) -> Any:
        match champ.genre:
            case "texte":
                return cell
            case "date":
                return self._date(cell)
            case "heure":
                return parse_heure(cell)
            case "duree":
                return parse_duree(cell)
            case "naissance":
                return self._birth(cell)
            case "age":
                return self._age(cell)
            case "commune":
                return self._place(cell)
            case "unite":
                return self._unite(cell)
            case "code":
                return self._code(champ, cell)
            case "codes":
                return self._codes(champ, cell)

    def _date(self, cell: str) -> date:
        if _EXCEL.fullmatch(cell):
            return _EXCEL_DAY_ZERO + timedelta(days=int(cell))
        return parse_date(
            cell.partition(" ")[0] if re.match(r"\d{4}-\d\d-\d\d ", cell) else cell, self._today
        )

    def _birth(self, cell: str) -> Naissance:
        if _EXCEL.fullmatch(cell):
            return Naissance(date=_EXCEL_DAY_ZERO + timedelta(days=int(cell)))
        return parse_naissance(cell.removesuffix(" 00:00"), self._today)

    def _age(self, cell: str) -> Naissance:
        return parse_naissance(f"~{re.sub(r'[^0-9]', '', cell) or cell}", self._today)

    def _place(self, cell: str) -> str | None:
        code = self._lieux.commune(cell)
        if code is None:
            self._remark("commune", "import_commune_inconnue", cell)
        return code

    def _unite(self, cell: str) -> int | None:
        found = self._lieux.unite(cell)
        if found is None:
            self._remark("unite", "import_unite_inconnue", cell)
        return found

    def _code(self, champ: Champ, cell: str) -> str:
        code = self._correspondance.code(champ.liste, cell)
        if code is None:
            self._problems.append(Problem(champ.code, "import_mot_inconnu", {"valeur": _short(cell)}))
        return code or ""

    def _codes(self, champ: Champ, cell: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for part in parts(cell) if (code := self._code(champ, part))))

    def _remark(self, field: str, code: str, cell: str) -> None:
        self._remarks.append(Problem(field, code, {"valeur": _short(cell)}))

    # What they make.

    def _draft(self) -> EntretienDraft:
        value = self._values.get
        principale = value("problematique_principale") or ""
        others = tuple(code for code in value("problematiques", ()) if code != principale)
        if not principale and others:
            principale, others = others[0], others[1:]
        if not principale:
            self._remarks.append(Problem("problematique_principale", "import_sans_problematique"))
        orientations: tuple[OrientationDraft, ...] = ()
        if value("orientation"):
            orientations = (
                OrientationDraft(
                    0, value("orientation"), accord=value("accord") or "non_recueilli", motif=""
                ),
            )
        return EntretienDraft(
            dossier_id=None,
            date=value("date"),
            heure=value("heure"),
            duree=value("duree"),
            mode=value("mode") or NON_RENSEIGNE,
            lieu="unite" if value("unite") else NON_RENSEIGNE,
            unite_id=value("unite"),
            problematique_principale=principale or PROBLEMATIQUE_AUTRE,
            problematiques=others,
            demandes=value("demandes", ()),
            reponses=value("reponses", ()),
            personnes=(self._person(),),
            orientations=orientations,
            elements_transmissibles=value("elements_transmissibles", ""),
            notes_de_travail=self._notes(),
            saisine=self._saisine(),
        )

    def _person(self) -> PersonneDraft:
        value = self._values.get
        identite = Identite(
            nom_usage=value("nom", ""),
            nom_naissance=value("nom_naissance", ""),
            prenom=value("prenom", ""),
            sexe=value("sexe") or NON_RENSEIGNE,
            naissance=value("naissance") or value("age"),
            adresse=value("adresse", ""),
            commune=value("commune"),
            telephone=value("telephone", ""),
            courriel=value("courriel", ""),
        )
        facts: dict[str, Any] = {
            name: value(name) or NON_RENSEIGNE
            for name in CODED_FACTS
            if name not in ("sexe", "age", "tranche_age")
        }
        facts |= {name: value(name, ()) for name in MULTIPLE_FACTS}
        return PersonneDraft(None, identite, Profil(**facts), accord=value("accord") or "non_recueilli")

    def _saisine(self) -> SaisineDraft:
        value = self._values.get
        return SaisineDraft(
            value("date_saisine") or value("date"),
            origine=value("origine") or NON_RENSEIGNE,
            support=value("support") or NON_RENSEIGNE,
            unite_id=value("unite"),
        )

    def _notes(self) -> str:
        notes, numero = self._values.get("notes_de_travail", ""), self._values.get("numero", "")
        return "\n".join(part for part in (numero and f"Ancien numéro : {numero}", notes) if part)


def _short(cell: str) -> str:
    return cell if len(cell) <= _SHORT else cell[: _SHORT - 1] + "…"
