"""What published standards ask of the program, restated from their text."""
