"""Reads a coupon retour back from its filled form: whatever the file is, a right reading or one refusal.

The file comes from outside. Nothing in it is executed, shown or followed: only the values of the fields the program
itself put there are read, within bounds of size and time.
"""

from __future__ import annotations

import importlib
import io
import logging
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from iscg_desktop.documents.coupon_formulaire import CHAMP_CODE, CHAMP_NUMERO
from iscg_desktop.domain.canonical import clean
from iscg_desktop.domain.coupon import LONGUEURS, SUITES, Coupon
from iscg_desktop.domain.dates import parse_date
from iscg_desktop.domain.fiche_numero import Numero, lire_qr
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.errors import UserError

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

LARGEST = 2_000_000
"""Bytes; the form weighs 45 000, and readers add little."""
SECONDS = 4.0
_PAGES, _WIDGETS = 20, 500
_LONGEST = 4_000  # characters of any value, before its own limit is looked at
_ANSWERS = ("connu", "prise_en_charge", "rendez_vous_le", "referent", "suite", "date", "motif")

_BUTTONS = ("connu", "prise_en_charge", "suite")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a filled form says.

    Attributes:
        code: Text of its QR code: number and token.
        a_relire: Field and text of what was written and is no answer: shown for her to correct.
    """

    numero: Numero
    code: str
    coupon: Coupon
    a_relire: tuple[tuple[str, str], ...] = ()


class _TooLong(BaseException):
    """The time is up; no Exception, so that no « except Exception » of a library keeps it."""


def read_coupon_form(data: bytes, today: date) -> Lecture:
    """Read a filled form.

    Args:
        data: Bytes of the file.
        today: For dates written without their year.

    Raises:
        UserError: ``coupon_trop_gros``, ``coupon_pas_pdf``, ``coupon_abime``, ``coupon_chiffre``,
            ``coupon_sans_formulaire``, ``coupon_deux_fiches``, ``coupon_numero_modifie``.
    """
    if len(data) > LARGEST:
        raise UserError("coupon_trop_gros")
    if b"%PDF-" not in data[:1024]:
        raise UserError("coupon_pas_pdf")
    importlib.import_module("pypdf")  # 20 MB of memory, read before the clock runs
    values = _guarded(lambda: _values(data))
    codes = {value.strip() for value in values.get(CHAMP_CODE, ()) if value.strip()}
    if not codes:
        raise UserError("coupon_sans_formulaire")
    if len(codes) > 1:
        raise UserError("coupon_deux_fiches")
    code = codes.pop()
    numero, _ = _read_code(code)
    for written in values.get(CHAMP_NUMERO, ()):
        if written.strip() != str(numero):
            raise UserError("coupon_numero_modifie")
    return _lecture(numero, code, {name: values.get(name, []) for name in _ANSWERS}, today)


def _read_code(code: str) -> tuple[Numero, bytes]:
    try:
        return lire_qr(code)
    except UserError:
        raise UserError("coupon_numero_modifie") from None


def _guarded(work: Callable[[], _T]) -> _T:
    """The answer of a library on bytes nobody vouches for, within a time; any failure is « damaged »."""
    end = time.monotonic() + SECONDS

    def watch(_frame: FrameType, _event: str, _value: object) -> None:
        if time.monotonic() > end:
            raise _TooLong

    logger = logging.getLogger("pypdf")
    before, level = sys.getprofile(), logger.level
    logger.setLevel(logging.CRITICAL + 1)  # what it would say of a strange file may quote it
    sys.setprofile(watch)
    try:
        return work()
    except UserError:
        raise
    except (Exception, _TooLong):  # noqa: BLE001 - whatever a library raises on a hostile file
        raise UserError("coupon_abime") from None
    finally:
        sys.setprofile(before)
        logger.setLevel(level)


def _values(data: bytes) -> dict[str, list[str]]:
    """Every value written in a field, by the name of the field; the same field twice gives two."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise UserError("coupon_chiffre")
    if "/AcroForm" not in reader.root_object:
        raise UserError("coupon_sans_formulaire")
    found: dict[str, list[str]] = {}
    seen: dict[int, DictionaryObject] = {}
    for field in _fields(reader):
        if id(field) not in seen:
            seen[id(field)] = field
            name, value = _text(field.get("/T")), field.get("/V")
            if name:
                found.setdefault(name.rpartition(".")[2], []).append(_text(value))
    return found


def _fields(reader: PdfReader) -> Iterator[DictionaryObject]:
    """The field of each widget on the pages, its parent for one of several buttons."""
    from pypdf.generic import DictionaryObject

    if len(reader.pages) > _PAGES:
        raise UserError("coupon_deux_fiches")
    left = _WIDGETS
    for page in reader.pages:
        for annotation in page.get("/Annots") or ():
            left -= 1
            widget = annotation.get_object()
            if left < 0 or not isinstance(widget, DictionaryObject):
                raise UserError("coupon_abime")
            parent = widget.get("/Parent")
            if "/T" not in widget and parent is not None:
                widget = parent.get_object()
            if isinstance(widget, DictionaryObject):
                yield widget


def _text(value: Any) -> str:
    """A value as text: a string, or the name of a chosen button without its « / »."""
    from pypdf.generic import NameObject

    if value is None:
        return ""
    value = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(value, NameObject):
        value = "" if value == "/Off" else value[1:]
    elif isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise UserError("coupon_abime")
    return clean(value)


def _lecture(numero: Numero, code: str, written: dict[str, list[str]], today: date) -> Lecture:
    """The answers that can be told, and what was written beside."""
    plain: dict[str, str] = {}
    for name, values in written.items():
        said = {value.strip() for value in values} - {""}
        if len(said) > 1:
            raise UserError("coupon_deux_fiches")
        # Some readers write the name of a button as a text, with its « / ».
        plain[name] = (said.pop() if said else "").removeprefix("/" if name in _BUTTONS else "")
    again: list[tuple[str, str]] = []

    def answer(name: str, read: Callable[[str], _T | None]) -> _T | None:
        if not plain[name]:
            return None
        found = read(plain[name])
        if found is None:
            again.append((name, plain[name]))
        return found

    def free(name: str) -> str:
        return answer(name, lambda text: text if len(text) <= LONGUEURS[name] else None) or ""

    def day(text: str) -> date | None:
        # « Hier » was said on a day nobody knows.
        if not re.search(r"\d", text) or re.match(r"(j ?)?[+\-\u2212]", text, re.IGNORECASE):
            return None
        try:
            return parse_date(text, today)
        except UserError:
            return None

    coupon = Coupon(
        connu=answer("connu", _reponse),
        prise_en_charge=answer("prise_en_charge", _reponse),
        rendez_vous_le=answer("rendez_vous_le", day),
        referent=free("referent"),
        suite=answer("suite", lambda text: text if text in SUITES else None),
        date=answer("date", day),
        motif=free("motif"),
    )
    return Lecture(numero, code, coupon, tuple(again))


def _reponse(text: str) -> Reponse | None:
    return {"oui": Reponse.OUI, "non": Reponse.NON}.get(text)
