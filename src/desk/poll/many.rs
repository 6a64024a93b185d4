//! The polls of a process: one task a source, ended and begun anew while the room runs.

use crate::desk::poll;
use crate::desk::poll::{PollIo, Wired};
use crate::domain::id::SourceId;
use crate::domain::time::Span;
use std::collections::BTreeMap;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// The polls under way.
pub struct Polls {
    line: PollIo,
    runtime: Handle,
    tasks: BTreeMap<SourceId, JoinHandle<()>>,
}

impl Polls {
    /// No poll yet; those that are begun run there and report on that line.
    pub(in crate::desk) fn new(line: PollIo, runtime: Handle) -> Self {
        Self {
            line,
            runtime,
            tasks: BTreeMap::new(),
        }
    }

    /// Polls a source from now on, the first time after `wait`. Whatever polled it before has ended.
    pub(in crate::desk) fn begin(&mut self, wired: Wired, wait: Span) {
        let id = wired.id.clone();
        self.end(&id);
        let task = self.runtime.spawn(poll::run(wired, self.line.clone(), wait));
        self.tasks.insert(id, task);
    }

    /// Polls a source no longer; what it has under way is dropped.
    pub(in crate::desk) fn end(&mut self, id: &SourceId) {
        if let Some(task) = self.tasks.remove(id) {
            task.abort();
        }
    }
}
