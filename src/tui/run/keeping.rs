//! What was written and not sent, kept on disk beside the loop: a disk that does not answer freezes no screen.

use crate::tui::run::Keep;
use crate::tui::seat::Drafts;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

/// How often what is being written is kept.
const EVERY: Duration = Duration::from_secs(1);
/// How long after a failure it is tried again, where nobody asks for it.
const AGAIN: Duration = Duration::from_secs(30);
/// How long a console that ends waits for what is being kept.
const PATIENCE: Duration = Duration::from_millis(300);

/// What was tried to be kept, and whether that went well.
pub(super) type Kept = (Drafts, bool);

/// The one who keeps: one writing at a time.
pub(super) struct Keeping {
    keep: Keep,
    ended: (UnboundedSender<Kept>, UnboundedReceiver<Kept>),
    /// Whether something is being written now; `true` where the person is told what came of it.
    busy: Option<bool>,
    /// Whether a dialog was left since the last writing began.
    asked: bool,
    /// What is on the disk; `None` before it was looked at.
    kept: Option<Drafts>,
    /// Whether the last try failed, and that was said.
    lost: bool,
    /// When it was last compared.
    looked: Instant,
}

impl Keeping {
    pub(super) fn new(keep: Keep) -> Self {
        Self {
            keep,
            ended: unbounded_channel(),
            busy: None,
            asked: false,
            kept: None,
            lost: false,
            looked: Instant::now(),
        }
    }

    /// A dialog was left: what was written in it is kept at once.
    pub(super) fn ask(&mut self) {
        self.asked = true;
    }

    /// Begins to keep what changed, a moment after, so that no end of the process takes more than that with it.
    pub(super) fn beat(&mut self, drafts: impl FnOnce() -> Drafts) {
        let wait = if self.lost { AGAIN } else { EVERY };
        let is_due = self.asked || self.kept.is_none() || self.looked.elapsed() >= wait;
        if self.busy.is_some() || !is_due {
            return;
        }
        self.looked = Instant::now();
        let drafts = drafts();
        // At the beginning they are as they were read.
        let is_kept = *self.kept.get_or_insert_with(|| drafts.clone()) == drafts;
        if is_kept && !self.asked {
            return;
        }
        self.busy = Some(std::mem::take(&mut self.asked));
        let (keep, ended) = (Arc::clone(&self.keep), self.ended.0.clone());
        std::thread::spawn(move || {
            let went_well = keep(&drafts);
            // Where the console is gone nobody need know.
            ended.send((drafts, went_well)).ok();
        });
    }

    /// The end of a writing.
    pub(super) async fn ended(&mut self) -> Kept {
        match self.ended.1.recv().await {
            Some(kept) => kept,
            None => std::future::pending().await,
        }
    }

    /// Takes it in; what the person is told of it: that it is kept, where they left a dialog, and once that it is not.
    pub(super) fn take(&mut self, (drafts, went_well): Kept) -> Option<bool> {
        let asked = self.busy.take().unwrap_or(false);
        let is_news = asked || (!went_well && !self.lost);
        self.lost = !went_well;
        if went_well {
            self.kept = Some(drafts);
        }
        is_news.then_some(went_well)
    }

    /// Waits a moment for what is being written, so that it does not come after what is kept at the end.
    pub(super) async fn settle(&mut self) {
        if self.busy.is_some() {
            tokio::time::timeout(PATIENCE, self.ended()).await.ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn written(note: &str) -> Drafts {
        let fields = vec![("comment".to_owned(), note.to_owned())];
        [("note F1".to_owned(), fields)].into_iter().collect()
    }

    #[tokio::test(start_paused = true)]
    async fn what_cannot_be_kept_is_said_once_and_tried_again() {
        let works = Arc::new(AtomicBool::new(false));
        let disk = Arc::clone(&works);
        let mut keeping = Keeping::new(Arc::new(move |_| disk.load(Ordering::SeqCst)));
        keeping.beat(Drafts::new);
        assert!(keeping.busy.is_none(), "nothing was written yet");
        let mut said = Vec::new();
        for asks in [false, false, true, false, true] {
            tokio::time::advance(AGAIN).await;
            if asks {
                keeping.ask();
            }
            works.store(said.len() >= 3, Ordering::SeqCst);
            keeping.beat(|| written("half"));
            assert!(keeping.busy.is_some(), "it is tried again: {said:?}");
            let kept = keeping.ended().await;
            said.push(keeping.take(kept));
        }
        assert_eq!(said, [Some(false), None, Some(false), None, Some(true)]);
        tokio::time::advance(AGAIN).await;
        keeping.beat(|| written("half"));
        assert!(keeping.busy.is_none(), "it is on the disk");
    }

    #[tokio::test(start_paused = true)]
    async fn a_disk_that_does_not_answer_keeps_nobody_waiting_and_is_asked_once() {
        let (answers, disk) = std::sync::mpsc::channel();
        let disk = Mutex::new(disk);
        let keep = move |_: &Drafts| disk.lock().is_ok_and(|disk| disk.recv().is_ok());
        let mut keeping = Keeping::new(Arc::new(keep));
        keeping.beat(Drafts::new);
        for note in ["a", "ab", "abc"] {
            tokio::time::advance(EVERY).await;
            keeping.beat(|| written(note));
        }
        answers.send(()).expect("it waits");
        let kept = keeping.ended().await;
        assert_eq!(kept, (written("a"), true), "the first one alone was begun");
        assert_eq!(keeping.take(kept), None);
        tokio::time::advance(EVERY).await;
        keeping.beat(|| written("abc"));
        answers.send(()).expect("it waits");
        assert_eq!(
            keeping.ended().await,
            (written("abc"), true),
            "the newest goes next"
        );
    }
}
