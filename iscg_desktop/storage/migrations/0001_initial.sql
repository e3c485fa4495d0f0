-- The whole coffre in one file: what is stored, what each row is counted as, and what the database itself refuses.
--
-- Conventions. Every table is STRICT. Event dates are civil local dates (AAAA-MM-JJ), technical stamps are UTC.
-- A coded column `x` has a generated twin `liste_x` that holds the name of its list, so that a composite foreign key
-- checks the code against `nomenclatures`. `trimestre_bilan` is the quarter in which a countable row counts: that of its
-- event, or the earliest quarter still open when that one is already arrêté; NULL while the row is not counted.

-- ---------------------------------------------------------------- the coffre itself

CREATE TABLE parametres (
    cle TEXT PRIMARY KEY,
    valeur TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE compteurs (  -- numbers are never given twice, whatever is erased
    nom TEXT NOT NULL,
    annee INTEGER NOT NULL,
    dernier INTEGER NOT NULL CHECK (dernier >= 0),
    PRIMARY KEY (nom, annee)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (  -- who did what and when, never the content; each line holds the digest of the one before
    id INTEGER PRIMARY KEY,
    horodatage TEXT NOT NULL,
    action TEXT NOT NULL,
    objet TEXT NOT NULL,
    reference TEXT,
    precedent BLOB NOT NULL,
    empreinte BLOB NOT NULL
) STRICT;

CREATE TABLE journal_ancres (  -- digest of the last line thinned out, so that the chain stays verifiable
    id INTEGER PRIMARY KEY,
    dernier_id INTEGER NOT NULL,
    empreinte BLOB NOT NULL,
    pose_le TEXT NOT NULL
) STRICT;

CREATE TABLE effacements (  -- keyed digests of what was erased: a restored backup must not bring it back
    empreinte BLOB PRIMARY KEY CHECK (length(empreinte) = 32),
    objet TEXT NOT NULL CHECK (objet IN ('dossier', 'personne', 'piece_jointe')),
    efface_le TEXT NOT NULL CHECK (efface_le IS date(efface_le))
) STRICT, WITHOUT ROWID;

CREATE TABLE copies_sauvegarde (  -- backups outside the coffre's folder: each holds whoever was erased since, until it is gone
    dossier TEXT NOT NULL,
    nom TEXT NOT NULL,
    faite_le TEXT NOT NULL,  -- stamp, UTC
    PRIMARY KEY (dossier, nom)
) STRICT, WITHOUT ROWID;

CREATE TABLE brouillons (  -- what is being typed, kept within two seconds of the last keystroke
    cle TEXT PRIMARY KEY,
    formulaire TEXT NOT NULL,
    dossier_id INTEGER REFERENCES dossiers (id) ON DELETE CASCADE,
    contenu TEXT NOT NULL CHECK (json_valid(contenu)),
    champ TEXT,  -- the field that had the focus
    modifie_le TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX brouillons_dossier ON brouillons (dossier_id);

-- ---------------------------------------------------------------- lists and places

CREATE TABLE nomenclatures (
    liste TEXT NOT NULL,
    code TEXT NOT NULL CHECK (code GLOB '[a-z0-9]*' AND code NOT GLOB '*[^a-z0-9_]*'),
    libelle TEXT NOT NULL CHECK (libelle <> ''),
    famille TEXT,
    ordre INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    compte_sous TEXT,  -- a value added by the user names the shipped code under which it counts; NULL for a shipped one
    PRIMARY KEY (liste, code),
    FOREIGN KEY (liste, compte_sous) REFERENCES nomenclatures (liste, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE mots_personnels (  -- words the spell-checker must not underline, added by the user
    mot TEXT PRIMARY KEY CHECK (mot <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE unites (
    id INTEGER PRIMARY KEY,
    nom TEXT NOT NULL CHECK (nom <> ''),
    force TEXT NOT NULL, liste_force TEXT AS ('force') VIRTUAL,
    type TEXT NOT NULL, liste_type TEXT AS ('type_unite') VIRTUAL,
    commune TEXT,
    telephone TEXT NOT NULL DEFAULT '',
    parent_id INTEGER REFERENCES unites (id),
    ouverte_le TEXT CHECK (ouverte_le IS date(ouverte_le)),  -- NULL: before the coffre
    fermee_le TEXT CHECK (fermee_le IS date(fermee_le)),
    successeur_id INTEGER REFERENCES unites (id),
    compte_sous_id INTEGER REFERENCES unites (id),  -- its parent on 1 January: counts there until the year of its opening ends
    compte_depuis INTEGER,  -- years in which it is a category of its own, when its dates do not say it:
    compte_jusqu_a INTEGER,  -- tables already printed never change their categories
    CHECK (fermee_le IS NULL OR ouverte_le IS NULL OR fermee_le >= ouverte_le),
    CHECK (parent_id IS NOT id),
    FOREIGN KEY (liste_force, force) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_type, type) REFERENCES nomenclatures (liste, code)
) STRICT;

CREATE TABLE secteurs (  -- circonscriptions d'action sociale, entered by the user
    id INTEGER PRIMARY KEY,
    nom TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE secteur_communes (
    commune TEXT PRIMARY KEY,
    secteur_id INTEGER NOT NULL REFERENCES secteurs (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX secteur_communes_secteur ON secteur_communes (secteur_id);

-- ---------------------------------------------------------------- partners

CREATE TABLE partenaires (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
    nom TEXT NOT NULL CHECK (nom <> ''),
    type TEXT NOT NULL, liste_type TEXT AS ('type_partenaire') VIRTUAL,
    adresse TEXT NOT NULL DEFAULT '',
    code_postal TEXT NOT NULL DEFAULT '',
    ville TEXT NOT NULL DEFAULT '',
    telephone TEXT NOT NULL DEFAULT '',
    courriel TEXT NOT NULL DEFAULT '',
    horaires TEXT NOT NULL DEFAULT '',
    accueille TEXT NOT NULL DEFAULT '',  -- what they take
    ferme_le TEXT CHECK (ferme_le IS date(ferme_le)),
    FOREIGN KEY (liste_type, type) REFERENCES nomenclatures (liste, code)
) STRICT;

CREATE TABLE partenaire_communes (
    partenaire_id INTEGER NOT NULL REFERENCES partenaires (id) ON DELETE CASCADE,
    commune TEXT NOT NULL,
    PRIMARY KEY (partenaire_id, commune)
) STRICT, WITHOUT ROWID;
CREATE INDEX partenaire_communes_commune ON partenaire_communes (commune);

CREATE TABLE correspondants (  -- the people met in a partner structure
    id INTEGER PRIMARY KEY,
    partenaire_id INTEGER NOT NULL REFERENCES partenaires (id) ON DELETE CASCADE,
    nom TEXT NOT NULL CHECK (nom <> ''),
    fonction TEXT NOT NULL DEFAULT '',
    telephone TEXT NOT NULL DEFAULT '',
    courriel TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX correspondants_partenaire ON correspondants (partenaire_id);

CREATE TABLE contacts_partenaires (  -- dated professional contacts; a beneficiary is optional
    id INTEGER PRIMARY KEY,
    partenaire_id INTEGER NOT NULL REFERENCES partenaires (id),
    date TEXT NOT NULL CHECK (date IS date(date)),
    sens TEXT NOT NULL CHECK (sens IN ('recu', 'emis')),
    canal TEXT NOT NULL, liste_canal TEXT AS ('canal_contact') VIRTUAL,
    objet TEXT NOT NULL, liste_objet TEXT AS ('objet_contact') VIRTUAL,
    dossier_id INTEGER REFERENCES dossiers (id) ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT '',
    trimestre_bilan TEXT NOT NULL CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]'),
    FOREIGN KEY (liste_canal, canal) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_objet, objet) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX contacts_partenaires_partenaire ON contacts_partenaires (partenaire_id, date);
CREATE INDEX contacts_partenaires_trimestre ON contacts_partenaires (trimestre_bilan);
CREATE INDEX contacts_partenaires_dossier ON contacts_partenaires (dossier_id);

-- ---------------------------------------------------------------- dossiers and persons

CREATE TABLE dossiers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
    numero TEXT NOT NULL UNIQUE CHECK (numero GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]*'),
    ouvert_le TEXT NOT NULL CHECK (ouvert_le IS date(ouvert_le)),
    regime TEXT NOT NULL, liste_regime TEXT AS ('regime') VIRTUAL,
    unite_id INTEGER REFERENCES unites (id),
    dernier_contact TEXT NOT NULL CHECK (dernier_contact IS date(dernier_contact)),  -- retention counts from here
    clos_le TEXT CHECK (clos_le IS date(clos_le)),
    motif_cloture TEXT NOT NULL DEFAULT '',
    conserve_jusqu_au TEXT CHECK (conserve_jusqu_au IS date(conserve_jusqu_au)),  -- prolonged, with a reason
    motif_conservation TEXT NOT NULL DEFAULT '',
    a_revoir INTEGER NOT NULL DEFAULT 0 CHECK (a_revoir IN (0, 1)),  -- point to review with the référent
    problematique_principale TEXT, liste_problematique_principale TEXT AS ('problematique') VIRTUAL,  -- that of its first accueil, frozen with it
    trimestre_bilan TEXT CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]'),
    CHECK ((trimestre_bilan IS NULL) = (problematique_principale IS NULL)),
    CHECK (clos_le IS NULL OR clos_le >= ouvert_le),
    FOREIGN KEY (liste_regime, regime) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_problematique_principale, problematique_principale) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX dossiers_contact ON dossiers (dernier_contact DESC);
CREATE INDEX dossiers_trimestre ON dossiers (trimestre_bilan);

CREATE TABLE clotures (  -- every closing of a dossier, and its reopening if there was one
    id INTEGER PRIMARY KEY,
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    clos_le TEXT NOT NULL CHECK (clos_le IS date(clos_le)),
    motif TEXT NOT NULL CHECK (motif <> ''),
    rouvert_le TEXT CHECK (rouvert_le IS date(rouvert_le)),
    motif_reouverture TEXT NOT NULL DEFAULT '',
    CHECK (rouvert_le IS NULL OR rouvert_le >= clos_le)
) STRICT;
CREATE INDEX clotures_dossier ON clotures (dossier_id);
CREATE UNIQUE INDEX clotures_une_en_cours ON clotures (dossier_id) WHERE rouvert_le IS NULL;

CREATE TABLE points_referent (  -- points to review with the référent, and what was decided; `dossiers.a_revoir` says one waits
    id INTEGER PRIMARY KEY,
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    pose_le TEXT NOT NULL CHECK (pose_le IS date(pose_le)),
    texte TEXT NOT NULL CHECK (texte <> ''),
    vu_le TEXT CHECK (vu_le IS date(vu_le)),
    decision TEXT NOT NULL DEFAULT '',
    CHECK (vu_le IS NULL OR vu_le >= pose_le)
) STRICT;
CREATE INDEX points_referent_dossier ON points_referent (dossier_id);
CREATE INDEX points_referent_en_attente ON points_referent (pose_le) WHERE vu_le IS NULL;

CREATE TABLE personnes (  -- a name may be missing: « femme, environ 30 ans »
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
    nom_naissance TEXT NOT NULL DEFAULT '',
    nom_usage TEXT NOT NULL DEFAULT '',
    prenom TEXT NOT NULL DEFAULT '',
    surnom TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    sexe TEXT NOT NULL, liste_sexe TEXT AS ('sexe') VIRTUAL,
    date_naissance TEXT CHECK (date_naissance IS date(date_naissance)),
    annee_naissance INTEGER CHECK (annee_naissance BETWEEN 1880 AND 2200),
    age_estime INTEGER CHECK (age_estime BETWEEN 0 AND 120),
    age_estime_le TEXT CHECK (age_estime_le IS date(age_estime_le)),
    adresse TEXT NOT NULL DEFAULT '',
    commune TEXT,
    telephone TEXT NOT NULL DEFAULT '',
    courriel TEXT NOT NULL DEFAULT '',
    contact_sur TEXT NOT NULL DEFAULT '',  -- safe number or address
    contact_sur_horaires TEXT NOT NULL DEFAULT '',
    sans_message INTEGER NOT NULL DEFAULT 0 CHECK (sans_message IN (0, 1)),  -- « ne pas laisser de message »
    vit_avec TEXT NOT NULL DEFAULT '',
    informee_le TEXT CHECK (informee_le IS date(informee_le)),  -- « information donnée », asked once
    fusionnee_dans INTEGER REFERENCES personnes (id) ON DELETE CASCADE,  -- the line that holds her now; never one that was merged itself
    CHECK ((date_naissance IS NOT NULL) + (annee_naissance IS NOT NULL) + (age_estime IS NOT NULL) <= 1),
    CHECK ((age_estime IS NULL) = (age_estime_le IS NULL)),
    FOREIGN KEY (liste_sexe, sexe) REFERENCES nomenclatures (liste, code)
) STRICT;

CREATE INDEX personnes_fusionnees ON personnes (fusionnee_dans) WHERE fusionnee_dans IS NOT NULL;

CREATE TABLE personne_termes (  -- what a person is looked for by: words, sounds, slips, births, numbers; erased with her
    terme TEXT NOT NULL,
    personne_id INTEGER NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    PRIMARY KEY (terme, personne_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX personne_termes_personne ON personne_termes (personne_id);

CREATE TABLE personnes_distinctes (  -- « ce ne sont pas les mêmes »: a pair never proposed again as one person
    personne_id INTEGER NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    autre_id INTEGER NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    dit_le TEXT NOT NULL CHECK (dit_le IS date(dit_le)),
    PRIMARY KEY (personne_id, autre_id),
    CHECK (personne_id < autre_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX personnes_distinctes_autre ON personnes_distinctes (autre_id);

CREATE TABLE fusions (  -- two lines that were one person: what was moved and what she was, so that it can be undone
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gardee_id INTEGER NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    absorbee_id INTEGER NOT NULL UNIQUE REFERENCES personnes (id) ON DELETE CASCADE,
    faite_le TEXT NOT NULL CHECK (faite_le IS date(faite_le)),
    contenu TEXT NOT NULL CHECK (json_valid(contenu))
) STRICT;
CREATE INDEX fusions_gardee ON fusions (gardee_id);

CREATE TABLE liens (
    personne_id INTEGER NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    autre_id INTEGER NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    lien TEXT NOT NULL, liste_lien TEXT AS ('lien') VIRTUAL,  -- what `autre` is to `personne`
    PRIMARY KEY (personne_id, autre_id),
    CHECK (personne_id <> autre_id),
    FOREIGN KEY (liste_lien, lien) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX liens_autre ON liens (autre_id);

CREATE TABLE demandes_droits (  -- what persons asked about their data; a line outlives the person, without her
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    droit TEXT NOT NULL CHECK (droit IN ('acces', 'rectification', 'effacement', 'limitation', 'opposition')),
    recue_le TEXT NOT NULL CHECK (recue_le IS date(recue_le)),
    personne_id INTEGER REFERENCES personnes (id) ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT '',
    prolongee INTEGER NOT NULL DEFAULT 0 CHECK (prolongee IN (0, 1)),  -- told within the month that it would take up to three
    repondue_le TEXT CHECK (repondue_le IS date(repondue_le)),
    reponse TEXT CHECK (reponse IN ('satisfaite', 'partielle', 'refusee')),
    levee_le TEXT CHECK (levee_le IS date(levee_le)),  -- a limitation or an opposition ended
    CHECK ((repondue_le IS NULL) = (reponse IS NULL)),
    CHECK (repondue_le IS NULL OR repondue_le >= recue_le)
) STRICT;
CREATE INDEX demandes_droits_personne ON demandes_droits (personne_id);

CREATE TABLE dossier_personnes (
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    personne_id INTEGER NOT NULL REFERENCES personnes (id) ON DELETE CASCADE,
    statut TEXT NOT NULL, liste_statut TEXT AS ('statut') VIRTUAL,
    ordre INTEGER NOT NULL,
    PRIMARY KEY (dossier_id, personne_id),
    FOREIGN KEY (liste_statut, statut) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX dossier_personnes_personne ON dossier_personnes (personne_id);

CREATE TABLE saisines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    date TEXT NOT NULL CHECK (date IS date(date)),
    heure TEXT CHECK (heure GLOB '[0-2][0-9]:[0-5][0-9]'),
    origine TEXT NOT NULL, liste_origine TEXT AS ('origine') VIRTUAL,
    support TEXT NOT NULL, liste_support TEXT AS ('support') VIRTUAL,
    accord_contact TEXT NOT NULL, liste_accord_contact TEXT AS ('accord_contact') VIRTUAL,
    urgence TEXT NOT NULL, liste_urgence TEXT AS ('urgence') VIRTUAL,
    etat TEXT NOT NULL, liste_etat TEXT AS ('etat_saisine') VIRTUAL,
    motif_sans_suite TEXT, liste_motif_sans_suite TEXT AS ('motif_sans_suite') VIRTUAL,
    unite_id INTEGER REFERENCES unites (id),
    demandeur TEXT NOT NULL DEFAULT '',
    motif TEXT NOT NULL DEFAULT '',
    telephone TEXT NOT NULL DEFAULT '',
    contact_sur TEXT NOT NULL DEFAULT '',  -- number and hours at which a call puts nobody in danger
    sans_message INTEGER NOT NULL DEFAULT 0 CHECK (sans_message IN (0, 1)),  -- « ne pas laisser de message »
    mots TEXT NOT NULL DEFAULT '',  -- what it is searched by: its words folded, its numbers in one piece
    dossier_id INTEGER REFERENCES dossiers (id) ON DELETE CASCADE,
    trimestre_bilan TEXT NOT NULL CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]'),
    CHECK ((etat = 'sans_suite') = (motif_sans_suite IS NOT NULL)),
    CHECK ((etat = 'dossier_ouvert') = (dossier_id IS NOT NULL)),
    FOREIGN KEY (liste_origine, origine) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_support, support) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_accord_contact, accord_contact) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_urgence, urgence) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_etat, etat) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_motif_sans_suite, motif_sans_suite) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX saisines_dossier ON saisines (dossier_id);
CREATE INDEX saisines_ouvertes ON saisines (etat, date) WHERE etat IN ('a_traiter', 'contact_tente', 'rendez_vous_fixe');
CREATE INDEX saisines_trimestre ON saisines (trimestre_bilan);

CREATE TABLE tentatives_contact (
    id INTEGER PRIMARY KEY,
    saisine_id INTEGER NOT NULL REFERENCES saisines (id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date)),
    heure TEXT CHECK (heure GLOB '[0-2][0-9]:[0-5][0-9]'),
    resultat TEXT NOT NULL CHECK (resultat IN ('injoignable', 'sans_message', 'rappel', 'joint')),
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX tentatives_contact_saisine ON tentatives_contact (saisine_id);

-- ---------------------------------------------------------------- entretiens and accueils

CREATE TABLE profils (  -- facts about a person as of one event: a line of an entretien, or an accueil
    id INTEGER PRIMARY KEY,
    sexe TEXT NOT NULL, liste_sexe TEXT AS ('sexe') VIRTUAL,
    age INTEGER CHECK (age BETWEEN 0 AND 130),
    age_source TEXT NOT NULL CHECK (age_source IN ('date', 'annee', 'estime', 'inconnu')),
    tranche_age TEXT NOT NULL, liste_tranche_age TEXT AS ('tranche_age') VIRTUAL,
    statut TEXT NOT NULL, liste_statut TEXT AS ('statut') VIRTUAL,
    situation_conjugale TEXT NOT NULL, liste_situation_conjugale TEXT AS ('situation_conjugale') VIRTUAL,
    type_menage TEXT NOT NULL, liste_type_menage TEXT AS ('type_menage') VIRTUAL,
    activite TEXT NOT NULL, liste_activite TEXT AS ('activite') VIRTUAL,
    csp TEXT NOT NULL, liste_csp TEXT AS ('csp') VIRTUAL,
    logement TEXT NOT NULL, liste_logement TEXT AS ('logement') VIRTUAL,
    connu_services_sociaux TEXT NOT NULL, liste_connu_services_sociaux TEXT AS ('connu_services_sociaux') VIRTUAL,
    suivi_en_cours TEXT NOT NULL, liste_suivi_en_cours TEXT AS ('suivi_en_cours') VIRTUAL,
    commune TEXT,
    CHECK ((age IS NULL) = (age_source = 'inconnu')),
    FOREIGN KEY (liste_sexe, sexe) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_tranche_age, tranche_age) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_statut, statut) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_situation_conjugale, situation_conjugale) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_type_menage, type_menage) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_activite, activite) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_csp, csp) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_logement, logement) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_connu_services_sociaux, connu_services_sociaux) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_suivi_en_cours, suivi_en_cours) REFERENCES nomenclatures (liste, code)
) STRICT;

CREATE TABLE profil_valeurs (  -- vulnérabilités and ressources
    profil_id INTEGER NOT NULL REFERENCES profils (id) ON DELETE CASCADE,
    liste TEXT NOT NULL CHECK (liste IN ('vulnerabilite', 'ressources')),
    code TEXT NOT NULL,
    PRIMARY KEY (profil_id, liste, code),
    FOREIGN KEY (liste, code) REFERENCES nomenclatures (liste, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE entretiens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date)),
    heure TEXT CHECK (heure GLOB '[0-2][0-9]:[0-5][0-9]'),
    duree INTEGER CHECK (duree BETWEEN 0 AND 1440),  -- minutes
    mode TEXT NOT NULL, liste_mode TEXT AS ('mode') VIRTUAL,
    issue TEXT NOT NULL, liste_issue TEXT AS ('issue') VIRTUAL,
    lieu TEXT NOT NULL, liste_lieu TEXT AS ('lieu') VIRTUAL,
    problematique_principale TEXT NOT NULL, liste_problematique_principale TEXT AS ('problematique') VIRTUAL,
    unite_id INTEGER REFERENCES unites (id),
    partenaire_id INTEGER REFERENCES partenaires (id),  -- with whom an entretien conjoint was held
    elements_transmissibles TEXT NOT NULL DEFAULT '',
    notes_de_travail TEXT NOT NULL DEFAULT '',  -- never on a fiche
    enregistre_le TEXT NOT NULL,
    modifie_le TEXT,
    mis_a_la_corbeille_le TEXT CHECK (mis_a_la_corbeille_le IS date(mis_a_la_corbeille_le)),
    trimestre_bilan TEXT CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]'),
    CHECK (trimestre_bilan IS NOT NULL OR mis_a_la_corbeille_le IS NOT NULL),  -- in the corbeille, and its quarter was open
    FOREIGN KEY (liste_mode, mode) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_issue, issue) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_lieu, lieu) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_problematique_principale, problematique_principale) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX entretiens_dossier ON entretiens (dossier_id, date);
CREATE INDEX entretiens_trimestre ON entretiens (trimestre_bilan);
CREATE INDEX entretiens_unite ON entretiens (unite_id, date);
CREATE INDEX entretiens_gardes ON entretiens (dossier_id) WHERE mis_a_la_corbeille_le IS NULL;  -- the list counts them
CREATE INDEX entretiens_corbeille ON entretiens (mis_a_la_corbeille_le) WHERE mis_a_la_corbeille_le IS NOT NULL;

CREATE TABLE entretien_personnes (
    entretien_id INTEGER NOT NULL REFERENCES entretiens (id) ON DELETE CASCADE,
    personne_id INTEGER NOT NULL REFERENCES personnes (id),
    ordre INTEGER NOT NULL,
    presente INTEGER NOT NULL CHECK (presente IN (0, 1)),
    accueillie INTEGER NOT NULL DEFAULT 0 CHECK (accueillie IN (0, 1)),  -- helped without being met, marked by hand
    reprises TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(reprises)),  -- facts not confirmed, and the day each comes from
    profil_id INTEGER NOT NULL UNIQUE REFERENCES profils (id),
    accord TEXT NOT NULL, liste_accord TEXT AS ('accord') VIRTUAL,  -- to hand elements over
    PRIMARY KEY (entretien_id, personne_id),
    FOREIGN KEY (liste_accord, accord) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX entretien_personnes_personne ON entretien_personnes (personne_id);

CREATE TABLE entretien_valeurs (  -- secondary problématiques, demandes, réponses
    entretien_id INTEGER NOT NULL REFERENCES entretiens (id) ON DELETE CASCADE,
    liste TEXT NOT NULL CHECK (liste IN ('problematique', 'demande', 'reponse')),
    code TEXT NOT NULL,
    PRIMARY KEY (entretien_id, liste, code),
    FOREIGN KEY (liste, code) REFERENCES nomenclatures (liste, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE entretien_versions (  -- what an amended entretien said before
    entretien_id INTEGER NOT NULL REFERENCES entretiens (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    contenu TEXT NOT NULL CHECK (json_valid(contenu)),
    remplace_le TEXT NOT NULL,
    PRIMARY KEY (entretien_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE accueils (  -- a person–dossier pair that counts as « personne accueillie »
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    personne_id INTEGER NOT NULL REFERENCES personnes (id),
    entretien_id INTEGER REFERENCES entretiens (id) ON DELETE SET NULL,  -- the one it takes its facts from
    automatique INTEGER NOT NULL CHECK (automatique IN (0, 1)),  -- 0: helped without being met, marked by hand
    date TEXT NOT NULL CHECK (date IS date(date)),
    profil_id INTEGER NOT NULL UNIQUE REFERENCES profils (id),
    origine TEXT NOT NULL, liste_origine TEXT AS ('origine') VIRTUAL,
    problematique_principale TEXT NOT NULL, liste_problematique_principale TEXT AS ('problematique') VIRTUAL,
    unite_id INTEGER REFERENCES unites (id),
    trimestre_bilan TEXT NOT NULL CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]'),
    UNIQUE (dossier_id, personne_id),
    FOREIGN KEY (liste_origine, origine) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_problematique_principale, problematique_principale) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX accueils_personne ON accueils (personne_id);
CREATE INDEX accueils_entretien ON accueils (entretien_id);
CREATE INDEX accueils_trimestre ON accueils (trimestre_bilan);

CREATE TABLE accueil_valeurs (  -- problématiques (principale included), demandes, réponses
    accueil_id INTEGER NOT NULL REFERENCES accueils (id) ON DELETE CASCADE,
    liste TEXT NOT NULL CHECK (liste IN ('problematique', 'demande', 'reponse')),
    code TEXT NOT NULL,
    PRIMARY KEY (accueil_id, liste, code),
    FOREIGN KEY (liste, code) REFERENCES nomenclatures (liste, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE pieces_jointes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    entretien_id INTEGER REFERENCES entretiens (id) ON DELETE SET NULL,
    nom TEXT NOT NULL,
    type_mime TEXT NOT NULL CHECK (type_mime IN ('application/pdf', 'image/jpeg', 'image/png')),
    ajoutee_le TEXT NOT NULL CHECK (ajoutee_le IS date(ajoutee_le)),
    octets BLOB NOT NULL CHECK (length(octets) BETWEEN 1 AND 20000000)  -- last: a list reads what stands before it
) STRICT;
CREATE INDEX pieces_jointes_dossier ON pieces_jointes (dossier_id);
CREATE INDEX pieces_jointes_entretien ON pieces_jointes (entretien_id);

-- ---------------------------------------------------------------- orientations, fiches, tournées

CREATE TABLE orientations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    personne_id INTEGER NOT NULL REFERENCES personnes (id),
    entretien_id INTEGER REFERENCES entretiens (id) ON DELETE SET NULL,
    date TEXT NOT NULL CHECK (date IS date(date)),
    type TEXT NOT NULL, liste_type TEXT AS ('type_partenaire') VIRTUAL,
    accord TEXT NOT NULL, liste_accord TEXT AS ('accord') VIRTUAL,
    partenaire_id INTEGER REFERENCES partenaires (id),
    motif TEXT NOT NULL DEFAULT '',
    -- first orientation of its accueil to the service social de secteur: numerator of a rapport de flux, counted once
    premiere_secteur INTEGER NOT NULL DEFAULT 0 CHECK (premiere_secteur IN (0, 1)),
    connu_services_sociaux TEXT, liste_connu_services_sociaux TEXT AS ('connu_services_sociaux') VIRTUAL,  -- of the accueil, as it was
    suivi_en_cours TEXT, liste_suivi_en_cours TEXT AS ('suivi_en_cours') VIRTUAL,
    trimestre_bilan TEXT CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]'),  -- NULL: in the corbeille with its entretien
    FOREIGN KEY (liste_type, type) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_accord, accord) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_connu_services_sociaux, connu_services_sociaux) REFERENCES nomenclatures (liste, code),
    FOREIGN KEY (liste_suivi_en_cours, suivi_en_cours) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX orientations_dossier ON orientations (dossier_id, date);
CREATE INDEX orientations_date ON orientations (date);  -- those whose suite nobody knows, by age
CREATE INDEX orientations_personne ON orientations (personne_id);
CREATE INDEX orientations_entretien ON orientations (entretien_id);
CREATE INDEX orientations_partenaire ON orientations (partenaire_id);
CREATE INDEX orientations_trimestre ON orientations (trimestre_bilan);
CREATE UNIQUE INDEX orientations_une_premiere ON orientations (dossier_id, personne_id) WHERE premiere_secteur = 1;

CREATE TABLE suites (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- the retour of a fiche names the suite it made: never another one's
    orientation_id INTEGER NOT NULL REFERENCES orientations (id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date)),
    suite TEXT NOT NULL, liste_suite TEXT AS ('suite') VIRTUAL,
    motif TEXT NOT NULL DEFAULT '',
    rendez_vous_le TEXT CHECK (rendez_vous_le IS date(rendez_vous_le)),
    referent TEXT NOT NULL DEFAULT '',
    premier_engagement INTEGER NOT NULL DEFAULT 0 CHECK (premier_engagement IN (0, 1)),  -- first of its accueil
    trimestre_bilan TEXT NOT NULL CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]'),
    FOREIGN KEY (liste_suite, suite) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX suites_orientation ON suites (orientation_id, date);
CREATE INDEX suites_trimestre ON suites (trimestre_bilan);

CREATE TABLE fiches (  -- unalterable: a correction is a new version that names the old
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    numero TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL CHECK (version >= 1),
    remplace_id INTEGER UNIQUE REFERENCES fiches (id),
    orientation_id INTEGER REFERENCES orientations (id) ON DELETE SET NULL,
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    personne_id INTEGER NOT NULL REFERENCES personnes (id),
    partenaire_id INTEGER REFERENCES partenaires (id),
    etablie_le TEXT NOT NULL CHECK (etablie_le IS date(etablie_le)),
    jeton BLOB NOT NULL CHECK (length(jeton) = 8),
    etape TEXT NOT NULL DEFAULT 'a_imprimer',  -- how far it came, kept beside its trace so that lists need not read it
    etape_le TEXT NOT NULL CHECK (etape_le IS date(etape_le)),
    trimestre_bilan TEXT NOT NULL CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]')
) STRICT;
CREATE INDEX fiches_etape ON fiches (etape, etablie_le);
CREATE INDEX fiches_dossier ON fiches (dossier_id);
CREATE INDEX fiches_personne ON fiches (personne_id);
CREATE INDEX fiches_orientation ON fiches (orientation_id);
CREATE INDEX fiches_partenaire ON fiches (partenaire_id);
CREATE INDEX fiches_trimestre ON fiches (trimestre_bilan);
CREATE INDEX fiches_etablie ON fiches (etablie_le);

CREATE TRIGGER fiches_inalterables BEFORE UPDATE OF
    numero, version, remplace_id, dossier_id, personne_id, etablie_le, jeton, trimestre_bilan
ON fiches BEGIN
    SELECT raise(ABORT, 'une fiche établie ne change pas');
END;

CREATE TABLE fiche_documents (  -- what was issued, apart from the fiches so that their lists stay light
    fiche_id INTEGER PRIMARY KEY REFERENCES fiches (id) ON DELETE CASCADE,
    gabarit TEXT NOT NULL,  -- version of the template
    valeurs TEXT NOT NULL CHECK (json_valid(valeurs)),
    pdf BLOB NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT;

CREATE TRIGGER fiche_documents_inalterables BEFORE UPDATE ON fiche_documents BEGIN
    SELECT raise(ABORT, 'une fiche établie ne change pas');
END;

CREATE TABLE fiche_suivis (  -- à imprimer, imprimée, remise, accusé, retour, relance: the trace of a fiche
    id INTEGER PRIMARY KEY,
    fiche_id INTEGER NOT NULL REFERENCES fiches (id) ON DELETE CASCADE,
    etape TEXT NOT NULL CHECK (etape IN ('a_imprimer', 'imprimee', 'enregistree', 'remise', 'accusee', 'retour', 'relance')),
    date TEXT NOT NULL CHECK (date IS date(date)),
    detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
    trimestre_bilan TEXT NOT NULL CHECK (trimestre_bilan GLOB '[0-9][0-9][0-9][0-9]-T[1-4]')
) STRICT;
CREATE INDEX fiche_suivis_fiche ON fiche_suivis (fiche_id, date);
CREATE INDEX fiche_suivis_trimestre ON fiche_suivis (etape, trimestre_bilan);
CREATE UNIQUE INDEX fiche_suivis_un_retour ON fiche_suivis (fiche_id) WHERE etape = 'retour';

CREATE TABLE documents_etablis (  -- informations préoccupantes, signalements, notes to a person: unalterable like a fiche
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL CHECK (type IN ('information_preoccupante', 'signalement', 'note_information')),
    numero TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL CHECK (version >= 1),
    remplace_id INTEGER UNIQUE REFERENCES documents_etablis (id),
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    personne_id INTEGER REFERENCES personnes (id),  -- for whom it was prepared; NULL for one about several
    etabli_le TEXT NOT NULL CHECK (etabli_le IS date(etabli_le)),
    gabarit TEXT NOT NULL,  -- version of the template
    valeurs TEXT NOT NULL CHECK (json_valid(valeurs)),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    pdf BLOB NOT NULL
) STRICT;
CREATE INDEX documents_etablis_dossier ON documents_etablis (dossier_id);
CREATE INDEX documents_etablis_personne ON documents_etablis (personne_id);

CREATE TRIGGER documents_etablis_inalterables BEFORE UPDATE ON documents_etablis BEGIN
    SELECT raise(ABORT, 'un document établi ne change pas');
END;

CREATE TABLE document_suivis (  -- the trace of a document
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents_etablis (id) ON DELETE CASCADE,
    etape TEXT NOT NULL CHECK (etape IN ('imprimee', 'enregistree', 'remise')),
    date TEXT NOT NULL CHECK (date IS date(date))
) STRICT;
CREATE INDEX document_suivis_document ON document_suivis (document_id);

CREATE TABLE tournees (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL CHECK (date IS date(date)),
    faite INTEGER NOT NULL DEFAULT 0 CHECK (faite IN (0, 1))
) STRICT;
CREATE INDEX tournees_date ON tournees (date);

CREATE TABLE tournee_fiches (
    tournee_id INTEGER NOT NULL REFERENCES tournees (id) ON DELETE CASCADE,
    fiche_id INTEGER NOT NULL REFERENCES fiches (id) ON DELETE CASCADE,
    ordre INTEGER NOT NULL,  -- place on the way
    PRIMARY KEY (tournee_id, fiche_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tournee_fiches_fiche ON tournee_fiches (fiche_id);

-- ---------------------------------------------------------------- agenda

CREATE TABLE permanences (
    id INTEGER PRIMARY KEY,
    unite_id INTEGER NOT NULL REFERENCES unites (id),
    date TEXT CHECK (date IS date(date)),  -- one day…
    jour INTEGER CHECK (jour BETWEEN 1 AND 7),  -- …or every week on that day, Monday = 1
    du TEXT CHECK (du IS date(du)),
    au TEXT CHECK (au IS date(au)),
    debut TEXT NOT NULL CHECK (debut GLOB '[0-2][0-9]:[0-5][0-9]'),
    fin TEXT NOT NULL CHECK (fin GLOB '[0-2][0-9]:[0-5][0-9]'),
    CHECK ((date IS NULL) <> (jour IS NULL)),
    CHECK (fin > debut)
) STRICT;
CREATE INDEX permanences_unite ON permanences (unite_id);

CREATE TABLE permanence_exceptions (
    permanence_id INTEGER NOT NULL REFERENCES permanences (id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date)),
    PRIMARY KEY (permanence_id, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE rendez_vous (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL CHECK (date IS date(date)),
    heure TEXT NOT NULL CHECK (heure GLOB '[0-2][0-9]:[0-5][0-9]'),
    duree INTEGER NOT NULL DEFAULT 45 CHECK (duree BETWEEN 0 AND 1440),
    lieu TEXT NOT NULL, liste_lieu TEXT AS ('lieu') VIRTUAL,
    unite_id INTEGER REFERENCES unites (id),
    saisine_id INTEGER REFERENCES saisines (id) ON DELETE CASCADE,
    dossier_id INTEGER REFERENCES dossiers (id) ON DELETE CASCADE,
    personne_id INTEGER REFERENCES personnes (id) ON DELETE SET NULL,
    objet TEXT NOT NULL DEFAULT '',
    etat TEXT NOT NULL DEFAULT 'prevu' CHECK (etat IN ('prevu', 'honore', 'absent', 'annule')),
    FOREIGN KEY (liste_lieu, lieu) REFERENCES nomenclatures (liste, code)
) STRICT;
CREATE INDEX rendez_vous_date ON rendez_vous (date, heure);
CREATE INDEX rendez_vous_saisine ON rendez_vous (saisine_id);
CREATE INDEX rendez_vous_dossier ON rendez_vous (dossier_id);
CREATE INDEX rendez_vous_personne ON rendez_vous (personne_id);

CREATE TABLE relances (
    id INTEGER PRIMARY KEY,
    pour_le TEXT NOT NULL CHECK (pour_le IS date(pour_le)),
    objet TEXT NOT NULL CHECK (objet <> ''),
    dossier_id INTEGER REFERENCES dossiers (id) ON DELETE CASCADE,
    fiche_id INTEGER REFERENCES fiches (id) ON DELETE CASCADE,
    faite_le TEXT CHECK (faite_le IS date(faite_le))
) STRICT;
CREATE INDEX relances_dues ON relances (pour_le) WHERE faite_le IS NULL;
CREATE INDEX relances_dossier ON relances (dossier_id);
CREATE INDEX relances_fiche ON relances (fiche_id);

-- ---------------------------------------------------------------- imports of past dossiers

CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fait_le TEXT NOT NULL CHECK (fait_le IS date(fait_le)),
    nom TEXT NOT NULL,
    empreinte BLOB NOT NULL UNIQUE CHECK (length(empreinte) = 32),  -- of the file: it comes in once
    entretiens INTEGER NOT NULL
) STRICT;

CREATE TABLE import_dossiers (
    dossier_id INTEGER PRIMARY KEY REFERENCES dossiers (id) ON DELETE CASCADE,
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    etat TEXT NOT NULL  -- what hung on it then: an import is taken back only where nothing was done since
) STRICT;
CREATE INDEX import_dossiers_import ON import_dossiers (import_id);

-- ---------------------------------------------------------------- bilans: what was arrêté and handed over

CREATE TABLE bilans (  -- one row per period arrêtée
    code TEXT PRIMARY KEY,  -- 2026-T1, 2026-S1, 2026
    type TEXT NOT NULL CHECK (type IN ('trimestre', 'semestre', 'annee')),
    debut TEXT NOT NULL CHECK (debut IS date(debut)),
    fin TEXT NOT NULL CHECK (fin IS date(fin)),
    arrete_le TEXT NOT NULL CHECK (arrete_le IS date(arrete_le)),
    rang INTEGER NOT NULL UNIQUE CHECK (rang > 0),  -- order in which the files were made: each names the one before
    repris INTEGER NOT NULL DEFAULT 0 CHECK (repris IN (0, 1)),  -- 1: read back from a file, its exact counts are lost
    menu INTEGER NOT NULL,
    seuil INTEGER NOT NULL CHECK (seuil >= 5),
    retenus TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(retenus)),  -- cells masked whatever they count, for later files: [univers, key]
    CHECK (fin > debut)
) STRICT, WITHOUT ROWID;

CREATE TABLE bilan_cellules (  -- exact frozen counts of a quarter, for its own tables and those of the half-year and year it belongs to
    trimestre TEXT NOT NULL REFERENCES bilans (code),
    palier TEXT NOT NULL CHECK (palier IN ('trimestre', 'semestre', 'annee')),
    tableau TEXT NOT NULL,
    cle TEXT NOT NULL CHECK (json_valid(cle)),
    effectif INTEGER NOT NULL CHECK (effectif >= 0),
    foyers INTEGER NOT NULL CHECK (foyers BETWEEN 0 AND effectif),
    foyers_cumules INTEGER NOT NULL CHECK (foyers_cumules >= 0),  -- since the first day of the half-year or year of the palier
    PRIMARY KEY (trimestre, palier, tableau, cle)
) STRICT, WITHOUT ROWID;

CREATE TABLE bilan_exports (  -- registry of exports: the very bytes, so that exporting again returns them
    bilan TEXT NOT NULL REFERENCES bilans (code),
    format TEXT NOT NULL CHECK (format IN ('json', 'xlsx', 'rapport', 'tableau_de_bord')),  -- the two last in PDF
    nom TEXT NOT NULL,
    octets BLOB NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    PRIMARY KEY (bilan, format)
) STRICT;

CREATE TABLE bilan_recits (  -- « intérêt qualitatif »: a narrative typed for the bilan, never drawn from the notes
    periode TEXT PRIMARY KEY,
    texte TEXT NOT NULL,
    modifie_le TEXT NOT NULL CHECK (modifie_le IS date(modifie_le))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER bilans_geles BEFORE UPDATE ON bilans BEGIN SELECT raise(ABORT, 'un bilan arrêté ne change pas'); END;
CREATE TRIGGER bilan_cellules_gelees BEFORE UPDATE ON bilan_cellules BEGIN SELECT raise(ABORT, 'un bilan arrêté ne change pas'); END;
CREATE TRIGGER bilan_exports_geles BEFORE UPDATE ON bilan_exports BEGIN SELECT raise(ABORT, 'un bilan arrêté ne change pas'); END;
CREATE TRIGGER bilans_gardes BEFORE DELETE ON bilans BEGIN SELECT raise(ABORT, 'un bilan arrêté ne disparaît pas'); END;
CREATE TRIGGER bilan_cellules_gardees BEFORE DELETE ON bilan_cellules BEGIN SELECT raise(ABORT, 'un bilan arrêté ne disparaît pas'); END;
CREATE TRIGGER bilan_exports_gardes BEFORE DELETE ON bilan_exports BEGIN SELECT raise(ABORT, 'un bilan arrêté ne disparaît pas'); END;


-- nothing may enter, leave or change what counts in a quarter already arrêté
CREATE TRIGGER accueils_figes BEFORE UPDATE OF dossier_id, personne_id, date, profil_id, origine, problematique_principale, unite_id, trimestre_bilan ON accueils
WHEN EXISTS (SELECT 1 FROM bilans WHERE code IN (old.trimestre_bilan, new.trimestre_bilan)) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER dossiers_figes BEFORE UPDATE OF trimestre_bilan ON dossiers
WHEN EXISTS (SELECT 1 FROM bilans WHERE code IN (old.trimestre_bilan, new.trimestre_bilan)) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER entretiens_figes BEFORE UPDATE OF trimestre_bilan ON entretiens
WHEN EXISTS (SELECT 1 FROM bilans WHERE code IN (old.trimestre_bilan, new.trimestre_bilan)) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER saisines_figes BEFORE UPDATE OF date, origine, support, unite_id, trimestre_bilan ON saisines
WHEN EXISTS (SELECT 1 FROM bilans WHERE code IN (old.trimestre_bilan, new.trimestre_bilan)) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER orientations_figes BEFORE UPDATE OF trimestre_bilan ON orientations
WHEN EXISTS (SELECT 1 FROM bilans WHERE code IN (old.trimestre_bilan, new.trimestre_bilan)) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER suites_figes BEFORE UPDATE OF trimestre_bilan ON suites
WHEN EXISTS (SELECT 1 FROM bilans WHERE code IN (old.trimestre_bilan, new.trimestre_bilan)) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER fiche_suivis_figes BEFORE UPDATE OF trimestre_bilan ON fiche_suivis
WHEN EXISTS (SELECT 1 FROM bilans WHERE code IN (old.trimestre_bilan, new.trimestre_bilan)) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER contacts_partenaires_figes BEFORE UPDATE OF trimestre_bilan ON contacts_partenaires
WHEN EXISTS (SELECT 1 FROM bilans WHERE code IN (old.trimestre_bilan, new.trimestre_bilan)) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER accueils_ouverts BEFORE INSERT ON accueils
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER dossiers_ouverts BEFORE INSERT ON dossiers
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER entretiens_ouverts BEFORE INSERT ON entretiens
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER saisines_ouverts BEFORE INSERT ON saisines
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER orientations_ouverts BEFORE INSERT ON orientations
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER suites_ouverts BEFORE INSERT ON suites
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER fiches_ouverts BEFORE INSERT ON fiches
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER fiche_suivis_ouverts BEFORE INSERT ON fiche_suivis
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER contacts_partenaires_ouverts BEFORE INSERT ON contacts_partenaires
WHEN EXISTS (SELECT 1 FROM bilans WHERE code = new.trimestre_bilan) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;
CREATE TRIGGER profils_figes BEFORE UPDATE ON profils
WHEN EXISTS (SELECT 1 FROM accueils JOIN bilans ON bilans.code = accueils.trimestre_bilan WHERE accueils.profil_id = old.id) BEGIN
    SELECT raise(ABORT, 'ce trimestre est arrêté');
END;

-- ---------------------------------------------------------------- search

CREATE VIRTUAL TABLE recherche USING fts5 (
    noms, numeros, textes,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4'
);
INSERT INTO recherche (recherche, rank) VALUES ('secure-delete', 1);
