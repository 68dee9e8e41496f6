"""What must be said beside the figures, without which they mislead."""

from __future__ import annotations

WORDS = """\
Accepted and the first two: of a rival its most probable doors, its own fallback left out. As
really answered: the door of its reply; the question of its fallback counts as ask.
Beside: up to three doors; of a rival the next three of its ranking.
Out of scope: the highest share found while 95 % in scope are kept. Of a rival by the better of
two ways, the door out_of_scope or the most probable other door; of ours by the door
out_of_scope alone, before any rule.
Turns: every message is the first of a fresh conversation, whose opening is not timed; one
client for all, on loopback. "Ours, web" is the whole as parents get it: screening, transcript,
limits, brain, action server. "Ours, brain" asks the brain alone, which calls its action server;
that is set against a rival, whose server answers with a fixed sentence and calls no action
server.
TED: it learns nothing of rules, and without stories Rasa leaves it out. "+ TED" has two stories
a door beside the rules; its training is both trainings together, the second with DIET from the
cache.
Training: one cold run of `rasa train` each, without the checks that our verb `train` adds. The
ears of ours are tuned beforehand by the maintainer on all labelled messages, also when only a
part is taken: that time is not in the figure, their file is in the size. Installed packages,
spaCy's pipeline too, are in no size."""
