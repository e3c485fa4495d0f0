"""The bilan file in JSON: one value, one sequence of bytes; and a reader that refuses what was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias, TypeVar

from iscg_desktop.disclosure.protected import ProtectedTable, reread
from iscg_desktop.disclosure.shares import Indicateur
from iscg_desktop.disclosure.tables import Category, CellRef, Dimension, Key, TableShape
from iscg_desktop.errors import BugError, UserError
from iscg_desktop.exports import bilan_preuve
from iscg_desktop.exports.bilan_file import BilanFile, Emetteur, NiveauCollaboration, Periode

FORMAT = "iscg-bilan"
VERSION = 1

# A bilan of one year at full detail is far below this; what is larger was not written by us.
_LARGEST = 32 * 1024 * 1024

Document: TypeAlias = dict[str, Any]
T = TypeVar("T")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def render(bilan: BilanFile) -> bytes:
    """The file as UTF-8 bytes; the same value always gives the same bytes."""
    document: Document = {
        "format": FORMAT,
        "version": VERSION,
        "menu": bilan.menu,
        "seuil": bilan.bilan.seuil,
        "methode": bilan.bilan.methode,
        "nomenclatures": bilan.nomenclatures,
        "periode": {
            "code": bilan.periode.code,
            "type": bilan.periode.type,
            "debut": bilan.periode.debut.isoformat(),
            "fin": bilan.periode.fin.isoformat(),
        },
        "date_emission": bilan.date_emission.isoformat(),
        "emetteur": {"id": bilan.emetteur.id, "employeur": bilan.emetteur.employeur},
        "coffre": bilan.coffre,
        "predecesseurs": list(bilan.predecesseurs),
        "notes": list(bilan.notes),
        "indicateurs": [_indicateur(bilan, indicateur) for indicateur in bilan.indicateurs],
        **_collaborations(bilan),
        "tableaux": [_tableau(table) for table in bilan.bilan.tables],
        "preuve": None if bilan.bilan.preuve is None else bilan_preuve.document(bilan.bilan.preuve),
    }
    bare = _bytes(document)
    last = f',\n "empreinte": "{hashlib.sha256(bare).hexdigest()}"\n}}\n'
    return bare.removesuffix(b"\n}\n") + last.encode()


def read(data: bytes) -> BilanFile:
    """The bilan that a file holds.

    Raises:
        UserError: ``bilan_illisible`` (truncated, or no JSON), ``bilan_autre_format`` (something else),
            ``bilan_plus_recent`` (of a later version), ``bilan_modifie`` (not as it was written).
    """
    document = _parsed(data)
    try:
        bilan = _bilan(document)
        again = render(bilan)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, BugError):
        raise UserError("bilan_modifie") from None
    # Whatever the parser let pass, an added key or a share that is not the quotient, shows here.
    if again != data:
        raise UserError("bilan_modifie")
    return bilan


def _bytes(document: Document) -> bytes:
    """Indented for people, but for the proof: one line for each of its parts' items."""
    preuve = document["preuve"]
    text = json.dumps({**document, "preuve": None}, ensure_ascii=False, indent=1)
    if preuve is not None:
        text = text.replace('\n "preuve": null', f'\n "preuve": {_lines(preuve)}', 1)
    return (text + "\n").encode()


def _lines(preuve: Document) -> str:
    parts = []
    for name, value in preuve.items():
        if isinstance(value, list) and value:
            text = "[\n" + ",\n".join("   " + _encode(item) for item in value) + "\n  ]"
        else:
            text = _encode(value)
        parts.append(f"  {json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n }"


def _tableau(table: ProtectedTable) -> Document:
    return {
        "code": table.code,
        "titre": table.titre,
        "univers": table.univers,
        "unite": table.unite,
        "numerateur": table.numerateur,
        "denominateur": table.denominateur,
        "dimensions": [
            {
                "code": dimension.code,
                "libelle": dimension.libelle,
                "reponses_multiples": dimension.reponses_multiples,
                "valeurs": [_category(category) for category in dimension.categories],
            }
            for dimension in table.dimensions
        ],
        "cellules": [{"cle": dict(cell.cle), **_figure("valeur", cell.valeur)} for cell in table.cellules],
    }


def _category(category: Category) -> Document:
    together = {"regroupe": list(category.regroupe)} if category.regroupe else {}
    return {"code": category.code, "libelle": category.libelle, **together}


def _indicateur(bilan: BilanFile, indicateur: Indicateur) -> Document:
    return {
        "code": indicateur.code,
        "libelle": indicateur.libelle,
        "numerateur": indicateur.numerateur,
        "denominateur": indicateur.denominateur,
        "rapport_de_flux": indicateur.rapport_de_flux,
        "haut": [_reference(cell) for cell in indicateur.haut],
        "bas": [_reference(cell) for cell in indicateur.bas],
        **_figure("pour_mille", bilan.pour_mille(indicateur)),
    }


def _collaborations(bilan: BilanFile) -> Document:
    """Levels of a year; a file that has none does not speak of them."""
    levels = [{"famille": c.famille, "libelle": c.libelle, "niveau": c.niveau} for c in bilan.collaborations]
    return {"collaborations": levels} if levels else {}


def _reference(cell: CellRef) -> Document:
    return {"univers": cell.univers, "cle": dict(cell.cle)}


def _figure(name: str, valeur: int | None) -> Document:
    return {"masque": True} if valeur is None else {name: valeur}


def _parsed(data: bytes) -> Document:
    if len(data) > _LARGEST:
        raise UserError("bilan_autre_format")
    try:
        document = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise UserError("bilan_illisible") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UserError("bilan_autre_format")
    version = document.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise UserError("bilan_modifie")
    if version > VERSION:
        raise UserError("bilan_plus_recent")
    return document


def _bilan(document: Document) -> BilanFile:
    periode = document["periode"]
    shapes = _each(document["tableaux"], _shape)
    written = document["preuve"]
    preuve = None if written is None else bilan_preuve.read(written)
    figures = _figures(zip(shapes, document["tableaux"], strict=True))
    return BilanFile(
        periode=Periode(
            _text(periode["code"]), periode["type"], _day(periode["debut"]), _day(periode["fin"])
        ),
        emetteur=Emetteur(_text(document["emetteur"]["id"]), _text(document["emetteur"]["employeur"])),
        coffre=_text(document["coffre"]),
        menu=_whole(document["menu"]),
        nomenclatures=_text(document["nomenclatures"]),
        date_emission=_day(document["date_emission"]),
        predecesseurs=_each(document["predecesseurs"], _text),
        bilan=reread(shapes, figures, _whole(document["seuil"]), _text(document["methode"]), preuve),
        indicateurs=_each(document["indicateurs"], _read_indicateur),
        collaborations=_each(document.get("collaborations", []), _collaboration),
        notes=_each(document["notes"], _text),
    )


def _figures(tables: Iterable[tuple[TableShape, Document]]) -> Mapping[CellRef, int | None]:
    """The figure of each cell; a cell that two tables print differently is refused."""
    figures: dict[CellRef, int | None] = {}
    for shape, tableau in tables:
        for cellule in tableau["cellules"]:
            valeur = None if cellule.get("masque") is True else _whole(cellule["valeur"])
            if figures.setdefault(shape.cell(_key(cellule["cle"])), valeur) != valeur:
                raise ValueError("two figures for one cell")
    return figures


def _shape(tableau: Document) -> TableShape:
    return TableShape(
        code=_text(tableau["code"]),
        titre=_text(tableau["titre"]),
        univers=_text(tableau["univers"]),
        unite=_text(tableau["unite"]),
        numerateur=_text(tableau["numerateur"]),
        denominateur=_text(tableau["denominateur"]),
        dimensions=_each(tableau["dimensions"], _dimension),
    )


def _dimension(dimension: Document) -> Dimension:
    categories = _each(dimension["valeurs"], _read_category)
    multiples = dimension["reponses_multiples"]
    return Dimension(_text(dimension["code"]), _text(dimension["libelle"]), categories, multiples is True)


def _read_category(value: Document) -> Category:
    return Category(_text(value["code"]), _text(value["libelle"]), _each(value.get("regroupe", []), _text))


def _read_indicateur(indicateur: Document) -> Indicateur:
    return Indicateur(
        code=_text(indicateur["code"]),
        libelle=_text(indicateur["libelle"]),
        numerateur=_text(indicateur["numerateur"]),
        denominateur=_text(indicateur["denominateur"]),
        haut=_each(indicateur["haut"], _cell),
        bas=_each(indicateur["bas"], _cell),
        rapport_de_flux=indicateur["rapport_de_flux"] is True,
    )


def _collaboration(level: Document) -> NiveauCollaboration:
    return NiveauCollaboration(_text(level["famille"]), _text(level["libelle"]), level["niveau"])


def _cell(reference: Document) -> CellRef:
    return CellRef(_text(reference["univers"]), _key(reference["cle"]))


def _key(cle: Document) -> Key:
    return tuple((dimension, _text(category)) for dimension, category in cle.items())


def _each(items: object, make: Callable[[Any], T]) -> tuple[T, ...]:
    if not isinstance(items, list):
        raise TypeError("a list was expected")
    return tuple(make(item) for item in items)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))
