"""What a workbook is made of, English and French: headers, settings and words of lists, by key."""

ACCOUNTS = {
    "account": ("Account", "Compte"),
    "name": ("Name", "Raison sociale"),
    "status": ("Status", "Statut"),
    "rep": ("Rep", "Commercial"),
    "sector": ("Sector", "Secteur"),
    "postcode": ("Postcode", "Code postal"),
    "turnover": ("Turnover", "CA N"),
    "turnover_1": ("Turnover Y-1", "CA N-1"),
    "turnover_2": ("Turnover Y-2", "CA N-2"),
    "potential": ("Potential", "Potentiel"),
    "potential_new": ("New potential", "Potentiel complémentaire"),
    "solidity": ("Financial solidity", "Solidité financière"),
    "days_late": ("Days late", "Retard de paiement (j)"),
    "growth": ("Growth outlook", "Perspectives de croissance"),
    "influence": ("Influence", "Prescription / notoriété"),
    "relationship": ("Relationship", "Relation commerciale"),
    "last_visit": ("Last visit", "Dernière visite"),
    "first_purchase": ("First purchase", "Premier achat"),
    "last_purchase": ("Last purchase", "Dernier achat"),
    "orders": ("Orders", "Commandes"),
    "purchases": ("Purchase days (3 y)", "Jours d'achat (3 ans)"),
    "open_amount": ("Open amount", "Encours"),
    "overdue": ("Overdue amount", "Échu"),
    "company_no": ("Company number", "N° d'entreprise"),
    "visits": ("Visits 12 m", "Visites 12 mois"),
    "target": ("Target account", "Compte cible"),
    "address": ("Address", "Adresse"),
    "town": ("Town", "Ville"),
    "phone": ("Phone", "Téléphone"),
    "email": ("E-mail", "E-mail"),
    "forced": ("Forced class", "Classe forcée"),
    "forced_reason": ("Forced because", "Motif"),
    "forced_until": ("Forced until", "Forcée jusqu'au"),
    "trend": ("Trend", "Tendance 2 ans"),
    "held": ("Class by score", "Classe par le score"),
    "risk": ("Loss risk", "Risque de perte"),
    "profile": ("Profile", "Profil"),
    "state": ("State", "Situation"),
    "score": ("Score", "Score"),
    "computed": ("Computed class", "Classe calculée"),
    "class": ("Class", "Classe"),
    "label": ("Category", "Catégorie"),
    "previous": ("Previous class", "Classe précédente"),
    "completeness": ("Completeness", "Complétude"),
    "rank": ("Rank", "Rang"),
    "core": ("Core 80%", "Cœur 80 %"),
    "reasons": ("Why", "Pourquoi"),
}
CRITERIA = {
    "criterion": ("Criterion", "Critère"),
    "column": ("Column", "Colonne"),
    "applies": ("Applies to", "S'applique à"),
    "weight": ("Weight", "Poids"),
    "scale": ("Scale", "Barème"),
    "better": ("Better", "Sens"),
    "missing": ("If missing", "Si inconnu"),
    "nature": ("Nature", "Nature"),
    "axis": ("Axis", "Axe"),
    "comment": ("Comment", "Commentaire"),
}
SCALES = {"criterion": ("Criterion", "Critère"), "value": ("Value", "Valeur"), "points": ("Points", "Points")}
CLASSES = {
    "class": ("Class", "Classe"),
    "label": ("Category", "Catégorie"),
    "min_score": ("Min score", "Score minimal"),
    "share": ("Share of accounts", "Part des comptes"),
}
GATES = {
    "column": ("Column", "Colonne"),
    "condition": ("Condition", "Condition"),
    "value": ("Value", "Valeur"),
    "best": ("Best class", "Meilleure classe"),
    "reason": ("Reason", "Motif"),
}
SETTINGS = {"setting": ("Setting", "Réglage"), "value": ("Value", "Valeur"), "help": ("Help", "Aide")}
HISTORY = {
    "date": ("Date", "Date"),
    "account": ("Account", "Compte"),
    "score": ("Score", "Score"),
    "class": ("Class", "Classe"),
    "completeness": ("Completeness", "Complétude"),
    "model": ("Model", "Modèle"),
    "name": ("Name", "Raison sociale"),
    "before": ("Class before", "Classe d’avant"),
}
TOTALS = {
    "class": ("Class", "Classe"),
    "label": ("Category", "Catégorie"),
    "accounts": ("Accounts", "Comptes"),
    "share_accounts": ("Share of accounts", "Part des comptes"),
    "turnover": ("Turnover", "CA"),
    "share_turnover": ("Share of turnover", "Part du CA"),
}
FIELDS = {
    "accounts": ACCOUNTS,
    "criteria": CRITERIA,
    "scales": SCALES,
    "classes": CLASSES,
    "gates": GATES,
    "settings": SETTINGS,
    "history": HISTORY,
    "totals": TOTALS,
}
SETTING_NAMES = {
    "language": ("Language", "Langue"),
    "currency": ("Currency", "Devise"),
    "reference_date": ("Reference date", "Date de référence"),
    "method": ("Class method", "Méthode de classement"),
    "margin": ("Class margin", "Marge de classe"),
    "min_completeness": ("Minimum completeness", "Complétude minimale"),
    "in_use_from": ("Criterion in use from", "Critère pris en compte à partir de"),
    "max_subjective": ("Maximum subjective share", "Part subjective maximale"),
    "core_share": ("Core share", "Part du cœur"),
    "review_months": ("Review every (months)", "Révision tous les (mois)"),
    "weeks": ("Working weeks per year", "Semaines travaillées par an"),
    "visit_days": ("Visit days per week", "Jours de visite par semaine"),
    "visits": ("Visits per day", "Visites par jour"),
    "periods": ("Turnover periods", "Périodes du CA"),
    "year_end": ("Year ends in month", "Mois de clôture"),
}
STATUS = {"client": ("Client", "Client"), "prospect": ("Prospect",) * 2, "suspect": ("Suspect",) * 2}
ALL = {"all": ("All", "Tous")}
SCALE_WORDS = {
    "steps": ("steps", "paliers"),
    "linear": ("linear", "linéaire"),
    "list": ("list", "liste"),
    "rank": ("rank", "rang"),
    "note": ("note", "note"),
}
BETTER = {"high": ("high", "haut"), "low": ("low", "bas")}
MISSING = {"skip": ("skip", "ignorer"), "zero": ("zero", "zéro"), "neutral": ("neutral", "neutre")}
METHODS = {"cutoffs": ("cutoffs", "seuils"), "quota": ("quota", "quotas"), "breaks": ("breaks", "ruptures")}
KNOWLEDGE = {"known": ("known", "connu"), "unknown": ("unknown", "inconnu")}
STATES = {
    "new": ("New", "Nouveau"),
    "returned": ("Returned", "De retour"),
    "lost": ("Lost", "Perdu"),
    "dormant": ("Dormant", "Dormant"),
    "active": ("Active", "Actif"),
}
RISKS = {"high": ("high", "élevé"), "medium": ("medium", "moyen"), "low": ("low", "faible")}
PROFILES = {
    "dormant": ("dormant", "dormant"),
    "new": ("new", "nouveau"),
    "volatile": ("volatile", "irrégulier"),
    "loyal": ("loyal", "fidèle"),
}
YES_NO = {"yes": ("Yes", "Oui"), "no": ("No", "Non")}
# Columns whose words the product knows in both languages, whatever the language of the workbook.
LISTS = {"status": STATUS, "state": STATES, "target": YES_NO, "core": YES_NO, "risk": RISKS}
LISTS["profile"] = PROFILES
TOO_LITTLE, TOTAL = ("Too little known", "Trop peu connu"), ("Total", "Total")

FILLED = ("trend", "held", "state", "score", "computed", "class", "label", "previous", "completeness")
FILLED += ("rank", "core", "risk", "profile")
# Columns that hold numbers or days whatever a criterion makes of them.
NUMBERS = ("turnover", "turnover_1", "turnover_2", "potential", "potential_new", "days_late", "growth")
NUMBERS += ("influence", "relationship", "orders", "purchases", "open_amount", "overdue", "visits")
NUMBERS += ("trend", "score", "completeness", "rank")
DATES = ("last_visit", "first_purchase", "last_purchase", "forced_until")
ERRORS = ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
