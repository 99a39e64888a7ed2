"""`gmlrun test`: files of tests go in, games run in a simulated world, results come out."""
