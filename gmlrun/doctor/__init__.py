"""`gmlrun doctor`: a project goes in; how to start its server, and what it would miss there, come out."""
