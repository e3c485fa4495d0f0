"""The description of the processing that a DPO asks for: what is true of this coffre, from its real settings.

Sources: articles 30 (register) and 35 (impact assessment) of the RGPD; the order of the CNIL's PIA method: the
processing, the principles, the risks with what answers them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Traitement:
    """What is true of this coffre.

    Attributes:
        responsable: The employer.
        public: Whether it is a public one; decides the ground of article 6.
        intervenant: Who uses the coffre, with her title.
        dpo: Whom to write to about data; "" when it is not filled in.
        durees: Months after the last contact, by label of the regime.
        motif_durees: Why they are not the recommended ones.
        journal_mois: Months the journal is kept.
        verrouillage_minutes: Idle minutes before the coffre locks.
        dossiers: How many dossiers it holds, rounded up to ten: no exact figure leaves.
        anciennete: Year of its oldest dossier; None when it is empty.
        langues: Languages of the note of information that were read again.
        sauvegarde_le: Day of the last verified backup; None when there is none.
        disque_chiffre: Whether the disk is encrypted, as the system says; None when it does not.
    """

    etabli_le: date
    responsable: str
    public: bool
    intervenant: str
    dpo: str
    durees: Mapping[str, int]
    motif_durees: str
    journal_mois: int
    verrouillage_minutes: int
    dossiers: int
    anciennete: int | None
    langues: tuple[str, ...]
    sauvegarde_le: date | None = None
    disque_chiffre: bool | None = None
