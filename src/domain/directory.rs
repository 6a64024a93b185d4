//! The directory: the county's places, points, enterprises, units and contacts, as configuration gives them.
//!
//! Never changes while a process runs. Found by id in [`Register`]s; what lies around a place is in [`near`].

pub mod area;
pub mod enterprise;
pub mod near;
pub mod point;
pub mod register;
pub mod unit;

use crate::domain::id::{ChannelId, CommunityId, EnterpriseId, PointId, TownshipId, UnitId};
use crate::domain::place::{Place, Ring};
use crate::domain::text::Clean;

pub use area::{Community, Township};
pub use enterprise::{CodeGrade, Enterprise};
pub use point::{POINT_KINDS, Point, PointKind};
pub use register::Register;
pub use unit::{Contact, Measure, Responder};

/// Everything the room knows about its county beforehand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directory {
    /// The county's name (余姚).
    pub county: Clean,
    /// Its boundary on WGS 84; empty if not configured.
    pub boundary: Ring,
    /// Townships and streets (乡镇街道).
    pub townships: Register<Township>,
    /// Communities and villages (社区、村).
    pub communities: Register<Community>,
    /// Units that orders go to (属地, 成员单位).
    pub units: Register<Responder>,
    /// More people of the units.
    pub contacts: Vec<Contact>,
    /// Points that are measured.
    pub points: Register<Point>,
    /// Enterprises with a code.
    pub enterprises: Register<Enterprise>,
    /// Grades of the enterprise code, the best first.
    pub codes: Register<CodeGrade>,
    /// The emergency plan: what each unit does at which level.
    pub measures: Vec<Measure>,
    /// Parts of the county that the room looks at together (the plating park …).
    pub scopes: Vec<Scope>,
}

/// A saved filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// What people call it.
    pub name: Clean,
    /// What belongs to it, in the filter language.
    pub filter: Clean,
}

/// How a township was found for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The upstream named it.
    Named,
    /// Its centre is the nearest: a guess, shown as one.
    Nearest,
}

impl Directory {
    /// The township that `area` names, or else the one whose centre lies nearest to `place` (within 30 km).
    pub fn township(&self, area: &str, place: Option<Place>) -> Option<(&Township, Found)> {
        let named = self
            .townships
            .iter()
            .find(|t| !area.is_empty() && (t.name.as_str() == area || t.id.as_str() == area));
        let named = named.or_else(|| {
            self.townships
                .iter()
                .find(|t| !t.name.is_empty() && area.contains(t.name.as_str()))
        });
        if let Some(township) = named {
            return Some((township, Found::Named));
        }
        let place = place?;
        let near = self
            .townships
            .iter()
            .filter_map(|t| Some((t, t.centre?.distance_m(place))));
        let (township, metres) = near.min_by(|a, b| a.1.total_cmp(&b.1))?;
        (metres <= 30_000.0).then_some((township, Found::Nearest))
    }

    /// A township by its key.
    pub fn township_by_id(&self, id: &TownshipId) -> Option<&Township> {
        self.townships.get(id)
    }

    /// A unit by its key.
    pub fn unit(&self, id: &UnitId) -> Option<&Responder> {
        self.units.get(id)
    }

    /// The ways to a unit, or to an enterprise that is told something itself; none is the telephone.
    pub fn ways_to(&self, id: &UnitId) -> &[ChannelId] {
        let unit = self.unit(id).map(|unit| &unit.channels);
        let firm = || {
            self.enterprise(&EnterpriseId::new(id.as_str()))
                .map(|firm| &firm.channels)
        };
        unit.or_else(firm).map_or(&[], Vec::as_slice)
    }

    /// The unit that answers for a township.
    pub fn unit_of(&self, township: &TownshipId) -> Option<&Responder> {
        self.unit(self.township_by_id(township)?.unit.as_ref()?)
    }

    /// A point by its code.
    pub fn point(&self, id: &PointId) -> Option<&Point> {
        self.points.get(id)
    }

    /// An enterprise by its code.
    pub fn enterprise(&self, id: &EnterpriseId) -> Option<&Enterprise> {
        self.enterprises.get(id)
    }

    /// The unit that answers for a community: its own, or else its township's.
    pub fn unit_of_community(&self, id: &CommunityId) -> Option<&Responder> {
        let community = self.communities.get(id)?;
        let own = community.unit.as_ref().and_then(|unit| self.unit(unit));
        own.or_else(|| self.unit_of(&community.township))
    }

    /// The people of a unit, those reached at any hour first.
    pub fn contacts_of(&self, unit: &UnitId) -> Vec<&Contact> {
        let mut found: Vec<&Contact> = self.contacts.iter().filter(|c| c.unit == *unit).collect();
        found.sort_by_key(|contact| !contact.on_call);
        found
    }
}
