//! The bounds of what is read of one reply, in memory and in rows: what finds no room is not taken, and that is said.

use crate::domain::feed::MORE_THAN_ROOM;
use crate::domain::feed::bounds::{Bound, Most, Passed};
use crate::sources::gather::Gather;

impl Gather<'_> {
    /// So many bytes of memory are left for what is read.
    pub(in crate::sources) fn has_room(&mut self, bytes: u64) {
        self.room = Some(bytes);
    }

    /// So much of it is read.
    pub(in crate::sources) fn bounded(&mut self, most: Most) {
        self.most = most;
    }

    /// A table has so many lines.
    pub(in crate::sources) fn has_lines(&mut self, lines: usize) {
        self.lines = lines;
    }

    /// Whether there are more rows than are read.
    pub(in crate::sources) fn rows_passed(&self) -> Option<Passed> {
        let rows = self.rows.len().saturating_sub(self.headings()) as u64;
        let over = Passed::over(Bound::Rows, rows, self.most.rows)?;
        // A table is not read beyond what is taken of it.
        let lines = self.lines.saturating_sub(self.headings()) as u64;
        let found = over.found.max(lines);
        Some(Passed { found, ..over })
    }

    /// Lines before the first row: rows of a table are counted with its heading.
    fn headings(&self) -> usize {
        usize::from(self.lines > 0)
    }

    /// Takes `bytes` of memory for what a row gives; not for one beyond the rows that are read. Where there is no room, the
    /// list is cut there and nothing more of it is taken.
    pub(in crate::sources) fn pays(&mut self, row: usize, bytes: u64) -> bool {
        if row > self.most.rows as usize + self.headings() {
            self.row(row);
            return false;
        }
        let Some(room) = self.room else { return false };
        self.room = room.checked_sub(bytes);
        if self.room.is_some() {
            return true;
        }
        self.cut(&format!("row {row}"), MORE_THAN_ROOM);
        false
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::feed::{FlawKind, READING_WEIGHT};
    use crate::domain::id::{PointId, SourceId};
    use crate::domain::quantity::{MeasureUnit, Quantity};
    use crate::domain::reading::{Flag, Period};
    use crate::domain::time::Moment;
    use crate::sources::gather::{Gather, Slot, Spot};

    #[test]
    fn a_list_is_cut_where_there_is_no_room_and_that_is_said_once_and_ends_nothing() {
        let id = SourceId::new("a");
        let mut gather = Gather::new(&id, Moment::from_ms(0));
        gather.has_room(3 * READING_WEIGHT + 1);
        for row in 1..=1000 {
            let slot = Slot {
                point: PointId::new(&row.to_string()),
                quantity: Quantity::Pm25,
                unit: MeasureUnit::UgPerM3,
                period: Period::Hour,
                at: Moment::from_ms(0),
                flag: Flag::Valid,
            };
            gather.number(Spot(row, "PM2_5"), slot, "35");
        }
        let take = gather.finish(true);
        assert_eq!((take.readings.len(), take.cut, take.complete), (3, true, false));
        assert_eq!((take.flawed, take.flaws[0].why), (1, FlawKind::Cut));
        assert_eq!(take.flaws[0].place.as_str(), "row 4");
        assert!(take.settle().is_ok());
    }
}
