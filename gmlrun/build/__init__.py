"""From a program's files to its compiled units: what run, check, show, eval, the prompt and reload have in common."""
