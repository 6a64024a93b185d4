//! Configuration: what the file says (`raw`) and what it means ([`Config`]), with every fault at once and its place.
//!
//! One file, TOML, read at the start and again when it changes (`cli::reload`); the program never writes to it.
//! Sections are checked each by its own module, all of them even where one is wrong. Secrets are named, never shown.
//! Called by `cli`; everybody else gets values.
//!
//! ```
//! use lookout::bench::check::World;
//! use lookout::config::checked::read;
//! use std::path::Path;
//!
//! let text = "[room]\nname = '余姚值班室'\nzone = '+08:00'\n[[operator]]\nid = 'chen'\nrole = 'operator'\n";
//! let config = read(Path::new("lookout.toml"), text, &World).expect("nothing is wrong");
//! assert_eq!(config.name.as_str(), "余姚值班室");
//!
//! // All that is wrong is said at once: where, and what was probably meant.
//! let text = text.replace("zone", "zome").replace("'operator'", "'operater'");
//! let faults = read(Path::new("lookout.toml"), &text, &World).expect_err("two mistakes");
//! let found: Vec<_> = faults.iter().map(|fault| (fault.line, fault.near.as_deref())).collect();
//! assert_eq!(found, [(3, Some("zone")), (6, Some("operator"))]);
//! ```

use crate::bench::check::Import;
use crate::bench::fault::Fault;
use crate::channels::ChannelSetting;
use crate::config::anchor::Anchoring;
use crate::domain::air::Norm;
use crate::domain::alarm::group::Grouping;
use crate::domain::directory::Directory;
use crate::domain::emergency::Ladder;
use crate::domain::notice::Policy;
use crate::domain::person::Operator;
use crate::domain::playbook::Playbook;
use crate::domain::rule::RuleSetting;
use crate::domain::shift::Roster;
use crate::domain::target::plan::Target;
use crate::domain::text::Clean;
use crate::domain::time::{Span, Zone};
use crate::lang::Lang;
use crate::sources::SourceSetting;
use std::collections::BTreeMap;
use std::path::PathBuf;

pub mod anchor;
mod beside;
pub mod checked;
pub mod directory;
pub mod grouping;
pub mod ladder;
mod notices;
pub mod playbook;
pub mod raw;
mod roster;
pub mod rule;
pub mod show;
mod target;

/// A configuration in which nothing is wrong.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file it was read from; `None` for the training city's own.
    pub file: Option<PathBuf>,
    /// The room's name.
    pub name: Clean,
    /// The language a seat begins in.
    pub language: Lang,
    /// The room's zone.
    pub zone: Zone,
    /// What its air is judged by.
    pub standard: Norm,
    /// The SQLite file; the state folder's own where `None`.
    pub store: Option<PathBuf>,
    /// How long readings are kept.
    pub keep_readings: Span,
    /// How long closed cases stay on the board.
    pub keep_closed: Span,
    /// Where the end of the ledger is written down.
    pub anchoring: Anchoring,
    /// A theme's key, or the path of a theme file.
    pub theme: String,
    /// How long an acknowledgement holds where the person says nothing else.
    pub acknowledgement_holds: Span,
    /// The longest shelving.
    pub longest_shelf: Span,
    /// How the people of a role are told what waits for them.
    pub notices: Policy,
    /// When alarms of a kind at a point are read as one row: the room's own first, then the standard one.
    pub groupings: Vec<Grouping>,
    /// The loops in force: the room's own, then the program's.
    pub playbooks: Vec<Playbook>,
    /// The county's places, points, units, enterprises.
    pub directory: Directory,
    /// The directory's files, in the order they were read.
    pub imports: Vec<Import>,
    /// What was said of the file and is no fault.
    pub hints: Vec<Fault>,
    /// Who may act; whoever sits there, as a duty operator, where empty.
    pub operators: Vec<Operator>,
    /// The shifts of a day, and who is due.
    pub roster: Roster,
    /// Keys by action, instead of the actions' own.
    pub keys: BTreeMap<String, Vec<String>>,
    /// The rules in force: the standard ones and this room's own.
    pub rules: Vec<RuleSetting>,
    /// The step tables of emergencies: warnings by date, the linkage, and the room's own.
    pub ladders: Vec<Ladder>,
    /// The goals of the year, in the order of the file.
    pub targets: Vec<Target>,
    /// Upstreams, in the order of the file.
    pub sources: Vec<SourceSetting>,
    /// Ways out for orders, in the order of the file.
    pub channels: Vec<ChannelSetting>,
    /// The link to a map of a place in orders, with named parts; empty for none.
    pub map: Clean,
}
