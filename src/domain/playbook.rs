//! (playbook)
