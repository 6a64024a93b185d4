//! What runs under an episode: measures of units, curtailed enterprises, cruises, problems, and what they add up to.

use crate::domain::case::Case;
use crate::domain::episode::{CRUISE, CURTAILMENT, Episode, LIMIT_KW, MEASURE, PROBLEM, WATCH};
use crate::domain::id::{EnterpriseId, UnitId};
use crate::domain::playbook::meaning::{cruise, curtailment};
use crate::domain::quantity::Value;
use crate::domain::scene::Restraint;
use crate::domain::time::{Moment, Zone};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Where a measure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureStanding {
    /// 待下达.
    ToSend,
    /// 未送达: sent, and not yet with its unit.
    Sending,
    /// 待签收.
    ToSign,
    /// 已签收.
    Signed,
    /// 执行中.
    Running,
    /// 核查.
    Checking,
    /// 不到位: under rectification (整改), or not in place when the episode ended.
    Failed,
    /// 到位.
    InPlace,
    /// 已撤销: counts nowhere.
    Withdrawn,
}

/// One row a meaning of a stage of the loop `measure`.
pub const STANDINGS: &[(MeasureStanding, &str)] = &[
    (MeasureStanding::ToSend, "to_send"),
    (MeasureStanding::Sending, "sending"),
    (MeasureStanding::ToSign, "to_sign"),
    (MeasureStanding::Signed, "signed"),
    (MeasureStanding::Running, "running"),
    (MeasureStanding::Checking, "checking"),
    (MeasureStanding::Failed, "rectifying"),
    (MeasureStanding::Failed, "ended"),
    (MeasureStanding::InPlace, "in_place"),
    (MeasureStanding::Withdrawn, "withdrawn"),
];

impl MeasureStanding {
    /// Of a measure's case; a stage that this program does not know is under way while it is open.
    pub fn of(case: &Case) -> Self {
        let row = STANDINGS.iter().find(|row| row.1 == case.state.means.as_str());
        let unknown = if case.state.closed.is_some() {
            Self::InPlace
        } else {
            Self::Running
        };
        row.map_or(unknown, |row| row.0)
    }
}

/// Where a curtailed enterprise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Curtailing {
    /// 待通知.
    ToTell,
    /// 未送达: its notice is out, or it is to be telephoned.
    Telling,
    /// 已通知.
    Notified,
    /// 已确认.
    Confirmed,
    /// 已生效.
    InForce,
    /// 超限.
    Exceeding,
    /// 已说明, to be checked from afar.
    Explained,
    /// 现场核查.
    OnSite,
    /// 已销号.
    Closed,
    /// 豁免: counts neither for nor against.
    Exempt,
    /// 已立案.
    Filed,
}

/// One row a standing of an enterprise: what its stage in the loop `curtailment` means.
pub const CURTAILINGS: &[(Curtailing, &str)] = &[
    (Curtailing::ToTell, "to_tell"),
    (Curtailing::Telling, "telling"),
    (Curtailing::Notified, "notified"),
    (Curtailing::Confirmed, "confirmed"),
    (Curtailing::InForce, "in_force"),
    (Curtailing::Exceeding, "exceeding"),
    (Curtailing::Explained, "explained"),
    (Curtailing::OnSite, "on_site"),
    (Curtailing::Closed, "closed"),
    (Curtailing::Exempt, "exempt"),
    (Curtailing::Filed, "filed"),
];

/// A curtailed enterprise of an episode.
#[derive(Clone, Copy, Debug)]
pub struct Curtailed<'a> {
    /// Its case.
    pub case: &'a Case,
}

impl<'a> Curtailed<'a> {
    /// Which.
    pub fn enterprise(self) -> Option<&'a EnterpriseId> {
        self.case.matter.enterprise.as_ref()
    }

    /// Where it stands; a stage that this program does not know is in force while it is open.
    pub fn at(self) -> Curtailing {
        let row = CURTAILINGS
            .iter()
            .find(|row| row.1 == self.case.state.means.as_str());
        let unknown = if self.case.state.closed.is_some() {
            Curtailing::Closed
        } else {
            Curtailing::InForce
        };
        row.map_or(unknown, |row| row.0)
    }

    /// Whether it was told: its notice has arrived, or a call was recorded.
    pub fn is_told(self) -> bool {
        self.case.walk().was_in(curtailment::NOTIFIED)
    }

    /// What it may still draw, in kW; `None` where nobody has said.
    pub fn limit_kw(self) -> Option<Value> {
        Value::parse(self.case.field(LIMIT_KW))
    }

    /// Whether its limit holds now.
    pub fn holds(self) -> bool {
        use Curtailing as C;
        self.case.is_open() && matches!(self.at(), C::InForce | C::Exceeding | C::Explained | C::OnSite)
    }

    /// What it may draw and since when, while that holds: since its limit came into force for it, which is after it was told.
    pub fn restraint(self) -> Option<Restraint> {
        let limit = self.limit_kw().filter(|_| self.holds())?;
        let since = self.case.walk().first_in(curtailment::IN_FORCE)?;
        Some(Restraint { limit, since })
    }

    /// What came of it by the steps that stand: what was decided counts, not what was once suspected.
    pub fn verdict(self) -> Verdict {
        let walk = self.case.walk();
        if !walk.was_in(curtailment::IN_FORCE) {
            return Verdict::Free;
        }
        // An explanation that holds leads back from its check; what was found on site was a breach, rectified or prosecuted.
        let found = walk.steps().iter().any(|step| {
            let is_settled = step.entered(curtailment::IN_FORCE) || step.entered(curtailment::FILED);
            step.left(curtailment::ON_SITE) && is_settled
        });
        let by_hand =
            self.case.field(WATCH) == curtailment::MANUAL && walk.made(curtailment::CHECK).next().is_none();
        match self.at() {
            _ if found => Verdict::Breached,
            Curtailing::Exceeding | Curtailing::Explained | Curtailing::OnSite => Verdict::Undecided,
            _ if by_hand && !walk.was_in(curtailment::EXCEEDING) => Verdict::Unseen,
            Curtailing::ToTell
            | Curtailing::Telling
            | Curtailing::Notified
            | Curtailing::Confirmed
            | Curtailing::InForce
            | Curtailing::Closed
            | Curtailing::Exempt
            | Curtailing::Filed => Verdict::Kept,
        }
    }
}

/// What came of what a curtailed enterprise drew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Its limit never came into force: there was nothing to keep.
    Free,
    /// It kept to it (合规): never over, or each time with an explanation that was found to hold.
    Kept,
    /// It was over, and nobody has decided yet (待核).
    Undecided,
    /// It was to be checked by hand, and nobody did (未核查).
    Unseen,
    /// It was found over its limit on site (违规).
    Breached,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// Those that are.
    pub there: usize,
    /// All that could be.
    pub of: usize,
}

impl Ratio {
    /// In tenths of a percent, half up; `None` of nothing.
    pub fn permille(self) -> Option<usize> {
        (self.there * 2000 + self.of).checked_div(self.of * 2)
    }

    /// Of these, those that are.
    fn count(all: impl IntoIterator<Item = bool>) -> Self {
        all.into_iter().fold(Self::default(), |share, is| Self {
            there: share.there + usize::from(is),
            of: share.of + 1,
        })
    }
}

/// What an episode adds up to: its evaluation as figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Local days in force.
    pub days: usize,
    /// Measures in place, of those not withdrawn.
    pub measures: Ratio,
    /// Enterprises told.
    pub told: usize,
    /// Of those, exempt.
    pub exempt: usize,
    /// Enterprises that kept to their limit, of those whose limit was in force, undecided and unseen ones among them.
    pub complied: Ratio,
    /// Of these, those over their limit about which nobody has decided.
    pub undecided: usize,
    /// Of these, those that were to be checked by hand and were not.
    pub unseen: usize,
    /// Of these, those found over their limit.
    pub breached: usize,
    /// Enterprises prosecuted.
    pub filed: usize,
    /// Cruises that were run.
    pub cruises: usize,
    /// Local days with a cruise; counted on their own, not as days in force.
    pub cruise_days: usize,
    /// Kilometres cruised, as far as they are written down.
    pub km: Value,
    /// Problems closed, of those found.
    pub problems: Ratio,
}

impl<'a> Episode<'a> {
    /// Its measures.
    pub fn measures(&self) -> impl Iterator<Item = &'a Case> + use<'a> {
        self.under(MEASURE)
    }

    /// Its measures by unit, in the order of the units' ids; those without one come first.
    pub fn by_unit(&self) -> BTreeMap<Option<&'a UnitId>, Vec<&'a Case>> {
        let mut units: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for case in self.measures() {
            units.entry(case.state.unit.as_ref()).or_default().push(case);
        }
        units
    }

    /// Its curtailed enterprises.
    pub fn curtailments(&self) -> impl Iterator<Item = Curtailed<'a>> + use<'a> {
        self.under(CURTAILMENT).map(|case| Curtailed { case })
    }

    /// Its cruises.
    pub fn cruises(&self) -> impl Iterator<Item = &'a Case> + use<'a> {
        self.under(CRUISE)
    }

    /// Its problems: registered under it or found by one of its cruises.
    pub fn problems(&self) -> impl Iterator<Item = &'a Case> + use<'a> {
        let state = self.state;
        let found = self.cruises().flat_map(move |cruise| state.under(&cruise.id));
        let found = found.filter(|case| case.matter.playbook.as_str() == PROBLEM);
        self.under(PROBLEM).chain(found)
    }

    /// What it adds up to by `now`.
    pub fn figures(&self, now: Moment, zone: Zone) -> Figures {
        let curtailed: Vec<Curtailed<'a>> = self.curtailments().collect();
        let at = |which| curtailed.iter().filter(|c| c.at() == which).count();
        let verdicts: Vec<Verdict> = curtailed.iter().map(|c| c.verdict()).collect();
        let in_force = verdicts.iter().filter(|verdict| **verdict != Verdict::Free);
        let of = |which| verdicts.iter().filter(|verdict| **verdict == which).count();
        let cruises: Vec<&Case> = self
            .cruises()
            .filter(|case| cruise_day(case, zone).is_some())
            .collect();
        let km = cruises
            .iter()
            .filter_map(|case| Value::parse(case.field(cruise::KM)));
        Figures {
            days: self.days(now, zone).count(),
            measures: in_place(self.measures()),
            told: curtailed.iter().filter(|c| c.is_told()).count(),
            exempt: at(Curtailing::Exempt),
            complied: Ratio::count(in_force.map(|verdict| *verdict == Verdict::Kept)),
            undecided: of(Verdict::Undecided),
            unseen: of(Verdict::Unseen),
            breached: of(Verdict::Breached),
            filed: at(Curtailing::Filed),
            cruises: cruises.len(),
            cruise_days: cruises
                .iter()
                .filter_map(|case| cruise_day(case, zone))
                .collect::<BTreeSet<_>>()
                .len(),
            km: km.fold(Value::default(), |sum, km| {
                Value::from_micro(sum.micro().saturating_add(km.micro()))
            }),
            problems: Ratio::count(self.problems().map(|case| case.state.closed.is_some())),
        }
    }
}

/// Measures in place, of those not withdrawn.
pub fn in_place<'a>(measures: impl IntoIterator<Item = &'a Case>) -> Ratio {
    let standing = measures.into_iter().map(MeasureStanding::of);
    let counted = standing.filter(|standing| *standing != MeasureStanding::Withdrawn);
    Ratio::count(counted.map(|standing| standing == MeasureStanding::InPlace))
}

/// The local day on which a cruise set out; `None` where it never did.
pub fn cruise_day(case: &Case, zone: Zone) -> Option<NaiveDate> {
    case.walk().first_in(cruise::RUNNING).map(|at| at.date(zone))
}
