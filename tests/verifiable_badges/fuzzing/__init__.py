"""Inputs made to hurt: `python -m tests.verifiable_badges.fuzzing MINUTES`, or `make soak FUZZ=MINUTES`.

Good inputs (vectors, made badges) are changed in ways that know their form, and shown to every door at which strangers
stand. Three things must hold: only errors of the engine come out; time and memory stay within bounds; and a badge that
still passes still says the same. Each case is made from a seed and a number alone, so that a finding can be repeated.
"""
