"""FETCH: what comes from outside, as bytes with a time and a source. Recorded archives are read here."""
