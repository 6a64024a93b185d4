//! What of the rows is to be copied: their numbers, or their lines.

use crate::desk::board::Board;
use crate::lang::tui::Tui;
use crate::tui::form::name;
use crate::tui::part;
use crate::tui::pick::{Item, Pick, Run};
use crate::tui::seat::{Mode, Now, Seat};
use crate::tui::view::RowId;
use std::sync::Arc;

impl Seat {
    /// What of the row is to be copied.
    pub(super) fn copy(&mut self, live: &Arc<Board>, now: Now) {
        let rows = self.view().targets();
        if rows.is_empty() {
            self.say(Tui::ChooseRow.text(self.lang), false, now);
            return;
        }
        let ids: Vec<&str> = rows.iter().map(RowId::text).collect();
        let lines: Vec<String> = rows.iter().map(|row| self.line(live, row, now)).collect();
        let texts = [ids.join("\n"), lines.join("\n")];
        let items = texts.into_iter().map(|text| Item {
            head: Tui::Copy.text(self.lang).to_owned(),
            words: part::cut(text.lines().next().unwrap_or_default(), 60, "…"),
            note: String::new(),
            id: String::new(),
            run: Run::Copy(text),
        });
        self.mode = Mode::Pick(Pick::new(Tui::Copy.text(self.lang).to_owned(), items.collect()));
    }

    fn line(&self, board: &Board, row: &RowId, now: Now) -> String {
        let words = match row {
            RowId::Alarm(id) => {
                let alarm = board.state.alarms.get(id);
                alarm.map(|alarm| name::alarm_words(self.lang, alarm, now.room))
            }
            RowId::Case(id) => board
                .state
                .cases
                .get(id)
                .map(|case| case.matter.title.to_string()),
            RowId::Task(id) => board.state.tasks.get(id).map(|task| task.order.text.to_string()),
            RowId::Point(id) => board.points.get(id).map(|point| point.name.to_string()),
            RowId::Source(_) | RowId::Group(_) | RowId::Other(_) => None,
        };
        words.map_or_else(
            || row.text().to_owned(),
            |words| format!("{}  {words}", row.text()),
        )
    }
}
