//! What the file says: one struct a section, with the defaults and the words that `config schema` shows.
//!
//! Shapes only; what they mean is decided in `checked` and its siblings. What a kind of source or channel wants to know
//! stands in `source` and `channel`.

use crate::config::channel::ChannelRaw;
use crate::config::rule::RuleRaw;
use crate::config::source::SourceRaw;
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
    /// How the console looks.
    pub screen: RawScreen,
    /// How alarms are handled.
    pub alarms: RawAlarms,
    /// Loops of this room's own.
    pub playbooks: RawPlaybooks,
    /// Step tables of emergencies of this room's own.
    pub emergency: RawEmergency,
    /// The county, and files beside this one that list its places.
    pub directory: RawDirectory,
    /// Townships and streets, in addition to the directory's file.
    pub township: Vec<RawTownship>,
    /// Units that orders go to, in addition to the directory's file.
    pub unit: Vec<RawUnit>,
    /// Points that are measured, in addition to the directory's file.
    pub point: Vec<RawPoint>,
    /// Who may act; where none is listed, whoever sits at the console is a duty operator.
    pub operator: Vec<RawOperator>,
    /// Keys bound to actions, instead of the actions' own.
    pub keys: BTreeMap<String, Vec<String>>,
    /// Thresholds of this room's own, instead of the standard ones.
    pub rule: Vec<RuleRaw>,
    /// Upstreams that are polled.
    pub source: Vec<SourceRaw>,
    /// Ways out for orders.
    pub channel: Vec<RawChannel>,
}

/// `[room]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawRoom {
    /// The name on every screen.
    pub name: String,
    /// The language a seat begins in: `zh` or `en`.
    pub language: String,
    /// The room's fixed offset from UTC, such as `+08:00`; its days begin at this zone's midnight.
    pub zone: String,
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

/// `[directory]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawDirectory {
    /// The county's name.
    pub county: String,
    /// The datum of every position in the directory: `wgs84` or `gcj02`.
    pub datum: String,
    /// The county's boundary: latitude and longitude of each corner.
    pub boundary: Vec<[f64; 2]>,
    /// The boundary as a CSV file with the columns `lat` and `lon`.
    pub boundary_file: Option<PathBuf>,
    /// Townships as a CSV file whose columns are the keys of `[[township]]`.
    pub townships_file: Option<PathBuf>,
    /// Units as a CSV file whose columns are the keys of `[[unit]]`.
    pub units_file: Option<PathBuf>,
    /// Points as a CSV file whose columns are the keys of `[[point]]`.
    pub points_file: Option<PathBuf>,
}

/// `[[township]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTownship {
    /// Its code or key.
    pub id: String,
    /// Its name, as upstreams write it too.
    pub name: String,
    /// Its centre, degrees north.
    pub lat: Option<f64>,
    /// Its centre, degrees east.
    pub lon: Option<f64>,
    /// The unit that answers for it.
    pub unit: Option<String>,
}

/// `[[unit]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The person to call.
    #[serde(default)]
    pub contact: String,
    /// Their number.
    #[serde(default)]
    pub phone: String,
    /// The channel its orders go out by; the telephone where absent.
    pub channel: Option<String>,
}

/// `[[point]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPoint {
    /// The upstream's own code.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// `air`, `model`, `water`, `camera` or `other`.
    pub kind: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The township it stands in.
    pub township: Option<String>,
    /// A background site: shown, left out of the unit's mean.
    #[serde(default)]
    pub background: bool,
}

/// `[[operator]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOperator {
    /// The log-in name.
    pub id: String,
    /// The role they act in.
    pub role: String,
}

/// `[[channel]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct RawChannel {
    /// Its name in this room.
    pub id: String,
    /// Which kind it is, with the kind's own options.
    #[serde(flatten)]
    pub options: ChannelRaw,
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
            name: "Lookout".to_owned(),
            language: "zh".to_owned(),
            zone: "+08:00".to_owned(),
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

impl Default for RawDirectory {
    fn default() -> Self {
        Self {
            county: String::new(),
            datum: "wgs84".to_owned(),
            boundary: Vec::new(),
            boundary_file: None,
            townships_file: None,
            units_file: None,
            points_file: None,
        }
    }
}
