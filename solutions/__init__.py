"""The workshop's solutions: one package for each part, solved.

The starters in `exercises` are made from these: a definition marked with a step's
number is blank there. See CONTRIBUTING.md.
"""
