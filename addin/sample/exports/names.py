"""The names of the made-up company: its clients, prospects, suppliers, accounts and journals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["ACCOUNTS", "CLIENTS", "JOURNALS", "PRODUCTS", "PROSPECTS", "REPS", "SUPPLIERS"]

CLIENTS: Final = """\
00101;Grands Travaux Lourmande;69007;Lyon;steady;slow
00102;Menuiseries Tharvel;69400;Villefranche-sur-Saône;up;prompt
CQUIMB;Charpentes Quimbrac & Associés;42000;Saint-Étienne;down;fair
00107;Agencement Vaucelier;38000;Grenoble;steady;prompt
00115;Bois & Habitat Ligoreau;01000;Bourg-en-Bresse;up;early
00118;Éts Vergonce & Fils;73000;Chambéry;steady;fair
CDESRI;Constructions Desrimont;69100;Villeurbanne;fall;bad
00121;Quincaillerie Maubrignac Lyon;69003;Lyon;steady;prompt
00124;Coopérative des Artisans du Valvert;42400;Saint-Chamond;up;prompt
00127;Charpentes de l'Ouvrancel;74000;Annecy;steady;slow
00130;Réno-Façades Corvanne;26000;Valence;left24;fair
CSERMO;Sermolle Construction Bois;07100;Annonay;soar;prompt
00133;Holzbau Grünwasser AG;CH-1201;Genève;steady;early
00136;Pradeval Bâtiment;38500;Voiron;down;prompt
00139;Fenêtres Aubrelle;63000;Clermont-Ferrand;steady;prompt
CHAV01;Chavarolle Nord;71000;Mâcon;steady;prompt
CHAV02;Chavarolle Centre;69220;Belleville-en-Beaujolais;steady;prompt
CHAV03;Chavarolle Sud;26200;Montélimar;steady;prompt
00142;Ébénisterie d'Art Montsévère;43000;Le Puy-en-Velay;up;fair
00145;SARL Brizolle Agencement;69800;Saint-Priest;steady;prompt
00148;Isol'Confort Rochevive;38200;Vienne;steady;stops
CFAUVE;Façadiers Fauvernel;42300;Roanne;down;slow
00151;Maisons Grandlaune;01200;Valserhône;soar;fair
00154;Bouwhuis Vandermeren;B-4000;Liège;steady;early
00157;Parquets Sorvienne;74200;Thonon-les-Bains;up;prompt
00160;Menuiserie Caldrec;69120;Vaulx-en-Velin;steady;fair
CTESSO;Tessonnet Rénovation;69200;Vénissieux;left24;never
00163;Quincaillerie Maubrignac Vienne;38200;Vienne;steady;prompt
00166;Communauté de communes du Val d'Ousson;03000;Moulins;steady;slow
00169;Atelier Quérignon;05000;Gap;up;prompt
CLOURD;Plâtrerie Lourdenne;73100;Aix-les-Bains;new24;fair
00172;Le Comptoir des Poseurs;26100;Romans-sur-Isère;new24;prompt
00175;+ de Bois;69009;Lyon;new25;prompt
00178;Stores & Volets Galmédie;38300;Bourgoin-Jallieu;steady;prompt
CMARSO;Marsolière Frères;42600;Montbrison;left23;fair
00181;Cuisines Hautvallon;74100;Annemasse;steady;fair
00184;Bâti-Mont Dorvilliers;73200;Albertville;fall;bad
00187;Charpente Vielcombe;07000;Privas;steady;prompt
CRENAU;Renaudière Couverture;63100;Clermont-Ferrand;down;slow
00190;Agenceurs du Lac Brévent;74000;Annecy;up;prompt
00193;Scierie Pontarlane;01100;Oyonnax;steady;early
00196;Menuiserie Ostrelande;71100;Chalon-sur-Saône;back;prompt
COLIVA;Olivatti Serrurerie;69150;Décines-Charpieu;steady;slow
00199;Éco-Logis Bellombre;38400;Saint-Martin-d'Hères;left24;never
00202;Portes Anciennes Théodon;03200;Vichy;steady;prompt
00205;Escaliers Marcoussac;42100;Saint-Étienne;steady;fair
CNORVA;Norvalie Immobilier;69002;Lyon;new25;fair
00208;Lycée professionnel Anselme-Ravoux;26000;Valence;steady;slow
00211;Terrasses & Bardages Ouillon;01500;Ambérieu-en-Bugey;soar;prompt
00214;Miroiterie Clairvance;38100;Grenoble;down;prompt
CPELLE;Pelletrin Dépannage;69005;Lyon;steady;fair
00217;Chalets Haute-Combelle;73600;Moûtiers;steady;prompt
00220;Menuiserie Duvernoise;43100;Brioude;left23;bad
00223;Mobilier Scolaire Ferrandine;63300;Thiers;up;fair
CBASTI;Bastillane Décoration;07200;Aubenas;new24;prompt
00226;Ossature Bois Rivaltière;42800;Rive-de-Gier;steady;prompt
00229;Rénov'Habitat Sauvegrin;69330;Meyzieu;new25;slow
00232;Vitrines Lacombrade;38000;Grenoble;steady;fair
CGARDE;Gardemont Espaces Verts;01600;Trévoux;left23;prompt
00235;Ateliers Partagés La Varloppe;69001;Lyon;up;early
00238;Boiseries Estivelle;04100;Manosque;steady;prompt
00241;Mairie de Saint-Aubrac-le-Vieux;43200;Yssingeaux;steady;slow
CTOULO;Toulourenc Menuiserie;26110;Nyons;down;fair
00244;Hôtel du Col de Marvance;05100;Briançon;steady;prompt
00247;Jouets en Bois Pastourel;39200;Saint-Claude;new25;early
00250;Vérandas Clos-Serein;71200;Le Creusot;back;fair
CVILLA;Villardenne & Cie;03100;Montluçon;left24;bad
00253;Caisserie Monistrelle;43120;Monistrol-sur-Loire;steady;prompt
00256;Théâtre de la Roue Peinte;69004;Lyon;steady;slow
00259;Luthier Casaverde;38700;La Tronche;steady;prompt
CZEPHI;Zéphirine Événements;69006;Lyon;new24;slow
00262;Camping des Trois Érables;07150;Vallon-Pont-d'Arc;steady;fair
"""
"""Code, name, postcode, town, trend and way of paying, the largest first. None of them exists."""

PROSPECTS: Final = """\
Prospect;Menuiserie Argenvielle;69300;Caluire-et-Cuire
Prospect;Charpentes Bonvallard;38600;Fontaine
Prospect;Groupe Castelmare Habitat;69006;Lyon
Prospect;Agencement Delcombe;42000;Saint-Étienne
Prospect;Escaliers Ferriolle;01000;Bourg-en-Bresse
Prospect;Maisons Bois Glandière;73000;Chambéry
Prospect;Hurtevent Construction;26000;Valence
Prospect;Jalousine & Fils;74000;Annecy
Prospect;Kermadoc Menuiserie;71000;Mâcon
Prospect;Lambrissol;63000;Clermont-Ferrand
Prospect;Ets Mirandole;07100;Annonay
Prospect;Néovilla Promotion;69003;Lyon
Prospect;Orgelande Rénovation;38500;Voiron
Prospect;Parqueterie du Haut-Sillon;43000;Le Puy-en-Velay
Prospect;Quillerois Façades;01200;Valserhône
Prospect;Rabotière Industrie;42300;Roanne
Prospect;Saulnoise Cuisines;74200;Thonon-les-Bains
Prospect;Trévignac Bâtiment;03000;Moulins
Suspect;Urvoise Charpente;05000;Gap
Suspect;Vallombrine;26100;Romans-sur-Isère
Suspect;Wolmeringer Bois;38200;Vienne
Suspect;Yverdane Aménagement;69100;Villeurbanne
Suspect;Zélandier Frères;73100;Aix-les-Bains
Suspect;Atelier de la Combe Rousse;74100;Annemasse
Suspect;Office public Habitat-Roannelle;42300;Roanne
"""

SUPPLIERS: Final = """\
FALMER;Almérane Ferrures;601000
FBOISE;Boisemont Panneaux;607000
FCRESP;Crespigny Outillage;607100
FDURAN;Duranvelle Visserie;607000
FELIOR;Éliorand Vernis;602200
FFORGE;Forges de Valmartre;607000
FGLISS;Glissoria Coulisses;607000
FHOLST;Holstermann Beschläge;607100
FIMPOR;Importex Bois du Nord;601000
FJOINT;Jointalor;602200
FKAOLI;Kaoline Emballages;602600
FLOCAB;SCI Les Hangars de Brévanne;613200
FENERG;Énergie Rhodane;606100
FTELEC;Télécom Valserine;626000
FTRANS;Transports Chambrelin;624100
FEXPER;Cabinet Dorsonne;622600
FASSUR;Mutuelle du Bâtisseur Alpin;616000
FCARBU;Carburants Sarmagne;606110
"""
"""Code, name and the account of what is bought there."""

REPS: Final[Mapping[str, tuple[str, str]]] = {
    "69": ("Grand Lyon", "Fontvieil A."),
    "42": ("Loire - Auvergne", "Quersanne B."),
    "63": ("Loire - Auvergne", "Quersanne B."),
    "43": ("Loire - Auvergne", "Quersanne B."),
    "03": ("Loire - Auvergne", "Quersanne B."),
    "26": ("Vallée du Rhône", "Maréval C."),
    "07": ("Vallée du Rhône", "Maréval C."),
    "04": ("Vallée du Rhône", "Maréval C."),
    "05": ("Vallée du Rhône", "Maréval C."),
    "38": ("Isère", "Desnoyelles É."),
    "73": ("Savoies", "Desnoyelles É."),
    "74": ("Savoies", "Desnoyelles É."),
    "01": ("Ain - Bourgogne", "Lagrévine P."),
    "71": ("Ain - Bourgogne", "Lagrévine P."),
    "39": ("Ain - Bourgogne", "Lagrévine P."),
    "CH": ("Export", "Direction"),
    "B-": ("Export", "Direction"),
}
"""Sector and sales rep by the first two signs of the postcode."""

PRODUCTS: Final[Mapping[str, str]] = {
    "701000": "Menuiseries sur mesure",
    "706000": "Main d'œuvre de pose",
    "707000": "Panneaux et quincaillerie",
    "707100": "Outillage à main",
    "708000": "Éco-contribution 1,20 €/u",
    "708500": "Port et emballage",
}
"""What an invoice sells, by account."""

JOURNALS: Final[Mapping[str, str]] = {
    "AN": "A nouveaux",
    "AC": "Achats",
    "VE": "Ventes",
    "BQ": "Banque Rhodane",
    "CA": "Caisse",
    "CH": "Chèques à encaisser",
    "EF": "Effets à recevoir",
    "PA": "Paie",
    "OD": "Opérations diverses",
}

ACCOUNTS: Final[Mapping[str, str]] = {
    "101300": "Capital souscrit, appelé, versé",
    "106800": "Autres réserves",
    "110000": "Report à nouveau créditeur",
    "120000": "Résultat de l'exercice",
    "164000": "Emprunts auprès des établissements de crédit",
    "213100": "Bâtiments",
    "215400": "Matériel industriel",
    "218200": "Matériel de transport",
    "281000": "Amortissements des immobilisations",
    "370000": "Stocks de marchandises",
    "401000": "Fournisseurs",
    "411000": "Clients",
    "413000": "Clients - Effets à recevoir",
    "416000": "Clients douteux ou litigieux",
    "418100": "Clients - Factures à établir",
    "419100": "Clients - Avances et acomptes reçus",
    "421000": "Personnel - Rémunérations dues",
    "431000": "Sécurité sociale",
    "437000": "Autres organismes sociaux",
    "444000": "État - Impôt sur les bénéfices",
    "445200": "TVA due intracommunautaire",
    "445510": "TVA à décaisser",
    "445660": "TVA déductible sur biens et services",
    "445670": "Crédit de TVA à reporter",
    "445710": "TVA collectée",
    "445870": "TVA sur factures à établir et acomptes",
    "457000": "Associés - Dividendes à payer",
    "491000": "Dépréciation des comptes de clients",
    "511200": "Chèques à encaisser",
    "512000": "Banque",
    "531000": "Caisse",
    "601000": "Achats de matières premières",
    "602200": "Fournitures consommables",
    "602600": "Emballages",
    "603700": "Variation des stocks de marchandises",
    "606100": "Électricité et gaz",
    "606110": "Carburants",
    "607000": "Achats de marchandises",
    "607100": "Achats d'outillage",
    "613200": "Locations immobilières",
    "616000": "Primes d'assurance",
    "622600": "Honoraires",
    "624100": "Transports sur achats et ventes",
    "626000": "Frais postaux et télécommunications",
    "627000": "Services bancaires",
    "641100": "Salaires",
    "645000": "Charges de sécurité sociale",
    "654000": "Pertes sur créances irrécouvrables",
    "658000": "Charges diverses de gestion courante",
    "661100": "Intérêts des emprunts",
    "681100": "Dotations aux amortissements",
    "681740": "Dotations aux dépréciations des créances",
    "695000": "Impôts sur les bénéfices",
    "701000": "Ventes de produits finis",
    "703000": "Ventes de produits résiduels",
    "706000": "Prestations de services",
    "707000": "Ventes de marchandises",
    "707100": "Ventes d'outillage",
    "707900": "Ventes à l'exportation et intracommunautaires",
    "708000": "Produits des activités annexes",
    "708300": "Locations diverses",
    "708500": "Ports et frais accessoires facturés",
    "709700": "Rabais, remises et ristournes accordés",
    "781740": "Reprises sur dépréciations des créances",
}
