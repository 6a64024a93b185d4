//! Signals (信号): something an upstream says happened, with the upstream's own id.

use crate::domain::id::{PointId, SourceId};
use crate::domain::place::Place;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// How much it matters: the four warning colours, most severe first in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 蓝: to be known within the shift.
    #[default]
    Blue,
    /// 黄: to be handled within half an hour.
    Yellow,
    /// 橙: to be handled within ten minutes.
    Orange,
    /// 红: to be handled at once.
    Red,
}

/// One row a severity: its key in configuration and JSON, most severe first.
pub const SEVERITIES: &[(Severity, &str)] = &[
    (Severity::Red, "red"),
    (Severity::Orange, "orange"),
    (Severity::Yellow, "yellow"),
    (Severity::Blue, "blue"),
];

impl Severity {
    /// What words rank as that no table knows: as much as can be, until a person has read them.
    pub const UNKNOWN: Self = Self::Red;

    /// The key in configuration and JSON.
    pub fn key(self) -> &'static str {
        SEVERITIES
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        SEVERITIES.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// What kind of thing happened. A playbook and an alarm code belong to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignalKind {
    /// A straw fire (秸秆火情) or a hot spot seen.
    Fire,
    /// A weather or air-quality warning of an authority.
    Weather,
    /// A hot grid cell (热点网格).
    HotGrid,
    /// A fence or boundary post crossed (电子围栏).
    Intrusion,
    /// A suspected place on satellite imagery (卫星图斑).
    SatellitePatch,
    /// A petition or complaint (信访).
    Petition,
    /// A high value met by a mobile cruise (走航).
    Cruise,
    /// An enterprise's code became worse (赋码变更).
    CodeChange,
    /// A radiation source (辐射).
    Radiation,
    /// An environmental emergency (突发环境事件).
    Emergency,
    /// A sea outlet over its limit or faulty (入海排口).
    Outlet,
    /// A forecast that asks for a consultation (会商).
    Forecast,
    /// Any other alert, such as Alertmanager's.
    Alert,
}

/// One row a kind: its key in configuration and JSON, and the code of its alarm in the catalogue (loops, part 4.3).
pub const SIGNAL_KINDS: &[(SignalKind, &str, &str)] = &[
    (SignalKind::Fire, "fire", "STRAW-FIRE"),
    (SignalKind::Weather, "weather", "WEATHER"),
    (SignalKind::HotGrid, "hot_grid", "HG-WARN"),
    (SignalKind::Intrusion, "intrusion", "WS-INTR"),
    (SignalKind::SatellitePatch, "satellite_patch", "SAT-PATCH"),
    (SignalKind::Petition, "petition", "PET-NEW"),
    (SignalKind::Cruise, "cruise", "CRUISE"),
    (SignalKind::CodeChange, "code_change", "CODE-CHG"),
    (SignalKind::Radiation, "radiation", "RAD"),
    (SignalKind::Emergency, "emergency", "ENV-EMG"),
    (SignalKind::Outlet, "outlet", "OUT-EX"),
    (SignalKind::Forecast, "forecast", "FCST"),
    (SignalKind::Alert, "alert", "ALERT"),
];

impl SignalKind {
    /// The code of the alarm it raises.
    pub fn code(self) -> &'static str {
        SIGNAL_KINDS
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.2)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        SIGNAL_KINDS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// One signal as read in one poll. (source, id) is its identity for ever.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// Who says so.
    pub source: SourceId,
    /// The upstream's own id, stable over polls.
    pub id: Clean,
    /// What happened.
    pub kind: SignalKind,
    /// How much it matters; as much as can be where [`Signal::severity_words`] are not known.
    pub severity: Severity,
    /// The severity in the upstream's own words, where no table knows them; else empty.
    pub severity_words: Clean,
    /// Whether it still lasts. An upstream that only adds (fires seen) never ends one by itself.
    pub active: bool,
    /// One line.
    pub title: Clean,
    /// The rest of what was said.
    pub detail: Clean,
    /// Where, if told.
    pub place: Option<Place>,
    /// The township or area as the upstream names it; empty if not told.
    pub area: Clean,
    /// The camera, station or device that saw it, if told.
    pub point: Option<PointId>,
    /// The direction in which that camera saw it, degrees clockwise from north.
    pub bearing: Option<f64>,
    /// A picture of it: an address on the web; empty if not told.
    pub picture: Clean,
    /// When it began, or was seen.
    pub at: Moment,
    /// When it ends or its message expires, if told.
    pub ends: Option<Moment>,
    /// Further fields worth showing on a card, in the upstream's order.
    pub fields: Vec<(Clean, Clean)>,
}
