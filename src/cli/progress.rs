//! A bar on standard error, shown only once something has taken a second, and only to a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::{Duration, Instant};

/// From when on a person wants to see that something goes on.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that waits before it is there.
pub(super) struct Progress {
    began: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// From now on.
    pub(super) fn new() -> Self {
        Self {
            began: Instant::now(),
            bar: None,
        }
    }

    /// So much of all is done.
    pub(super) fn show(&mut self, done: u64, total: u64) {
        if self.bar.is_none() && self.began.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}  {eta}");
            ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(done);
    }

    /// Takes it away.
    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
