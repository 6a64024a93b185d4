//! (alarm)
