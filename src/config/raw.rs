//! What the file says: one struct a section, with the defaults and the words that `config schema` shows.
//!
//! Shapes only; what they mean is decided in `checked` and its siblings. What a kind of source or channel wants to know
//! stands with each of them.

use crate::bench::known::{LanguageKey, NormKey, RoleKey};
use crate::channels::ChannelRaw;
use crate::config::anchor::RawAnchor;
use crate::config::directory::raw::{
    RawCode, RawCommunity, RawContact, RawDirectory, RawEnterprise, RawMeasure, RawPoint, RawScope,
    RawTownship, RawUnit,
};
use crate::config::grouping::GroupingRaw;
use crate::config::notices::RawNotices;
use crate::config::roster::RawShift;
use crate::config::rule::RuleRaw;
use crate::config::target::RawTarget;
use crate::sources::SourceRaw;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawConfig {
    /// The duty room.
    pub room: RawRoom,
    /// Where facts and readings are kept, and for how long.
    pub store: RawStore,
    /// Where the end of the ledger is written down, out of its owner's reach.
    pub anchor: RawAnchor,
    /// How the console looks.
    pub screen: RawScreen,
    /// How alarms are handled.
    pub alarms: RawAlarms,
    /// How the people of a role are told what waits for them.
    pub notices: RawNotices,
    /// Loops of this room's own.
    pub playbooks: RawPlaybooks,
    /// Step tables of emergencies of this room's own.
    pub emergency: RawEmergency,
    /// The county, and files beside this one that list its places.
    pub directory: RawDirectory,
    /// Townships and streets, in addition to the directory's file.
    pub township: Vec<RawTownship>,
    /// Communities and villages, in addition to the directory's file.
    pub community: Vec<RawCommunity>,
    /// Units that orders go to, in addition to the directory's file.
    pub unit: Vec<RawUnit>,
    /// More people of the units, in addition to the directory's file.
    pub contact: Vec<RawContact>,
    /// Points that are measured, in addition to the directory's file.
    pub point: Vec<RawPoint>,
    /// Enterprises with a code, in addition to the directory's file.
    pub enterprise: Vec<RawEnterprise>,
    /// Grades of the enterprise code, the best first, instead of the program's own.
    pub code: Vec<RawCode>,
    /// The emergency plan: what each unit does, in addition to the directory's file.
    pub measure: Vec<RawMeasure>,
    /// Saved filters of the Points screen.
    pub scope: Vec<RawScope>,
    /// Who may act; where none is listed, whoever sits at the console is a duty operator.
    pub operator: Vec<RawOperator>,
    /// The shifts of a day; day and night from 08:00 where none is listed.
    pub shift: Vec<RawShift>,
    /// Keys bound to actions, instead of the actions' own.
    pub keys: BTreeMap<String, Vec<String>>,
    /// Thresholds of this room's own, instead of the standard ones.
    pub rule: Vec<RuleRaw>,
    /// When alarms of a kind at a point are read as one row, before the standard 20 in 24 hours.
    pub grouping: Vec<GroupingRaw>,
    /// The goals that the room has set itself for the year.
    pub target: Vec<RawTarget>,
    /// Upstreams that are polled.
    pub source: Vec<SourceRaw>,
    /// Ways out for orders.
    pub channel: Vec<ChannelRaw>,
}

/// `[room]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawRoom {
    /// The name on every screen.
    pub name: String,
    /// A link to a map of the place, in every order: an address with `{lat}` and `{lon}` (WGS 84), `{gcj02_lat}` and
    /// `{gcj02_lon}`, or `{bd09_lat}` and `{bd09_lon}`.
    pub map: Option<String>,
    /// The language a seat begins in, and in which orders are written: `zh` or `en`.
    #[schemars(with = "LanguageKey")]
    pub language: String,
    /// The room's fixed offset from UTC, such as `+08:00`; its days begin at this zone's midnight.
    pub zone: String,
    /// What the room's air is judged by, with its words and colours: `HJ 633` (the edition of each date), `EPA` or `EAQI`.
    #[schemars(with = "NormKey")]
    pub standard: String,
    /// Who is due when, as a CSV file: `day`, `shift`, `operators` separated by `;`, `leader`.
    pub roster_file: Option<PathBuf>,
    /// Weekdays that are free, `2026-10-01`: limits in working days leave them out.
    pub holidays: Vec<String>,
    /// Days of a weekend that are worked.
    pub workdays: Vec<String>,
}

/// `[store]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawStore {
    /// The SQLite file, relative to this one; the state folder's `lookout.db` where absent.
    pub path: Option<PathBuf>,
    /// How long readings are kept.
    pub keep_readings: String,
    /// How long closed cases stay on the board; the ledger keeps them for ever.
    pub keep_closed: String,
}

/// `[screen]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawScreen {
    /// `dark`, `light`, `contrast`, `mono`, or a theme file beside this one.
    pub theme: String,
}

/// `[alarms]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawAlarms {
    /// How long an acknowledgement holds where the person says nothing else.
    pub acknowledgement_holds: String,
    /// The longest an alarm may be shelved.
    pub longest_shelf: String,
}

/// `[playbooks]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawPlaybooks {
    /// A folder of playbook files; one with an embedded playbook's key takes its place.
    pub folder: Option<PathBuf>,
}

/// `[emergency]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawEmergency {
    /// Files of step tables beside this one; one with the key of a built-in table takes its place.
    pub tables: Vec<PathBuf>,
}

/// `[[operator]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOperator {
    /// The log-in name.
    pub id: String,
    /// The role they act in.
    #[schemars(with = "RoleKey")]
    pub role: String,
}

/// The JSON schema of the whole file: for editors, and for the check of a file's shape.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(RawConfig);
    schema.insert("title".to_owned(), "Lookout".into());
    schema.to_value()
}

impl Default for RawRoom {
    fn default() -> Self {
        Self {
            map: None,
            name: "Lookout".to_owned(),
            language: "zh".to_owned(),
            zone: "+08:00".to_owned(),
            standard: "HJ 633".to_owned(),
            roster_file: None,
            holidays: Vec::new(),
            workdays: Vec::new(),
        }
    }
}

impl Default for RawStore {
    fn default() -> Self {
        Self {
            path: None,
            keep_readings: "400d".to_owned(),
            keep_closed: "90d".to_owned(),
        }
    }
}

impl Default for RawScreen {
    fn default() -> Self {
        Self {
            theme: "dark".to_owned(),
        }
    }
}

impl Default for RawAlarms {
    fn default() -> Self {
        Self {
            acknowledgement_holds: "8h".to_owned(),
            longest_shelf: "12h".to_owned(),
        }
    }
}
