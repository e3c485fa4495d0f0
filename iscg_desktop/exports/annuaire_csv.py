"""The annuaire as a CSV file that colleagues share: written for a spreadsheet, read back from one.

It holds structures and, if she asks for them, the people met there; never a beneficiary, a note or a contact.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from iscg_desktop.domain.partenaire import Correspondant, Partenaire, PartenaireDraft
from iscg_desktop.errors import Problem, UserError

BYTES_MAX = 2_000_000
LINES_MAX = 2_000
PEOPLE_MAX = 50
"""Greatest size of a file that is read, its lines, and the correspondants of a line."""

_WORDS = (
    "nom", "adresse", "code_postal", "ville", "telephone", "courriel", "horaires", "accueille",
)  # fmt: skip
_COLUMNS = (
    "identifiant", "nom", "type", "type_en_clair", *_WORDS[1:], "communes", "ferme_le",
)  # fmt: skip
_PERSON = ("nom", "fonction", "telephone", "courriel")
_UID = re.compile(r"[0-9a-f]{32}")
# What a spreadsheet would take for a formula; an apostrophe before it, and before those already there.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class LigneAnnuaire:
    """A structure of a file, checked.

    Attributes:
        numero: Number of its line in the file, the heading being 1.
        uid: Identifier in the annuaire it comes from; empty if none is given.
    """

    numero: int
    uid: str
    draft: PartenaireDraft


@dataclass(frozen=True, slots=True)
class LigneRefusee:
    """A line that cannot be taken, and why."""

    numero: int
    nom: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class LectureAnnuaire:
    """All that a file says."""

    lignes: tuple[LigneAnnuaire, ...]
    refus: tuple[LigneRefusee, ...]


def write_annuaire(
    partenaires: Iterable[Partenaire], libelle_de: Callable[[str], str], *, correspondants: bool
) -> bytes:
    """The bytes of the file: UTF-8 with its mark and « ; », which spreadsheets open as they are.

    Args:
        partenaires: The annuaire.
        libelle_de: Label of a type.
        correspondants: Whether the people met there are handed over too.
    """
    structures = tuple(partenaires)
    groups = max((len(each.correspondants) for each in structures), default=0) if correspondants else 0
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        (*_COLUMNS, *(f"correspondant_{n}_{name}" for n in range(1, groups + 1) for name in _PERSON))
    )
    for each in structures:
        people = [value for person in each.correspondants[:groups] for value in _of_person(person)]
        people += [""] * (groups * len(_PERSON) - len(people))  # every line has all the columns
        values = (
            each.uid, each.nom, each.type, libelle_de(each.type), each.adresse, each.code_postal, each.ville,
            each.telephone, each.courriel, each.horaires, each.accueille, " ".join(each.communes),
            each.ferme_le.isoformat() if each.ferme_le else "", *people,
        )  # fmt: skip
        writer.writerow([neutralised(value) for value in values])
    return text.getvalue().encode("utf-8-sig", "replace")


def neutralised(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before ``neutralised``."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell


def read_annuaire(
    data: bytes, types: Mapping[str, str], commune: Callable[[str], str | None]
) -> LectureAnnuaire:
    """What a file says, line by line; a line that cannot be taken is named with all that is wrong with it.

    UTF-8 and the older Windows encoding are read, columns parted by « ; », « , » or tabs, in any order.

    Args:
        data: The bytes of the file.
        types: Label of each code of ``type_partenaire``.
        commune: Gives the INSEE code that a written one means, or None.

    Raises:
        UserError: ``annuaire_trop_gros``, ``annuaire_trop_de_lignes``, ``annuaire_illisible``,
            ``annuaire_ligne_illisible``, ``annuaire_sans_colonnes``.
    """
    text = _decoded(data)
    header, rows = _rows(text)
    reader = _LineReader(header, types, commune)
    lines: list[LigneAnnuaire] = []
    refused: list[LigneRefusee] = []
    seen = _Seen()
    for numero, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        line, problems = reader.read(numero, cells)
        earlier = seen.before(line)
        if not problems and earlier is not None:
            problems = (Problem("nom", "annuaire_ligne_double", {"ligne": earlier}),)
        if problems:
            refused.append(LigneRefusee(numero, line.draft.nom, problems))
        else:
            seen.add(line)
            lines.append(line)
    return LectureAnnuaire(tuple(lines), tuple(refused))


def same_place(nom: str, ville: str) -> tuple[str, str]:
    """What two structures share when they are the same one under two identifiers."""
    return _key(nom) or nom.casefold(), _key(ville)


class _Seen:
    """The structures of the lines already read."""

    def __init__(self) -> None:
        self._by_uid: dict[str, int] = {}
        self._by_place: dict[tuple[str, str], list[LigneAnnuaire]] = {}

    def before(self, line: LigneAnnuaire) -> int | None:
        """Number of an earlier line about the same structure."""
        if line.uid in self._by_uid:
            return self._by_uid[line.uid]
        near = self._by_place.get(same_place(line.draft.nom, line.draft.ville), [])
        # Two identifiers are two structures, even under one name.
        return next((each.numero for each in near if not (each.uid and line.uid)), None)

    def add(self, line: LigneAnnuaire) -> None:
        if line.uid:
            self._by_uid[line.uid] = line.numero
        self._by_place.setdefault(same_place(line.draft.nom, line.draft.ville), []).append(line)


class _LineReader:
    """Reads the cells of a line by the headings over them."""

    def __init__(
        self, header: Sequence[str], types: Mapping[str, str], commune: Callable[[str], str | None]
    ) -> None:
        self._places = {name: place for place, name in reversed(list(enumerate(header)))}
        self._width = len(header)
        self._commune = commune
        self._types = {_key(label): code for code, label in types.items()}
        self._types |= {_key(code): code for code in types}

    def read(self, numero: int, cells: Sequence[str]) -> tuple[LigneAnnuaire, tuple[Problem, ...]]:
        problems: list[Problem] = []
        if any(cell.strip() for cell in cells[self._width :]):
            problems.append(Problem("nom", "annuaire_cellules_en_trop"))
        written = {name: restored(cells[p]).strip() for name, p in self._places.items() if p < len(cells)}
        uid = written.get("identifiant", "").lower()
        if uid and not _UID.fullmatch(uid):
            problems.append(Problem("identifiant", "annuaire_identifiant"))
        draft = PartenaireDraft(
            **{name: written.get(name, "") for name in _WORDS},
            type=self._type(written, problems),
            communes=self._communes(written.get("communes", ""), problems),
            correspondants=self._people(written),
            ferme_le=_closing(written.get("ferme_le", ""), problems),
        )
        said = {problem.field for problem in problems}
        problems += [problem for problem in draft.check() if problem.field not in said]
        return LigneAnnuaire(numero, uid, draft), tuple(problems)

    def _type(self, written: Mapping[str, str], problems: list[Problem]) -> str | None:
        told = [text for name in ("type", "type_en_clair") if (text := written.get(name, ""))]
        found = next((code for text in told if (code := self._types.get(_key(text)))), None)
        if found is None and told:
            problems.append(Problem("type", "annuaire_type_inconnu", {"type": _short(told[0])}))
        return found

    def _communes(self, text: str, problems: list[Problem]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        unknown: list[str] = []
        for word in re.findall(r"[^\s,;]+", text):
            # A spreadsheet takes 01004 for a number and drops its zero.
            code = self._commune(word) or self._commune("0" + word)
            if code is None:
                unknown.append(word)
            else:
                found[code] = None
        if unknown:
            problems.append(Problem("communes", "annuaire_commune_inconnue", {"code": _short(unknown[0])}))
        return tuple(found)

    def _people(self, written: Mapping[str, str]) -> tuple[Correspondant, ...]:
        people = []
        for n in range(1, PEOPLE_MAX + 1):
            values = [written.get(f"correspondant_{n}_{name}", "") for name in _PERSON]
            if any(values):
                people.append(Correspondant(*values))
        return tuple(people)


def _decoded(data: bytes) -> str:
    if len(data) > BYTES_MAX:
        raise UserError("annuaire_trop_gros", maximum=BYTES_MAX // 1_000_000)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserError("annuaire_illisible")


def _rows(text: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The headings by their names here, and the numbered lines under them."""
    names = {_key(name): name for name in _COLUMNS}
    for n in range(1, PEOPLE_MAX + 1):
        names |= {_key(f"correspondant_{n}_{name}"): f"correspondant_{n}_{name}" for name in _PERSON}
    readings = {separator: _lines(text, separator) for separator in ";,\t"}
    headers = {
        separator: [names.get(_key(cell), "") for cell in _first(lines)]
        for separator, lines in readings.items()
    }
    separator = max(headers, key=lambda each: sum(map(bool, headers[each])))
    header = headers[separator]
    if "nom" not in header or not {"type", "type_en_clair"} & {*header}:
        raise UserError("annuaire_sans_colonnes")
    return header, readings[separator]


def _first(lines: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The cells of the first line; none when it does not read with that separator."""
    try:
        return next(lines, (1, []))[1]
    except UserError:
        return []


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, each with the number of the line of the file where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for read in count():
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken = begins
        else:
            if read > LINES_MAX:  # the line of the titles is the first
                raise UserError("annuaire_trop_de_lignes", maximum=LINES_MAX)
            yield begins, cells
            continue
        raise UserError("annuaire_ligne_illisible", ligne=broken)


def _closing(text: str, problems: list[Problem]) -> date | None:
    """2026-11-23, or 23/11/2026 as a spreadsheet writes it again."""
    if not text:
        return None
    french = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        return date(int(french[3]), int(french[2]), int(french[1])) if french else date.fromisoformat(text)
    except ValueError:
        problems.append(Problem("ferme_le", "annuaire_date"))
        return None


def _of_person(person: Correspondant) -> tuple[str, str, str, str]:
    return person.nom, person.fonction, person.telephone, person.courriel


def _key(text: str) -> str:
    """Letters and figures alone, without accents: what two spellings of one thing share."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if c.isalnum())


def _short(text: str) -> str:
    """What is quoted of a cell: the beginning, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:40] + "…"
