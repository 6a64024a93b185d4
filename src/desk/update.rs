//! The desk's decisions: what an event means for the board, and which effects follow. Pure.
//!
//! Facts are drafted here and nowhere else, and the board is written here alone: others read it through
//! [`Desk::board`]. Facts change it only when they come back stored ([`Event::Stored`]), so nothing is shown as done
//! before it is on disk. Called by the running desk (`desk::run`, `desk::share`) and by a command's single act
//! (`desk::once`).

mod acting;
mod answering;
mod arriving;
mod asking;
mod attach;
mod batch;
mod ceiling;
mod county;
mod declaring;
mod duty;
mod feeding;
mod flooding;
mod forecasting;
mod lottery;
mod moving;
mod newcomers;
mod reading;
mod sending;
mod stepping;
mod telling;
#[cfg(test)]
mod tests;
mod tick;
mod trend;
pub(in crate::desk) mod trends;

use crate::desk::board::{Board, LogLine, Room};
use crate::desk::update::batch::Batch;
use crate::desk::update::trends::Taken;
use crate::desk::{Effect, Event};
use crate::domain::chain::Checked;
use crate::domain::decide;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::fact::readings::DayRoot;
use crate::domain::fact::room::RoomFact;
use crate::domain::feed::Feed;
use crate::domain::feed::quota::Quota;
use crate::domain::id::{AlarmId, PointId, SourceId};
use crate::domain::ledger::{Entry, Stream};
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::person::Actor;
use crate::domain::quantity::Quantity;
use crate::domain::reading::{Period, Revision};
use crate::domain::rule::RuleSetting;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use imbl::OrdSet;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Most log lines kept for the log pane.
const LOG_LINES: usize = 500;

/// Everything the desk decides by.
#[derive(Debug)]
pub struct Desk {
    /// The picture it keeps and publishes.
    board: Board,
    /// The rules in force, with their thresholds.
    rules: Vec<RuleSetting>,
    /// When a beat last judged them.
    judged: Moment,
    /// When alarms change by time alone: acknowledgements and shelvings that expire, conditions that end.
    due: OrdSet<(Moment, AlarmId)>,
    /// Who last touched a stream, and when: named when a later action is refused. People only.
    hands: HashMap<Stream, (Actor, Moment)>,
    /// What each source may still raise, while this process collects.
    quotas: HashMap<SourceId, Quota>,
    /// The points that each source has, beside the directory's.
    own_points: HashMap<SourceId, HashSet<PointId>>,
}

/// How much of the past a first board takes back of one series: enough for what is judged over it.
pub(super) const fn reach(period: Period) -> Span {
    match period {
        // Indices of the first hours are computed over the hours before them.
        Period::Hour => Span::hours(72),
        // A night and the day before it; finer series are many.
        Period::Instant | Period::Minute | Period::FiveMinutes | Period::QuarterHour => Span::hours(34),
        Period::EightHours | Period::FourHours | Period::Day => trend::TREND,
    }
}

impl Desk {
    /// A desk over a board whose state has been folded already.
    pub fn new(board: Board, rules: Vec<RuleSetting>) -> Self {
        let due = board
            .state
            .alarms
            .values()
            .filter_map(|a| Some((decide::alarm::next_due(a)?, a.id.clone())))
            .collect();
        Self {
            board,
            rules,
            judged: Moment::default(),
            due,
            hands: HashMap::new(),
            own_points: HashMap::new(),
            quotas: HashMap::new(),
        }
    }

    /// The picture it keeps.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// The picture as it is published at that moment.
    pub fn shown(&mut self, at: Moment) -> Arc<Board> {
        let board = &mut self.board;
        board.at = at;
        board.deadlines.follow(&board.room, &board.state.cases, at);
        Arc::new(self.board.clone())
    }

    /// Takes one event in and says what follows.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Read {
                source,
                take,
                at,
                next,
            } => self.read(&source, *take, at, next),
            Event::Silent {
                source,
                why,
                at,
                next,
            } => self.silent(&source, why, at, next),
            Event::Request(request) => self.act(request),
            Event::Stored(entries) => self.stored(&entries),
            Event::Sent {
                task,
                way,
                outcome,
                at,
            } => self.sent(&task, (&way, at), outcome),
            Event::Carried {
                notice,
                channel,
                came,
                at,
            } => self.carried(&notice, (channel, came), at),
            Event::Begins { tasks, at } => self.begins(&tasks, at),
            Event::Tick(at) => self.pass(at),
            Event::Collects { us, holder } => self.collects(us, holder),
            Event::Writable(writable) => self.writable(writable),
            Event::Unrecorded { count, why } => {
                self.show(|board| (board.unrecorded, board.writable) = (count, Err(why)))
            }
            Event::TryAgain(at) => self.try_again(at),
            Event::Readable(readable) => self.show(|board| board.readable = readable),
            Event::Verified(found) => self.verified(found),
            Event::Looked(days) => self.show(|board| board.chain.days = days),
            Event::DayOver { root, at } => self.day_over(root, at),
            Event::Beside(kept) => self.show(|board| board.beside = kept),
            Event::Anchored(written) => self.show(|board| board.anchored = written),
            Event::SignalsCounted(counts) => self.sighted(counts),
            Event::Year(year) => self.show(|board| board.year = Some(year)),
            Event::Reconfigured {
                room,
                rules,
                feeds,
                waits,
                ..
            } => self.furnish(*room, rules, feeds, waits),
            Event::ConfigRejected(why) => self.show(|board| board.misread = Some(why)),
            Event::Revised(series) => self.revised(series),
            Event::ClockSet { by, at } => self.clock_set(by, at),
            Event::Stepped(by) => self.stepped(by),
            Event::Steady => self.show(|board| board.stepped = None),
            Event::Logged(line) => self.logged(line),
            // The runner's own: who collects, reading newer entries and leaving are I/O.
            Event::Polled { .. } | Event::StoreChanged | Event::Stop => Vec::new(),
        }
    }

    /// What is told to the desk and stands on the board as it was told.
    fn show(&mut self, change: impl FnOnce(&mut Board)) -> Vec<Effect> {
        change(&mut self.board);
        vec![Effect::Publish]
    }

    fn collects(&mut self, us: bool, holder: Clean) -> Vec<Effect> {
        // Before the board says that we do: only who did not collect yet begins to poll.
        if us && !self.board.collects {
            self.begin_to_poll();
        }
        (self.board.collects, self.board.collector) = (us, holder);
        vec![Effect::Publish, Effect::Deliver]
    }

    fn writable(&mut self, writable: Result<(), LedgerFault>) -> Vec<Effect> {
        if writable.is_ok() {
            self.board.unrecorded = 0;
        }
        self.show(|board| board.writable = writable)
    }

    fn sighted(&mut self, counts: Vec<(AlarmId, u64)>) -> Vec<Effect> {
        let alarms = &self.board.state.alarms;
        let is_told = |(id, count): &(AlarmId, u64)| *count > 1 && alarms.contains_key(id);
        self.board.sightings.extend(counts.into_iter().filter(is_told));
        vec![Effect::Publish]
    }

    fn revised(&mut self, series: Vec<((PointId, Quantity), Vec<Revision>)>) -> Vec<Effect> {
        for (key, older) in series {
            self.board.revisions.insert(key, older.into());
        }
        vec![Effect::Publish]
    }

    fn logged(&mut self, line: LogLine) -> Vec<Effect> {
        self.board.log.push_back(line);
        while self.board.log.len() > LOG_LINES {
            self.board.log.pop_front();
        }
        vec![Effect::Publish]
    }

    /// A verification that is under way takes nothing back of what the last one found.
    fn verified(&mut self, found: Checked) -> Vec<Effect> {
        let known = &mut self.board.chain.checked;
        if *known == Checked::Never || found != Checked::Running {
            *known = found;
        }
        vec![Effect::Publish]
    }

    /// The collector writes down what was received on a day that is over.
    fn day_over(&self, root: Box<DayRoot>, at: Moment) -> Vec<Effect> {
        let mut batch = Batch::of_desk(at);
        batch.push(
            &self.board.state,
            Stream::Room,
            Fact::Room(RoomFact::Readings(root)),
        );
        batch.into_effects(None)
    }

    /// While nothing can be recorded, a fact that is worth having: that it was so. Nothing while all is well.
    fn try_again(&self, at: Moment) -> Vec<Effect> {
        if self.board.writable.is_ok() {
            return Vec::new();
        }
        let words = format!("recording again; {} could not be recorded", self.board.unrecorded);
        let mut batch = Batch::of_desk(at);
        let noted = Fact::Room(RoomFact::Noted {
            words: Clean::new(&words),
        });
        batch.push(&self.board.state, Stream::Room, noted);
        batch.into_effects(None)
    }

    /// The room is furnished anew, unless a loop has lost a stage that an open case is in.
    fn furnish(
        &mut self,
        room: Room,
        rules: Vec<RuleSetting>,
        feeds: Vec<Feed>,
        waits: Vec<Clean>,
    ) -> Vec<Effect> {
        self.board.misread = self.board.lost_by(&room);
        if self.board.misread.is_some() {
            return vec![Effect::Publish];
        }
        for point in &room.directory.points {
            self.board.points.insert(point.id.clone(), point.clone());
        }
        let before = (self.board.room.zone, self.board.room.standard);
        let judges_otherwise = before != (room.zone, room.standard);
        self.board.room = Arc::new(room);
        self.board.waits = waits;
        self.rules = rules;
        let gone = self.feed_on(feeds);
        let at = self.board.at;
        if judges_otherwise {
            self.board.year = None;
            Taken::all(&self.board).settle(&mut self.board, at);
        } else {
            county::settle(&mut self.board, BTreeSet::new(), at);
        }
        let mut batch = Batch::of_desk(at);
        self.end_silence_of(&gone, &mut batch);
        self.end_floods_of(&gone, &mut batch);
        let mut effects = vec![Effect::Publish, Effect::Deliver];
        effects.extend(batch.into_effects(None));
        effects
    }

    /// Entries became true: by us, or by another process.
    fn stored(&mut self, entries: &[Entry]) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut orders = false;
        for entry in entries {
            orders |= matches!(entry.stream, Stream::Task(_) | Stream::Notice(_));
            self.take_in(entry);
        }
        if orders {
            effects.push(Effect::Deliver);
        }
        effects.push(Effect::Publish);
        effects
    }

    fn take_in(&mut self, entry: &Entry) {
        self.write_journal(entry);
        if let Actor::Person(_) = entry.by {
            self.hands
                .insert(entry.stream.clone(), (entry.by.clone(), entry.at));
        }
        let Stream::Alarm(id) = &entry.stream else {
            self.board.state.apply(entry);
            if let Fact::Room(RoomFact::ClockStepped { by }) = entry.fact {
                self.wait_anew(Span::from_ms(by));
            }
            return;
        };
        if let Fact::Alarm(AlarmFact::Raised(cause)) = &entry.fact {
            self.board.figures.raised(id, entry.at);
            self.count_raised(id, cause);
        }
        if let Some(at) = self.board.state.alarms.get(id).and_then(decide::alarm::next_due) {
            self.due.remove(&(at, id.clone()));
        }
        self.board.state.apply(entry);
        match self.board.state.alarms.get(id).map(decide::alarm::next_due) {
            Some(Some(at)) => {
                self.due.insert((at, id.clone()));
            }
            Some(None) => {}
            None => {
                self.hands.remove(&entry.stream);
                self.board.sightings.remove(id);
            }
        }
    }
}
