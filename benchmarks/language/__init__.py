"""What the language costs: the GML function `bench` of each module against its Python function `python`."""
