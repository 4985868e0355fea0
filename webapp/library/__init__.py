"""The library of blank letters for advocates: what there is, and the files, made once and kept."""
