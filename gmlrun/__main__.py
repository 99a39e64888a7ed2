"""`python -m gmlrun` is the command `gmlrun`."""

from gmlrun.cli import main

raise SystemExit(main())
