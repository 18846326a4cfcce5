#!/bin/sh
# In one workbook a score of 79.99999999999999 is "at least 80" by comparison and below it by lookup.
#
# Guess    An engine has one notion of "at least": =IF(s>=80,"A","D") and =VLOOKUP(s,cut_offs,2) agree on every s.
# Seen     HyperFormula 3.5.0, 2026-11-29. Comparisons allow a rounding of 1E-13, lookups compare bit by bit: s>=80 is
#          TRUE and VLOOKUP takes the row below; 0.1*3=0.3 is TRUE and MATCH(0.1*3,...,0) is #N/A beside a 0.3.
#          Printed: "IF: A, VLOOKUP: D; 0.1*3=0.3: true, MATCH: #N/A"
# Source   HyperFormula's guide, the options precisionEpsilon and smartRounding;
#          src/interpreter/ArithmeticHelper.ts (floatCmp) against src/interpreter/binarySearch.ts.
# Here     Scores are rounded to 6 decimals before they meet a cut-off, in Python and in the formulas alike.
set -eu
command -v npm >/dev/null || { echo "This finding needs Node.js with npm." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix . hyperformula@3.5.0 >/dev/null 2>&1
cat >look.js <<'JS'
const { HyperFormula } = require("hyperformula");
const sheet = [
  [0, "D", 0.3, "=0.1*3"],
  [80, "A", null, 79.99999999999999],
  ['=IF(D2>=80,"A","D")', "=VLOOKUP(D2,A1:B2,2)", "=D1=C1", "=MATCH(D1,C1:C1,0)"],
];
const engine = HyperFormula.buildFromArray(sheet, { licenseKey: "gpl-v3" });
const [compared, looked, equal, found] = engine.getSheetValues(0)[2];
const seen = `IF: ${compared}, VLOOKUP: ${looked}; 0.1*3=0.3: ${equal}, MATCH: ${found.value ?? found}`;
if (seen !== "IF: A, VLOOKUP: D; 0.1*3=0.3: true, MATCH: #N/A") {
  console.error(`HyperFormula now answers otherwise: ${seen}.`);
  process.exit(1);
}
console.log(seen);
JS
node look.js
