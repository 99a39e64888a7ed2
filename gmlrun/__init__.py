"""gmlrun: a headless runtime for GML, the language of GameMaker."""

__version__ = "0.1.0"
