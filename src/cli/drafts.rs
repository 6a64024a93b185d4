//! What was written in dialogs and not sent, kept between consoles in the state folder. Losing it is no fault.

use crate::tui::seat::Drafts;
use std::path::Path;

/// What was kept; nothing where there is no such file or it cannot be read.
pub(super) fn read(file: &Path) -> Drafts {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Keeps drafts, or forgets them where there are none.
pub(super) fn keep(file: &Path, drafts: &Drafts) {
    let done = if drafts.is_empty() {
        match std::fs::remove_file(file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    } else {
        let text = serde_json::to_string(drafts).unwrap_or_default();
        std::fs::write(file, text)
    };
    if let Err(error) = done {
        tracing::warn!(%error, "drafts were not kept");
    }
}
