//! What waits to be seen by the people of this seat's role: the first is shown with its matter, or all are said seen.

use crate::desk::Command;
use crate::desk::board::Board;
use crate::domain::fact::notice::About;
use crate::domain::id::NoticeId;
use crate::lang::fill;
use crate::lang::notice::Notices;
use crate::tui::action::Action;
use crate::tui::seat::{Now, Out, Seat};
use crate::tui::view::RowId;
use std::sync::Arc;

impl Seat {
    /// Goes to the matter of the first notice, and says that it was seen.
    pub(super) fn see_notice(&mut self, live: &Arc<Board>, now: Now) -> Vec<Out> {
        let state = &live.state;
        let Some(first) = state.waiting(self.who.role).next() else {
            self.say(Notices::Nothing.text(self.lang), false, now);
            return Vec::new();
        };
        let of = match &first.telling.about {
            About::Late { case, .. } | About::Entered { case, .. } => {
                Some((Action::Cases, RowId::Case(case.clone())))
            }
            About::Unseen { alarm, .. } => Some((Action::Alarms, RowId::Alarm(alarm.clone()))),
            About::Undelivered { task, .. } => {
                let task = state.tasks.get(task);
                task.map(|task| (Action::Cases, RowId::Case(task.order.case.clone())))
            }
        };
        // What is to be seen is what is so now.
        self.frozen = None;
        if let Some((screen, row)) = of {
            self.go_to(screen, row, live, now);
        }
        let ids = vec![first.id.clone()];
        vec![self.send_plain(Notices::Verb.text(self.lang), Command::See(ids), now)]
    }

    /// Says of all that wait that they were seen.
    pub(super) fn see_notices(&mut self, live: &Board, now: Now) -> Vec<Out> {
        let waiting = live.state.waiting(self.who.role);
        let ids: Vec<NoticeId> = waiting.map(|notice| notice.id.clone()).collect();
        if ids.is_empty() {
            self.say(Notices::Nothing.text(self.lang), false, now);
            return Vec::new();
        }
        let words = fill(Notices::VerbMany.text(self.lang), &[("n", &ids.len())]);
        vec![self.send_plain(&words, Command::See(ids), now)]
    }
}
