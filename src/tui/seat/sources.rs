//! Sources that are to be asked at once: the one under the cursor, or those that are marked.

use crate::desk::Command;
use crate::lang::fill;
use crate::lang::screens::feeds::Feeds;
use crate::tui::seat::{Now, Out, Seat};
use crate::tui::view::RowId;

impl Seat {
    /// Has the chosen sources asked now, whatever they said of later.
    pub(super) fn ask_now(&mut self, now: Now) -> Vec<Out> {
        let rows = self.view().targets();
        let sources = rows.into_iter().filter_map(|row| match row {
            RowId::Source(id) => Some(id),
            RowId::Alarm(_)
            | RowId::Case(_)
            | RowId::Point(_)
            | RowId::Task(_)
            | RowId::Group(_)
            | RowId::Other(_) => None,
        });
        let mut commands: Vec<Command> = sources.clone().map(Command::Ask).collect();
        let names: Vec<String> = sources.map(|id| id.to_string()).collect();
        let command = match commands.len() {
            0 => {
                self.say(Feeds::ChooseSource.text(self.lang), false, now);
                return Vec::new();
            }
            1 => commands.remove(0),
            _ => Command::All(commands),
        };
        let words = fill(Feeds::AskNow.text(self.lang), &[("source", &names.join(" "))]);
        vec![self.send_plain(&words, command, now)]
    }
}
