//! What is another in a configuration that was read again: sources to poll anew, and what cannot take force before the
//! next start. Pure.

use crate::config::Config;
use crate::domain::id::SourceId;
use crate::sources::SourceSetting;

/// What is to be done about a changed configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Change {
    /// Sources that are no longer there.
    pub(super) gone: Vec<SourceId>,
    /// Sources that are new, or asked otherwise.
    pub(super) begun: Vec<SourceId>,
    /// Sources that are asked as before and read by another directory.
    pub(super) reread: Vec<SourceId>,
    /// Keys whose change waits for the next start; until then the old values hold.
    pub(super) waits: Vec<&'static str>,
}

/// A key that is wired into what the ledger came to: whether it was changed, and how the old value is kept.
type Wait = (
    &'static str,
    fn(&Config, &Config) -> bool,
    fn(&Config, &mut Config),
);

/// Every key that waits for the next start.
const WAITS: &[Wait] = &[
    (
        "store.path",
        |a, b| a.store != b.store,
        |a, b| b.store.clone_from(&a.store),
    ),
    (
        "store.keep_closed",
        |a, b| a.keep_closed != b.keep_closed,
        |a, b| b.keep_closed = a.keep_closed,
    ),
    (
        "anchor.file",
        |a, b| a.anchoring.file != b.anchoring.file,
        |a, b| b.anchoring.file.clone_from(&a.anchoring.file),
    ),
    (
        "anchor.channel",
        |a, b| a.anchoring.channel != b.anchoring.channel,
        |a, b| b.anchoring.channel.clone_from(&a.anchoring.channel),
    ),
    (
        "anchor.key",
        |a, b| a.anchoring.key != b.anchoring.key,
        |a, b| b.anchoring.key.clone_from(&a.anchoring.key),
    ),
    (
        "anchor.every",
        |a, b| a.anchoring.every != b.anchoring.every,
        |a, b| b.anchoring.every = a.anchoring.every,
    ),
];

/// What `after` changes against `before`; what waits for the next start is set back to what `started` says.
pub(super) fn of(started: &Config, before: &Config, after: &mut Config) -> Change {
    let mut change = Change::default();
    for (key, differs, keep) in WAITS {
        if differs(started, after) {
            change.waits.push(key);
            keep(started, after);
        }
    }
    let find = |config: &Config, id: &SourceId| -> Option<SourceSetting> {
        config.sources.iter().find(|source| source.id == *id).cloned()
    };
    let gone = before.sources.iter().map(|source| source.id.clone());
    change.gone = gone.filter(|id| find(after, id).is_none()).collect();
    for source in &after.sources {
        match find(before, &source.id) {
            Some(same) if same == *source && before.directory == after.directory => {}
            Some(same) if same == *source => change.reread.push(source.id.clone()),
            Some(_) | None => change.begun.push(source.id.clone()),
        }
    }
    change
}

#[cfg(test)]
mod tests;
