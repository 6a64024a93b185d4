//! `[anchor]`: where the end of the ledger is written down, out of its owner's reach.

use crate::config::check::Check;
use crate::config::document::At;
use crate::domain::time::Span;
use schemars::JsonSchema;
use serde::Deserialize;
use std::path::PathBuf;

/// `[anchor]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawAnchor {
    /// The file that the end of the ledger is added to, a line a time; it belongs on another machine's disk.
    pub file: Option<PathBuf>,
    /// How often at most, where the ledger has grown; also whenever a hand-over is signed or a report is issued.
    pub every: String,
}

impl Default for RawAnchor {
    fn default() -> Self {
        Self {
            file: None,
            every: "1h".to_owned(),
        }
    }
}

/// Where the end of the ledger is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchoring {
    /// The file; none where `None`.
    pub file: Option<PathBuf>,
    /// How often at most.
    pub every: Span,
}

/// The section checked.
pub(super) fn check(check: &mut Check<'_>) -> Anchoring {
    let raw: RawAnchor = check.section("anchor");
    let at = At::root().key("anchor");
    Anchoring {
        file: raw.file.map(|path| check.beside(&path)),
        every: check.span(&at.key("every"), &raw.every).unwrap_or_default(),
    }
}
