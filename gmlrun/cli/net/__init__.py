"""The tools of `gmlrun net`, a module each: `run` takes the options and returns the exit code."""
