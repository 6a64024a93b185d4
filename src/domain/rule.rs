//! (rule)
