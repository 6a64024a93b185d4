//! Following other processes on one store: the file's changes wake the desk, so that waiting costs nothing.

use crate::desk::Event;
use notify::{RecursiveMode, Watcher as _};
use std::path::Path;
use std::sync::mpsc::Sender;

/// Watches as long as it lives.
pub(super) type Watcher = notify::RecommendedWatcher;

/// Sends [`Event::StoreChanged`] whenever the store's folder changes. `None`, with a line in the log, where the system cannot
/// watch: then the desk's own beat finds what others wrote, within a second.
pub(super) fn watch(file: &Path, events: Sender<Event>) -> Option<Watcher> {
    let name = file.file_name()?.to_string_lossy().into_owned();
    let folder = file
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let told = move |change: notify::Result<notify::Event>| {
        let ours = change.is_ok_and(|change| {
            change.kind.is_modify() && change.paths.iter().any(|p| p.to_string_lossy().contains(&name))
        });
        if ours {
            // The desk has gone: so will this watcher.
            events.send(Event::StoreChanged).ok();
        }
    };
    let mut watcher = notify::recommended_watcher(told)
        .map_err(|error| tracing::warn!(%error, "cannot watch the store"))
        .ok()?;
    watcher
        .watch(folder, RecursiveMode::NonRecursive)
        .map_err(|error| tracing::warn!(%error, "cannot watch the store"))
        .ok()?;
    Some(watcher)
}
