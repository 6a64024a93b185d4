//! Ambient air: the index of an hour and of a day by dated standards.
