//! Townships, communities, units, their people, and what the emergency plan asks of them.

use crate::bench::check::Check;
use crate::bench::fault::FaultKind;
use crate::config::directory::raw::{List, RawCommunity, RawContact, RawMeasure, RawTownship, RawUnit};
use crate::config::directory::rows::{RowAt, fault, place};
use crate::config::directory::{Known, words};
use crate::domain::directory::{Community, Contact, Measure, Responder, Township};
use crate::domain::id::{ChannelId, CommunityId, TownshipId, UnitId};
use crate::domain::text::Clean;

pub(super) fn township(
    check: &mut Check<'_>,
    (at, row): &(RowAt, RawTownship),
    known: &Known<'_>,
) -> Township {
    let unit = known.units.find(check, at, "unit", row.unit.as_deref());
    Township {
        id: TownshipId::new(&row.id),
        name: Clean::new(&row.name),
        centre: place(check, at, (row.lat, row.lon), known.datum),
        unit: unit.map(UnitId::new),
    }
}

pub(super) fn community(
    check: &mut Check<'_>,
    (at, row): &(RowAt, RawCommunity),
    known: &Known<'_>,
) -> Option<Community> {
    let township = known.towns.find(check, at, "township", Some(&row.township));
    let unit = known.units.find(check, at, "unit", row.unit.as_deref());
    Some(Community {
        id: CommunityId::new(&row.id),
        name: Clean::new(&row.name),
        unit: unit.map(UnitId::new),
        place: place(check, at, (row.lat, row.lon), known.datum),
        township: TownshipId::new(township?),
    })
}

pub(super) fn unit(check: &mut Check<'_>, (at, row): &(RowAt, RawUnit)) -> Responder {
    Responder {
        id: UnitId::new(&row.id),
        name: Clean::new(&row.name),
        contact: Clean::new(&row.contact),
        phone: Clean::new(&row.phone),
        channels: ways(check, at, (row.channel.as_deref(), row.channels.as_ref())),
    }
}

/// The ways of a unit or an enterprise, in their order, as `channel` or `channels` name them: each is configured and
/// stands there once.
pub(super) fn ways(
    check: &mut Check<'_>,
    at: &RowAt,
    (channel, channels): (Option<&str>, Option<&List>),
) -> Vec<ChannelId> {
    let there: Vec<String> = check
        .ids("channel")
        .into_iter()
        .map(|(_, id)| id.to_owned())
        .collect();
    let one = channel.iter().map(|own| ("channel", *own));
    let several = channels.iter().flat_map(|list| &list.0);
    let mut ways = Vec::new();
    if channel.is_some() && channels.is_some() {
        fault(check, at, "channel", FaultKind::Clash("channels".to_owned()));
    }
    for (key, own) in one.chain(several.map(|own| ("channels", own.as_str()))) {
        if !there.iter().any(|way| way == own) {
            fault(check, at, key, FaultKind::Nothing(own.to_owned(), there.clone()));
        }
        let way = ChannelId::new(own);
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

pub(super) fn contact(
    check: &mut Check<'_>,
    (at, row): &(RowAt, RawContact),
    known: &Known<'_>,
) -> Option<Contact> {
    let unit = known.units.find(check, at, "unit", Some(&row.unit))?;
    Some(Contact {
        unit: UnitId::new(unit),
        role: Clean::new(&row.role),
        name: Clean::new(&row.name),
        phone: Clean::new(&row.phone),
        on_call: row.on_call.unwrap_or(false),
    })
}

pub(super) fn measure(
    check: &mut Check<'_>,
    (at, row): &(RowAt, RawMeasure),
    known: &Known<'_>,
) -> Option<Measure> {
    for (key, is_empty) in [
        ("zh", row.zh.trim().is_empty()),
        ("levels", row.levels.0.is_empty()),
    ] {
        if is_empty {
            fault(check, at, key, FaultKind::Empty);
        }
    }
    let unit = known.units.find(check, at, "unit", Some(&row.unit))?;
    Some(Measure {
        unit: UnitId::new(unit),
        item: words(&row.zh, row.en.as_deref()),
        levels: row.levels.0.iter().map(|level| Clean::new(level)).collect(),
    })
}
