"""Mutations of what keeps an erased person away and a figure handed over still."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_ERASE = "iscg_desktop/storage/effacement.py"
_REGISTRY = "iscg_desktop/storage/registry.py"
_PASSATION = "iscg_desktop/services/passation.py"
_CLOSING = "iscg_desktop/storage/closing.py"
_OF_ERASE = "tests/services/test_effacement.py"
_OF_CLOSING = "tests/storage/test_closing.py"
_ORDER = "tests/services/test_sequences.py"
_BACK = f"{_ORDER}::test_an_older_backup_undoes_neither_an_erasure_nor_a_bilan"
_FILE = f"{_ORDER}::test_a_file_written_before_an_erasure_brings_nobody_back"

MUTATIONS = (
    Mutation(
        "S30", "a restore forgets the erasures", "iscg_desktop/services/restauration.py",
        "    EffacementService(session).reapply()\n", "    del session\n", (_BACK,),
    ),
    Mutation(
        "S30", "the secret of the erasures is not carried forward", _REGISTRY,
        '_SETTINGS: Final = ("effacements.cle", "effacements.ailleurs")', "_SETTINGS: Final = ()", (_BACK,),
    ),
    Mutation(
        "S30", "bilans handed over are not carried forward", _REGISTRY,
        r"""'copies_sauvegarde', 'bilans') OR name LIKE 'bilan\_%' ESCAPE '\') ORDER BY name""",
        "'copies_sauvegarde')) ORDER BY name", (_BACK,),
    ),
    Mutation(
        "S30", "what comes from another coffre is not compared with the erasures", _PASSATION,
        "            gone = yield from self._erase_again(tx, opened)\n", "            gone = 0\n", (_FILE,),
    ),
    Mutation(
        "S30", "what the other erased since is not told to the successor", _PASSATION,
        '"effacements": self._session.read.effacements.known()', '"effacements": None', (_FILE,),
    ),
    Mutation(
        "S30", "what another erased takes who is here already", _ERASE,
        'or (row["uid"] in received and any(', "or (any(",
        (f"{_ORDER}::test_what_another_erased_takes_nobody_who_is_here_already",),
    ),
    Mutation(
        "S30", "drafts that name her stay", "iscg_desktop/services/effacement.py",
        "            tx.drafts.drop(cle)\n", "            pass\n", (_OF_ERASE,),
    ),
    Mutation(
        "S30", "her words stay in the search", _ERASE,
        '        self._sql.execute("DELETE FROM recherche WHERE rowid = ?", (dossier_id,))\n', "", (_OF_ERASE,),
    ),
    Mutation(
        "S30", "a coffre that is closed keeps what opens it", _CLOSING,
        "        for name in COPIES:\n            overwrite(folder / name)\n        left",
        "        left", (_OF_CLOSING,),
    ),
    Mutation(
        "S30", "a backup of a closed coffre keeps what opens it", _CLOSING,
        "        overwrite(backup, last=BLOCK)\n", "", (_OF_CLOSING,),
    ),
    Mutation(
        "S30", "a coffre closed for good still opens", "iscg_desktop/storage/header_copies.py",
        '    if is_doomed(folder):\n        raise UserError("coffre_ferme")\n', "", (_OF_CLOSING,),
    ),
    Mutation(
        "S30", "a coffre is closed though nobody read the file again", "iscg_desktop/services/fermeture.py",
        '            raise UserError("fermeture_non_relue")\n', "            return None  # type: ignore\n",
        ("tests/services/test_fermeture.py",),
    ),
    Mutation(
        "S30", "a coffre is closed on a file that is behind it", "iscg_desktop/services/fermeture.py",
        "if (yield from digesting(here)) != seen.empreinte:", "if (yield from digesting(here)) == '':",
        ("tests/services/test_fermeture.py",),
    ),
    Mutation(
        "S30", "what comes is counted in a quarter arrêté", _PASSATION,
        "parse_period(min([first, *closed]))", "parse_period(first)",
        (f"{_ORDER}::test_after_a_loss_a_late_entretien_and_a_file_come_in_beside_an_old_bilan",),
    ),
)  # fmt: skip
