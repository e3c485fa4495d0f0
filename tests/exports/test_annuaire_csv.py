"""The file of the annuaire: what goes out comes back, nothing in it is a formula, any bytes get an answer."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.partenaire import Correspondant, Partenaire
from iscg_desktop.errors import Problem, UserError
from iscg_desktop.exports import annuaire_csv
from iscg_desktop.exports.annuaire_csv import (
    LectureAnnuaire,
    neutralised,
    read_annuaire,
    restored,
    write_annuaire,
)
from iscg_desktop.messages import sentence

TYPES = {"ccas": "CCAS, CIAS", "cmp": "CMP, psychiatrie", "autre": "Autre"}
COMMUNES = ("01004", "2A004", "35253")
HEADER = "identifiant;nom;type;ville;courriel;communes;ferme_le"


def commune(code: str) -> str | None:
    return code.upper() if code.upper() in COMMUNES else None


def read(text: str, encoding: str = "utf-8") -> LectureAnnuaire:
    return read_annuaire(text.encode(encoding), TYPES, commune)


# Words as a coffre keeps them: no space around, none of the halves of a pair.
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30).map(
    str.strip
)
names = words.filter(bool)
formulas = st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "'=", "''@", "'"]), words).map(
    str.strip
)
cells = words | formulas
people = st.builds(Correspondant, nom=names, fonction=cells, telephone=cells, courriel=words)
structures = st.builds(
    Partenaire,
    id=st.just(1),
    nom=names | formulas.filter(bool),
    type=st.sampled_from(sorted(TYPES)),
    adresse=cells,
    code_postal=cells,
    ville=cells,
    telephone=cells,
    courriel=st.sampled_from(["", "accueil@exemple.fr", "-a@b"]),
    ferme_le=st.none() | st.dates(),
    correspondants=st.lists(people, max_size=3).map(tuple),
    uid=st.text("0123456789abcdef", min_size=32, max_size=32),
    horaires=cells,
    accueille=cells,
    communes=st.sets(st.sampled_from(COMMUNES)).map(lambda codes: tuple(sorted(codes))),
)
annuaires = st.lists(structures, unique_by=lambda each: each.uid, max_size=5)


@given(annuaires, st.booleans())
def test_what_goes_out_comes_back(annuaire: list[Partenaire], correspondants: bool) -> None:
    data = write_annuaire(annuaire, TYPES.__getitem__, correspondants=correspondants)
    found = read_annuaire(data, TYPES, commune)
    assert found.refus == ()
    wanted = [each if correspondants else replace(each, correspondants=()) for each in annuaire]
    assert [(line.uid, line.draft) for line in found.lignes] == [(each.uid, each.draft()) for each in wanted]


@given(annuaires)
def test_no_cell_is_a_formula(annuaire: list[Partenaire]) -> None:
    data = write_annuaire(annuaire, TYPES.__getitem__, correspondants=True)
    assert data.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
        assert not [cell for cell in row if cell[:1] and cell[0] in "=+-@\t\r"]


@given(st.text("'=+-@\t\rab", max_size=6))
def test_a_cell_is_neutralised_and_restored(cell: str) -> None:
    assert restored(neutralised(cell)) == cell
    assert neutralised(cell)[:1] not in set("=+-@\t\r")


def _answered(data: bytes) -> None:
    """A report, or a refusal in one line; anything else raised is a fault."""
    refusals: list[UserError | Problem] = []
    try:
        found = read_annuaire(data, TYPES, commune)
    except UserError as refusal:
        refusals.append(refusal)
    else:
        assert all(line.problems for line in found.refus)
        refusals += [problem for line in found.refus for problem in line.problems]
    assert [text for each in refusals if "\n" in (text := sentence(each)) or not text] == []


@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    _answered(data)


@given(st.binary(max_size=200), st.sampled_from([HEADER, "nom,type", "NOM\tType\tCorrespondant 1 nom"]))
def test_any_bytes_under_headings_get_an_answer(data: bytes, header: str) -> None:
    _answered(header.encode() + b"\r\n" + data)


@given(st.lists(st.lists(cells, max_size=9), max_size=6), st.sampled_from(";,\t"))
def test_any_table_gets_an_answer(rows: list[list[str]], separator: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerows([HEADER.split(";"), *rows])
    _answered(text.getvalue().encode())


@settings(max_examples=30)
@given(annuaires, st.sampled_from(["utf-8", "utf-8-sig"]), st.sampled_from(";,\t"), st.randoms())
def test_encoding_separator_and_order_of_columns_do_not_matter(
    annuaire: list[Partenaire], encoding: str, separator: str, random: object
) -> None:
    data = write_annuaire(annuaire, TYPES.__getitem__, correspondants=True)
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    order = list(range(len(table[0])))
    random.shuffle(order)  # type: ignore[attr-defined]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([[row[place] for place in order] for row in table])
    again = read_annuaire(text.getvalue().encode(encoding), TYPES, commune)
    assert [line.draft for line in again.lignes] == [each.draft() for each in annuaire]


def test_the_older_windows_encoding_is_read() -> None:
    (line,) = read(f"{HEADER}\n;L’Élan – œuvre;CCAS, CIAS;Liffré;;;", "cp1252").lignes
    assert (line.draft.nom, line.draft.type, line.draft.ville) == ("L’Élan – œuvre", "ccas", "Liffré")


def test_headings_are_known_under_their_spreadsheet_names() -> None:
    text = "Nom;Type;Code postal;Téléphone;Fermé le;Notes\nCCAS;CCAS;35140;+33 2;23/11/2026;secret"
    (line,) = read(text).lignes
    assert (line.draft.code_postal, line.draft.telephone) == ("35140", "+33 2")
    assert line.draft.ferme_le == date(2026, 11, 23)


def test_a_commune_keeps_the_zero_that_a_spreadsheet_drops() -> None:
    (line,) = read(f"{HEADER}\n;CCAS;ccas;;;1004 2a004, 35253;").lignes
    assert line.draft.communes == ("01004", "2A004", "35253")


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (";;ccas;;;;", {"partenaire_sans_nom"}),
        (";CCAS;;;;;", {"partenaire_sans_type"}),
        (";CCAS;inconnu;;;;", {"annuaire_type_inconnu"}),
        (";CCAS;ccas;;pas une adresse;;", {"partenaire_courriel"}),
        (";CCAS;ccas;;;99999;", {"annuaire_commune_inconnue"}),
        (";CCAS;ccas;;;;31/02/2026", {"annuaire_date"}),
        ("xyz;CCAS;ccas;;;;", {"annuaire_identifiant"}),
        (";CCAS;ccas;;;;;de trop", {"annuaire_cellules_en_trop"}),
        (f";{'x' * 201};ccas;;;;", {"texte_trop_long"}),
        (";;inconnu;;x;99999;demain", {
            "partenaire_sans_nom", "annuaire_type_inconnu", "partenaire_courriel", "annuaire_commune_inconnue",
            "annuaire_date",
        }),
    ],
)  # fmt: skip
def test_a_line_is_refused_with_all_that_is_wrong_with_it_and_the_others_are_taken(
    row: str, codes: set[str]
) -> None:
    found = read(f"{HEADER}\n;Avant;cmp;;;;\n{row}\n\n;Après;cmp;;;;")
    assert [line.draft.nom for line in found.lignes] == ["Avant", "Après"]
    (refused,) = found.refus
    assert refused.numero == 3
    assert {problem.code for problem in refused.problems} == codes


def test_the_same_structure_twice_is_taken_once() -> None:
    uid, other = "a" * 32, "b" * 32
    rows = (
        f"{uid};CCAS;ccas;Liffré;;;",
        f"{uid};Autre;ccas;;;;",
        ";ccas !;ccas;LIFFRE;;;",
        f"{other};CCAS;ccas;Liffré;;;",
    )
    found = read("\n".join((HEADER, *rows)))
    assert [line.numero for line in found.lignes] == [2, 5]
    assert [(line.numero, line.problems[0].values) for line in found.refus] == [
        (3, {"ligne": 2}),
        (4, {"ligne": 2}),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "annuaire_sans_colonnes"),
        (b"rien;du;tout\n1;2;3", "annuaire_sans_colonnes"),
        (b"nom;ville\nCCAS;Liffre", "annuaire_sans_colonnes"),
        ("nom;type\nCCAS;ccas".encode("utf-16"), "annuaire_illisible"),
        (b"\x81\x8d\x90", "annuaire_illisible"),
        (b'nom;type\nCCAS;ccas\n"ouvert;ccas', "annuaire_ligne_illisible"),
        (b"x" * (annuaire_csv.BYTES_MAX + 1), "annuaire_trop_gros"),
        (b"nom;type\n" + b"CCAS;ccas\n" * (annuaire_csv.LINES_MAX + 1), "annuaire_trop_de_lignes"),
        (b"nom;type\n" + b"x" * 200_000 + b";ccas", "annuaire_ligne_illisible"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as refusal:
        read_annuaire(data, TYPES, commune)
    assert refusal.value.code == code
    assert sentence(refusal.value)


def test_the_longest_file_is_read_whole() -> None:
    data = b"nom;type\n" + b"".join(b"CCAS %d;ccas\n" % n for n in range(annuaire_csv.LINES_MAX))
    assert len(read_annuaire(data, TYPES, commune).lignes) == annuaire_csv.LINES_MAX
