//! State is the fold of the ledger, whatever the facts and wherever the snapshot was taken.
