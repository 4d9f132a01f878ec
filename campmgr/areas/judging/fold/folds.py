"""The folds of this area."""

from __future__ import annotations

from campmgr.areas.judging.fold.awards import AWARDS_FOLD
from campmgr.areas.judging.fold.judged import JUDGED_FOLD
from campmgr.areas.judging.fold.nominees import NOMINEES_FOLD
from campmgr.areas.judging.fold.publicity import PUBLICITY_FOLD
from campmgr.areas.judging.fold.rounds import ROUNDS_FOLD

FOLDS = (ROUNDS_FOLD, JUDGED_FOLD, AWARDS_FOLD, PUBLICITY_FOLD, NOMINEES_FOLD)
