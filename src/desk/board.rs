//! The board (态势): the immutable picture that the desk publishes and every seat draws.
//!
//! Built of persistent maps: publishing one costs what changed since the last. Pure; names the domain only.

use crate::desk::board::deadlines::Deadlines;
use crate::domain::air::unit::{Station, UnitHour};
use crate::domain::air::year::Year;
use crate::domain::air::{AirIndex, Norm};
use crate::domain::alarm::group::Grouping;
use crate::domain::alarm::kpi::Figures;
use crate::domain::case::{Case, clock};
use crate::domain::chain::Chain;
use crate::domain::directory::{Directory, Point};
use crate::domain::emergency::Ladder;
use crate::domain::feed::Feed;
use crate::domain::id::{AlarmId, ChannelId, PointId, SourceId};
use crate::domain::language::Lang;
use crate::domain::ledger::Entry;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::notice::Policy;
use crate::domain::place::Datum;
use crate::domain::playbook::Playbook;
use crate::domain::quantity::Quantity;
use crate::domain::reading::{Period, Reading, Revision};
use crate::domain::scene::Trends;
use crate::domain::shift::Roster;
use crate::domain::state::State;
use crate::domain::target::plan::Target;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, Zone};
use imbl::{OrdMap, Vector};
use std::collections::BTreeMap;
use std::sync::Arc;

pub mod air;
pub mod calm;
pub mod deadlines;
pub mod sight;

/// Everything a seat may draw.
#[derive(Clone, Debug)]
pub struct Board {
    /// When it was published. Ages are counted from the seat's own now.
    pub at: Moment,
    /// What the room knows beforehand.
    pub room: Arc<Room>,
    /// Alarms, cases, tasks.
    pub state: State,
    /// Its open cases by their deadlines; read by [`Board::deadlines`].
    pub deadlines: Deadlines,
    /// Every point known: the directory's, and those that sources described.
    pub points: OrdMap<PointId, Point>,
    /// The newest reading of each (point, quantity, period).
    pub latest: OrdMap<(PointId, Quantity, Period), Reading>,
    /// The hourly index of each air station, and of model cells.
    pub air: OrdMap<PointId, AirNow>,
    /// The air stations that should speak for the county, by their ids.
    pub stations: Vector<Station>,
    /// The county's last 48 hours, oldest first: of averaged concentrations, each with who was silent.
    pub county_hours: Vector<(Moment, UnitHour)>,
    /// The county's day so far; see [`Board::county_day`].
    pub county_day: Option<air::DaySoFar>,
    /// The days of this year that are over, with their figures; `None` until they are first read.
    pub year: Option<Arc<Year>>,
    /// Two days of usable values of each (point, quantity, period), oldest first.
    pub trends: Trends,
    /// The last 48 hourly indices of each station, oldest first; what is known of them, `None` where not computable.
    pub index_trends: OrdMap<PointId, Vector<(Moment, Option<u16>)>>,
    /// Older values of hourly air readings of two days that their upstream corrected, by their time.
    pub revisions: OrdMap<(PointId, Quantity), Vector<Revision>>,
    /// The ends of the hours of two days in which an upstream flagged maintenance, oldest first.
    pub maintained: OrdMap<PointId, Vector<Moment>>,
    /// Sources with their health.
    pub feeds: OrdMap<SourceId, Feed>,
    /// Whether the store can be written; else what it said.
    pub writable: Result<(), LedgerFault>,
    /// Whether the ledger can be read on; else what it said, and the board stands still.
    pub readable: Result<(), LedgerFault>,
    /// Whether its chain of hashes was found whole.
    pub chain: Chain,
    /// Whether what stands beside the ledger (readings, polling's notes) can be kept; else what the store said. Refuses no act.
    pub beside: Result<(), LedgerFault>,
    /// Whether the end of the ledger could be written down out of its owner's reach, and fits what was; else what stands in
    /// the way. Refuses no act.
    pub anchored: Result<(), LedgerFault>,
    /// Since when the desk has given no sign of life; only who looks from outside can know.
    pub stuck: Option<Moment>,
    /// Things that could not be recorded since it became read-only, each counted once.
    pub unrecorded: u64,
    /// Whether this process collects.
    pub collects: bool,
    /// Who collects.
    pub collector: Clean,
    /// How often each alarm's signal was seen, where more than once.
    pub sightings: OrdMap<AlarmId, u64>,
    /// What is wrong with a configuration that was changed and not taken; the last good one is in force.
    pub misread: Option<Clean>,
    /// By how much the machine's clock was set in the last minutes, if it was.
    pub stepped: Option<Span>,
    /// Keys of the configuration that were changed and take force at the next start.
    pub waits: Vec<Clean>,
    /// How many unhandled matters are left out because the role may not see them.
    pub withheld: usize,
    /// How often alarms were raised in the last day, and whether they flood.
    pub figures: Figures,
    /// The newest log lines, oldest first, at most 500.
    pub log: Vector<LogLine>,
    /// The newest entries of the ledger, oldest first, at most [`JOURNAL`]: the log that writes itself.
    pub journal: Vector<Entry>,
}

impl Board {
    /// What a room's loops would lose that the room in force has: the stage of an open case.
    pub fn lost_by(&self, room: &Room) -> Option<Clean> {
        let is_lost = |case: &Case, room: &Room| {
            let playbook = room.playbooks.iter().find(|p| p.id == case.matter.playbook);
            clock::is_lost(case, playbook)
        };
        let lost = |case: &&Case| is_lost(case, room) && !is_lost(case, &self.room);
        self.state.cases.values().find(lost).map(|case| {
            let (loops, stage) = (&case.matter.playbook, &case.state.stage);
            Clean::new(&format!("{loops}: {stage}: {}", case.id))
        })
    }
}

/// Most entries of the journal.
pub const JOURNAL: usize = 2000;

/// What the room knows beforehand. Replaced as a whole when the configuration is read again and is good; a faulty one
/// leaves it as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// The room's name.
    pub name: Clean,
    /// Whether this is the training city: a banner says so on every screen.
    pub training: bool,
    /// The room's zone.
    pub zone: Zone,
    /// What its air is judged by.
    pub standard: Norm,
    /// Places, points, townships, units.
    pub directory: Directory,
    /// The loops.
    pub playbooks: Vec<Playbook>,
    /// Channels by name, in the order of the configuration.
    pub channels: Vec<ChannelId>,
    /// Those among them that are a telephone, whatever their names: a person calls.
    pub telephones: Vec<ChannelId>,
    /// How its orders are written.
    pub letters: Letters,
    /// How long an acknowledgement holds where the person says nothing else.
    pub ack_expires: Span,
    /// How long closed cases stay on the board; the ledger keeps them for ever.
    pub keep_closed: Span,
    /// The longest shelving.
    pub longest_shelf: Span,
    /// How the people of a role are told what waits for them.
    pub notices: Policy,
    /// When alarms of a kind at a point are read as one row.
    pub groupings: Vec<Grouping>,
    /// The shifts of a day, and who is due.
    pub roster: Roster,
    /// The step tables of emergencies.
    pub ladders: Vec<Ladder>,
    /// The goals of the year.
    pub targets: Vec<Target>,
}

/// How orders are written: for whoever receives them, not for whoever sits here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letters {
    /// The room's language.
    pub lang: Lang,
    /// The link to a map of the place: an address with named parts; empty for none.
    pub map: Clean,
    /// The datum of the maps behind each channel, where it is not WGS 84.
    pub datums: BTreeMap<ChannelId, Datum>,
}

impl Letters {
    /// The datum that is read at the other end of a channel.
    pub fn datum(&self, channel: &ChannelId) -> Datum {
        self.datums.get(channel).copied().unwrap_or_default()
    }
}

/// A station's air now.
#[derive(Clone, Debug, PartialEq)]
pub struct AirNow {
    /// The hour it is about (its end).
    pub hour: Moment,
    /// Computed by us, with the standard it was computed by.
    pub index: AirIndex,
    /// What the upstream published for the same hour, if it did.
    pub published: Option<u16>,
    /// Whether it comes from a model.
    pub modelled: bool,
}

/// A line of the program's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// When.
    pub at: Moment,
    /// `error`, `warn`, `info`.
    pub level: &'static str,
    /// What, secrets redacted.
    pub text: Clean,
}
