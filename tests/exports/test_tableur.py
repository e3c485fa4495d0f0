"""A spreadsheet of anyone's making is read as plain texts, or refused in one sentence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from datetime import time as hour

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from iscg_desktop.errors import UserError
from iscg_desktop.exports import tableur
from iscg_desktop.exports.tableur import COLUMNS_MAX, decoded, read_tableur
from iscg_desktop.messages import SENTENCES

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12
).filter(lambda text: text.strip() == text)


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Whatever happens inside is right, or a refusal that has its sentence."""
    refused = ""
    try:
        yield
    except UserError as error:
        refused = error.code
    assert not refused or refused in SENTENCES


def _csv(rows: list[list[str]], separator: str = ";") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


def _xlsx(rows: list[list[object]]) -> bytes:
    book, data = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_encoding_and_any_separator_are_understood(encoding: str, separator: str) -> None:
    text = _csv([["Nom", "Prénom", "Ville"], ["Péron", "Solène", "Vallière"]], separator)
    read = read_tableur(text.encode(encoding))
    assert read.entetes == ("Nom", "Prénom", "Ville")
    assert read.lignes == ((2, ("Péron", "Solène", "Vallière")),)


def test_two_encodings_in_one_file_are_both_read() -> None:
    data = "Nom;Ville\nPéron;Vallière\n".encode() + "Gué;Brégançon\n".encode("cp1252")
    assert [cells for _, cells in read_tableur(data).lignes] == [("Péron", "Vallière"), ("Gué", "Brégançon")]


def test_a_workbook_is_read_with_its_dates_and_numbers_as_one_types_them() -> None:
    rows = [
        ["Date", "Heure", "Âge", "Taux", "Connu", "Moment"],
        [date(2026, 3, 12), hour(9, 30), 34, 1.5, True, datetime(2026, 3, 12, 14, 5)],
    ]
    assert read_tableur(_xlsx(rows)).lignes == (
        (2, ("2026-03-12", "09:30", "34", "1.5", "oui", "2026-03-12 14:05")),
    )


def test_a_formula_is_read_as_text_and_never_worked_out() -> None:
    read = read_tableur(b'Nom;Note\nP\xc3\xa9ron;"=HYPERLINK(""http://exemple"")"\n')
    assert read.lignes[0][1][1] == '=HYPERLINK("http://exemple")'


def test_columns_without_a_name_or_with_the_same_are_told_apart() -> None:
    assert read_tableur(b"Nom;;Nom\na;b;c\n").entetes == ("Nom", "Colonne 2", "Nom (2)")


def test_empty_lines_are_left_out_and_numbers_are_those_of_the_file() -> None:
    assert read_tableur(b"\nNom\n\na\n\nb\n").lignes == ((4, ("a",)), (6, ("b",)))


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_is_what_is_read(rows: list[list[str]]) -> None:
    read = read_tableur(_csv([["a", "b", "c"], *rows]).encode())
    assert [list(cells) for _, cells in read.lignes] == rows


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with refused_in_words():
        read = read_tableur(data)
        assert all(len(cells) == len(read.entetes) for _, cells in read.lignes)


@given(st.integers(0, 4000), st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused_in_words(place: int, byte: int) -> None:
    data = bytearray(_xlsx([["Nom", "Ville"], ["Péron", "Vallière"]]))
    data[place % len(data)] = byte
    with refused_in_words():
        read_tableur(bytes(data))


@given(st.binary(max_size=100))
def test_any_bytes_are_some_text(data: bytes) -> None:
    with refused_in_words():
        assert isinstance(decoded(data), str)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableur, "LINES_MAX", 3)
    with pytest.raises(UserError, match="tableur_trop_de_lignes"):
        read_tableur(b"a\n" + b"1\n" * 4)
    assert len(read_tableur(b"a\n" + b"1\n" * 3).lignes) == 3
    with pytest.raises(UserError, match="tableur_trop_de_colonnes"):
        read_tableur((";".join(map(str, range(COLUMNS_MAX + 1))) + "\n1\n").encode())
    monkeypatch.setattr(tableur, "BYTES_MAX", 10)
    with pytest.raises(UserError, match="tableur_trop_gros"):
        read_tableur(b"a" * 11)


def test_a_workbook_that_would_unfold_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableur, "_UNZIPPED_MAX", 1_000)
    with pytest.raises(UserError, match="tableur_trop_gros"):
        read_tableur(_xlsx([["Nom"], ["x" * 2_000]]))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"Nom\n", b";;\n;;\n"])
def test_a_file_without_a_line_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(UserError, match="tableur_vide"):
        read_tableur(data)
