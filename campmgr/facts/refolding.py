"""After a migration that changed what the tables hold, the first opening folds everything again (docs/ledger.md#folds).

A later schema file that needs it ends by setting `meta.rebuild_due`. The store cannot fold; whoever opens a data file for the
commands or the pages calls this.
"""

from __future__ import annotations

from campmgr.facts.folding import rebuild
from campmgr.store.data_file import REBUILD_DUE
from campmgr.store.door import Store


def rebuild_if_due(store: Store) -> bool:
    """Fold everything again where a migration asked for it; whether it did. A file stopped half-way is simply still due."""
    with store.reading() as r:
        if not r.meta(REBUILD_DUE):
            return False
    with store.writing(alone=True) as w:
        if not w.meta(REBUILD_DUE):  # another process was first
            return False
        rebuild(w)
        return True
