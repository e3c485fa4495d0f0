"""The JSON bilan is what its schema says, reads back as it was, and is refused as soon as it differs."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.errors import UserError
from iscg_desktop.exports import bilan_json, bilan_xlsx
from iscg_desktop.exports.bilan_file import NiveauCollaboration
from iscg_desktop.messages import sentence
from iscg_desktop.paths import resources
from tests.disclosure.registers import quarter
from tests.exports.bilans import bilan_of, usual

SCHEMA = json.loads((resources() / "bilan" / "schema-bilan-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@functools.cache
def written() -> bytes:
    return bilan_json.render(usual())


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        bilan_json.read(data)
    said = sentence(caught.value)
    assert "\n" not in said
    return caught.value.code


def changed(change: Callable[[dict[str, Any]], None], *, resealed: bool = True) -> bytes:
    """The file with one change, its own digest made anew as a clever forger would."""
    document = json.loads(written())
    change(document)
    if resealed:
        document.pop("empreinte", None)
        bare = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
        document["empreinte"] = hashlib.sha256(bare).hexdigest()
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


@pytest.mark.parametrize("accueils", [0, 1, 12, 100])
def test_it_follows_its_schema_and_reads_back(accueils: int) -> None:
    bilan = usual(accueils)
    data = bilan_json.render(bilan)
    VALIDATOR.validate(json.loads(data))
    assert bilan_json.read(data) == bilan
    assert bilan_json.render(bilan) == data


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_its_shape_is_the_published_one() -> None:
    document = json.loads(written())
    assert list(document)[:4] == ["format", "version", "menu", "seuil"]
    assert (document["format"], document["version"], document["menu"], document["seuil"]) == (
        "iscg-bilan",
        1,
        1,
        5,
    )
    periode = {"code": "2026-T1", "type": "trimestre", "debut": "2026-01-01", "fin": "2026-03-31"}
    assert document["periode"] == periode
    sexe = next(table for table in document["tableaux"] if table["code"] == "sexe")
    assert sexe["unite"] == "accueil"
    assert sexe["dimensions"][0]["reponses_multiples"] is False
    assert sexe["dimensions"][0]["valeurs"][0] == {"code": "sexe0", "libelle": "Sexe0"}
    assert sexe["cellules"][0] == {"cle": {}, "valeur": 100}
    assert {"cle": {"sexe": "sexe3"}, "masque": True} in sexe["cellules"]


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(surplus=1),
        lambda document: document["periode"].update(surplus=1),
        lambda document: document["tableaux"][0].update(exact=3),
        lambda document: document["tableaux"][0]["cellules"][0].update(valeur=4),
        lambda document: document["tableaux"][0]["cellules"][0].update(masque=True),
        lambda document: document["tableaux"][0]["cellules"][0].pop("valeur"),
        lambda document: document["tableaux"][0]["cellules"][0].update(statut="secondaire"),
        lambda document: document["tableaux"][0]["dimensions"][0]["valeurs"][0].update(code="=1"),
        lambda document: document["indicateurs"][0].update(pour_mille=1, masque=True),
        lambda document: document.update(version=2),
        lambda document: document.update(date_emission="03/04/2026"),
        lambda document: document.pop("empreinte"),
    ],
)
def test_the_schema_is_strict(change: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads(written())
    VALIDATOR.validate(document)
    change(document)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(document)


def test_nothing_but_dates_and_identity_comes_from_outside() -> None:
    """No clock, no chance: masks are drawn before, bytes follow."""
    assert bilan_json.render(bilan_json.read(written())) == written()


@pytest.mark.parametrize("left", [0.0, 0.001, 0.5, 0.999])
def test_a_truncated_file_is_refused(left: float) -> None:
    assert refusal(written()[: int(left * len(written()))]) == "bilan_illisible"


@pytest.mark.parametrize("data", [b"[]", b"3", b'{"format": "autre"}', b"{}", b" " * (33 * 1024 * 1024)])
def test_something_else_is_refused(data: bytes) -> None:
    assert refusal(data) == "bilan_autre_format"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"PK\x03\x04", b"[" * 200_000, b"9" * 10_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    assert refusal(data) == "bilan_illisible"


def test_a_later_version_is_refused_by_its_name() -> None:
    assert refusal(changed(lambda document: document.update(version=2, nouveau=True))) == "bilan_plus_recent"


@pytest.mark.parametrize("version", [0, -1, "1", True, None, 1.0])
def test_a_version_is_a_number(version: object) -> None:
    assert refusal(changed(lambda document: document.update(version=version))) == "bilan_modifie"


def total(document: dict[str, Any]) -> Any:
    return document["tableaux"][0]["cellules"][0]


@pytest.mark.parametrize("resealed", [False, True], ids=["by hand", "by a forger"])
@pytest.mark.parametrize(
    "change",
    [
        lambda document: total(document).update(valeur=101),
        lambda document: total(document).update(valeur=100.0),
        lambda document: total(document).update(valeur="100"),
        lambda document: document["tableaux"][0]["cellules"].pop(),
        lambda document: document["tableaux"].append(document["tableaux"][0]),
        lambda document: document["indicateurs"][-1].update(pour_mille=999),
        lambda document: document["indicateurs"][-1].update(haut=[]),
        lambda document: document.update(notes=[]),
        lambda document: document.update(surplus=1),
        lambda document: document.pop("coffre"),
        lambda document: document.update(periode=None),
        lambda document: document.update(tableaux={}),
        lambda document: document.update(seuil=3),
        lambda document: document.update(coffre="\ud800"),
        lambda document: document["periode"].update(debut="2026-13-01"),
    ],
)
def test_an_edited_file_is_refused(change: Callable[[dict[str, Any]], None], resealed: bool) -> None:
    try:
        data = changed(change, resealed=resealed)
    except UnicodeEncodeError:
        data = json.dumps(json.loads(written()) | {"coffre": "\ud800"}).encode()
    assert refusal(data) == "bilan_modifie"


def test_a_figure_changed_where_no_sum_betrays_it_is_refused() -> None:
    """A lone total: only the digest of the file can tell."""

    def change(document: dict[str, Any]) -> None:
        saisines = next(table for table in document["tableaux"] if table["code"] == "saisines")
        saisines["cellules"][0]["valeur"] += 1

    assert refusal(changed(change, resealed=False)) == "bilan_modifie"


def test_the_same_content_laid_out_otherwise_is_refused() -> None:
    assert refusal(json.dumps(json.loads(written())).encode()) == "bilan_modifie"
    assert refusal(written().replace(b"\n", b"\r\n")) == "bilan_modifie"


@settings(max_examples=150, deadline=None)
@given(st.data(), st.binary(min_size=1, max_size=3))
def test_any_change_of_bytes_is_refused_in_words(draws: st.DataObject, instead: bytes) -> None:
    place = draws.draw(st.integers(0, len(written()) - 1))
    data = written()[:place] + instead + written()[place + len(instead) :]
    if data != written():
        assert refusal(data) in {
            "bilan_illisible",
            "bilan_autre_format",
            "bilan_modifie",
            "bilan_plus_recent",
        }


@settings(max_examples=80, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
    ),
    st.data(),
)
def test_any_value_anywhere_is_refused_in_words(value: object, data: st.DataObject) -> None:
    document = json.loads(written())
    place: Any = document
    while True:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        if not isinstance(place[key], (dict, list)) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = value
    edited = (json.dumps(document, indent=1) + "\n").encode()
    if json.loads(edited) != json.loads(written()):
        assert refusal(edited) in {"bilan_autre_format", "bilan_modifie", "bilan_plus_recent"}


def test_the_notes_say_what_a_reader_needs() -> None:
    notes = " ".join(usual().notes)
    for word in (
        "inférieur à 5",
        "zéro compris",
        "individualisation",
        "corrélation",
        "inférence",
        "ni par 0",
    ):
        assert word in notes
    assert "inférieur à 11" in " ".join(bilan_of(quarter(100), 11).notes)


def test_a_year_may_say_how_often_each_family_of_partners_was_worked_with() -> None:
    levels = (
        NiveauCollaboration("secteur", "Services sociaux de secteur", "frequente"),
        NiveauCollaboration("ccas", "CCAS", "rare"),
    )
    bilan = dataclasses.replace(usual(), collaborations=levels)
    data = bilan_json.render(bilan)
    VALIDATOR.validate(json.loads(data))
    assert bilan_json.read(data) == bilan
    assert "collaborations" not in json.loads(written())
    book = openpyxl.load_workbook(io.BytesIO(bilan_xlsx.render(bilan)))
    rows = [row[:2] for row in book["Indicateurs"].iter_rows(values_only=True)]
    assert rows[-2:] == [("Services sociaux de secteur", "fréquente"), ("CCAS", "rare ou aucune")]


@pytest.mark.parametrize("level", ["jamais", "", None, 3, ["rare"]])
def test_another_level_of_collaboration_is_refused(level: object) -> None:
    def add(document: dict[str, Any]) -> None:
        tables = document.pop("tableaux")
        document["collaborations"] = [{"famille": "ccas", "libelle": "CCAS", "niveau": level}]
        document["tableaux"] = tables

    assert refusal(changed(add)) == "bilan_modifie"
