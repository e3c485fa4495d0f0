"""Whatever is changed in a bilan file is found, by the program and by the script that shares nothing with it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from iscg_desktop.cli import main
from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.relations import sum_at_most
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.errors import UserError
from iscg_desktop.exports import bilan_json
from iscg_desktop.exports.bilan_file import BilanFile, Emetteur, Periode
from iscg_desktop.paths import resources
from iscg_desktop.services.bilan_volets import known_relations
from iscg_desktop.services.verification_bilans import verify
from tests.disclosure.registers import partition, several, shape
from tests.disclosure.series import SmallYear

SCRIPT = resources() / "verifier" / "verifier_bilan.py"
DAYS = {
    "2026-T1": ("trimestre", date(2026, 1, 1), date(2026, 3, 31)),
    "2026-T2": ("trimestre", date(2026, 4, 1), date(2026, 6, 30)),
    "2026-S1": ("semestre", date(2026, 1, 1), date(2026, 6, 30)),
}
KNOWN = ("dossiers_au_plus_accueils", "dossiers_au_plus_saisines")
Document = dict[str, Any]


def _epci(rank: int) -> CellRef:
    return CellRef("accueils", (("epci", f"e{rank}"),))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verifier_bilan", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fichiers() -> dict[str, bytes]:
    """Two quarters and their half-year, of a few small tables and what everyone knows between them."""
    forms = (
        shape("accueils", partition("sexe", 3), code="sexe"),
        shape("accueils", several("demande", 2), code="demande"),
        shape("accueils", partition("epci", ["e0", "e1"]), code="epci"),
        shape("accueils", partition("commune", ["c0", "c1"]), code="commune"),
        *(shape(univers, code=univers) for univers in ("fiches", "dossiers", "saisines")),
    )
    known = [one for one in known_relations(1) if one.code in KNOWN]
    places = [
        sum_at_most(f"epci:e{rank}", [CellRef("accueils", (("commune", f"c{rank}"),))], [_epci(rank)])
        for rank in (0, 1)
    ]
    year = SmallYear(forms, {"2026-T1": (14, 6, 1, 9), "2026-T2": (9, 7, 3, 8)}, (*known, *places))
    made: dict[str, bytes] = {}
    for code in DAYS:
        bilan = year.hand_over(
            code, {one: hashlib.sha256(octets).hexdigest() for one, octets in made.items()}
        )
        made[code] = bilan_json.render(_file(code, bilan, list(made.values())))
    return made


def _file(code: str, bilan: ProtectedBilan, before: list[bytes], coffre: str = "c0ffre") -> BilanFile:
    palier, debut, fin = DAYS[code]
    return BilanFile(
        periode=Periode(code, palier, debut, fin),  # type: ignore[arg-type]
        emetteur=Emetteur("AB", "Conseil départemental"),
        coffre=coffre,
        menu=1,
        nomenclatures="1",
        date_emission=date(2026, 7, 1),
        predecesseurs=tuple(hashlib.sha256(octets).hexdigest() for octets in before[-1:]),
        bilan=bilan,
    )


def both(script: ModuleType, *contents: bytes) -> bool:
    """Whether both verifiers find the files right; they must agree."""
    try:
        verify([(f"{rank}.json", octets) for rank, octets in enumerate(contents)])
        ours = True
    except UserError:
        ours = False
    try:
        script.verifier(list(contents))
        theirs = True
    except (script.Faux, KeyError, TypeError, ValueError, IndexError, AttributeError):
        theirs = False
    assert ours == theirs, (ours, theirs)
    return ours


def sealed(document: Document) -> bytes:
    """A document written as the program does, with a right digest: the forger knows how files are made."""
    bare = {name: value for name, value in document.items() if name != "empreinte"}
    return bilan_json._bytes({**bare, "empreinte": hashlib.sha256(bilan_json._bytes(bare)).hexdigest()})


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Path of every figure, mask, word and flag of a document."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*path, name))
    elif isinstance(value, list):
        for rank, item in enumerate(value):
            yield from leaves(item, (*path, rank))
    else:
        yield path


def changed(document: Document, path: tuple[Any, ...]) -> Document:
    """The document with one leaf changed."""
    copy: Document = json.loads(json.dumps(document))
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    old = place[path[-1]]
    place[path[-1]] = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int) else f"{old}x"
    return copy


def test_files_as_they_were_made_are_right(script: ModuleType, fichiers: dict[str, bytes]) -> None:
    for octets in fichiers.values():
        assert both(script, octets)
    assert both(script, *fichiers.values())
    assert both(script, *reversed(fichiers.values()))


def test_a_bilan_handed_over_again_with_its_figures_contradicts_nothing(
    script: ModuleType, fichiers: dict[str, bytes]
) -> None:
    again = sealed(json.loads(fichiers["2026-T1"]) | {"date_emission": "2026-07-02"})
    assert again != fichiers["2026-T1"]
    assert both(script, again, *fichiers.values())
    assert both(script, *fichiers.values(), again)
    other = json.loads(again)
    other["preuve"]["fictifs"] = other["preuve"]["fictifs"][1:]
    assert not both(script, fichiers["2026-T1"], sealed(other))  # its own proof is held to account


def test_any_single_change_is_found(script: ModuleType, fichiers: dict[str, bytes]) -> None:
    document = json.loads(fichiers["2026-S1"])
    for path in leaves(document):
        octets = bilan_json._bytes(changed(document, path))
        assert not both(script, octets), path


def test_a_forger_who_seals_again_is_found_in_every_figure(
    script: ModuleType, fichiers: dict[str, bytes]
) -> None:
    """Every figure, mask, cell, relation, imaginary value and predecessor, one by one, the digest made right again."""
    document = json.loads(fichiers["2026-S1"])
    others = [fichiers["2026-T1"], fichiers["2026-T2"]]
    tried = 0
    for path in leaves(document):
        if path[0] in ("tableaux", "preuve") and path[1] != "note" and path[-1] not in _WORDS:
            tried += 1
            assert not both(script, *others, sealed(changed(document, path))), path
    assert tried > 200


_WORDS = ("libelle", "titre", "unite", "numerateur", "denominateur", "code")


def test_a_mask_taken_for_a_figure_is_found(script: ModuleType, fichiers: dict[str, bytes]) -> None:
    document = json.loads(fichiers["2026-S1"])
    for table in document["tableaux"]:
        for cell in table["cellules"]:
            old = dict(cell)
            cell.clear()
            cell.update({"cle": old["cle"], **({"masque": True} if "valeur" in old else {"valeur": 7})})
            assert not both(script, sealed(document)), old
            cell.clear()
            cell.update(old)


@pytest.mark.parametrize("code", ["2026-T1", "2026-S1"])
def test_no_relation_can_be_taken_away_or_told_twice(
    script: ModuleType, fichiers: dict[str, bytes], code: str
) -> None:
    """What everyone knows of the figures narrows the imaginary tables: a proof that forgets some of it is no proof."""
    document = json.loads(fichiers[code])
    relations = document["preuve"]["relations"]
    assert len(relations) == (4 if code == "2026-T1" else 12)
    for rank, relation in enumerate(relations):
        if code == "2026-T1" and relation[0].startswith(("epci", "dossiers_au_plus_saisines")):
            continue  # the only period, the only belief: what the script says it cannot verify
        for others in ([*relations[:rank], *relations[rank + 1 :]], [*relations, relation]):
            document["preuve"]["relations"] = others
            assert not both(script, sealed(document)), relation


def test_the_script_knows_what_the_menu_says(script: ModuleType) -> None:
    """Its list is that of the menu, relation by relation."""
    told = {
        (code, sens, frozenset((f, CellRef(univers, cle)) for f, univers, cle in termes), not croyance)
        for code, sens, termes, croyance in script.ce_que_chacun_sait()
    }
    assert told == {
        (one.code, one.sens.value, frozenset(one.termes), one.certaine) for one in known_relations(1)
    }


def test_relations_cannot_be_slipped_in(script: ModuleType, fichiers: dict[str, bytes]) -> None:
    """A relation that is false of what is printed contradicts the imaginary tables."""
    document = json.loads(fichiers["2026-S1"])
    rank = next(r for r, cell in enumerate(document["preuve"]["cellules"]) if cell[3] == "•")
    document["preuve"]["relations"].append(["faux", "<=", 4, [[1, rank]]])
    assert not both(script, sealed(document))


def test_files_that_do_not_go_together_are_refused(script: ModuleType, fichiers: dict[str, bytes]) -> None:
    document = json.loads(fichiers["2026-T1"])
    document["date_emission"] = "2026-07-02"
    other = sealed(document)
    assert both(script, other)
    assert not both(script, other, fichiers["2026-S1"])
    document["coffre"] = "autre"
    assert not both(script, sealed(document), fichiers["2026-T2"])


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda octets: octets[: len(octets) // 2], "verification_illisible"),
        (lambda octets: b"{}", "verification_autre_format"),
        (lambda octets: octets.replace(b'"version": 1', b'"version": 9'), "verification_plus_recent"),
        (lambda octets: octets.replace(b'"AB"', b'"AC"'), "verification_modifie"),
    ],
)
def test_each_damage_has_its_sentence(damage: Any, code: str, fichiers: dict[str, bytes]) -> None:
    with pytest.raises(UserError) as refusal:
        verify([("bilan.json", damage(fichiers["2026-T1"]))])
    assert refusal.value.code == code


def test_the_command_answers_in_one_line(
    tmp_path: Path, fichiers: dict[str, bytes], capsys: pytest.CaptureFixture[str], script: ModuleType
) -> None:
    path = tmp_path / "bilan.json"
    path.write_bytes(fichiers["2026-T1"])
    bad = tmp_path / "faux.json"
    bad.write_bytes(fichiers["2026-T1"][:-9])
    for call in (lambda names: main(["verifier", *names]), script.main):
        assert [call([str(one)]) for one in (path, bad, tmp_path / "absent")] == [0, 1, 2]
    out = capsys.readouterr()
    assert len((out.out + out.err).splitlines()) == 6
