"""From exports of other programs to cells of the account sheets."""
