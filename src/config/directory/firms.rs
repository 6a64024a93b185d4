//! Enterprises: their rows checked.

use crate::bench::check::Check;
use crate::bench::fault::FaultKind;
use crate::config::directory::Known;
use crate::config::directory::people::ways;
use crate::config::directory::raw::RawEnterprise;
use crate::config::directory::rows::{RowAt, fault, place, value};
use crate::domain::directory::Enterprise;
use crate::domain::id::{CommunityId, EnterpriseId, TownshipId};
use crate::domain::text::Clean;

pub(super) fn enterprise(
    check: &mut Check<'_>,
    (at, row): &(RowAt, RawEnterprise),
    known: &Known<'_>,
) -> Enterprise {
    let township = known.towns.find(check, at, "township", row.township.as_deref());
    let community = row.community.as_deref();
    let community = known.communities.find(check, at, "community", community);
    let code = known.codes.find(check, at, "code", row.code.as_deref());
    Enterprise {
        id: EnterpriseId::new(&row.id),
        name: Clean::new(&row.name),
        township: township.map(TownshipId::new),
        community: community.map(CommunityId::new),
        place: place(check, at, (row.lat, row.lon), known.datum),
        sector: Clean::new(&row.sector),
        code: Clean::new(code.unwrap_or_default()),
        positive_list: row.positive_list.unwrap_or(false),
        tags: row.tags.0.iter().map(|tag| Clean::new(tag)).collect(),
        rated_kw: value(check, at, "rated_kw", row.rated_kw),
        curtail: curtail(check, at, row),
        contact: Clean::new(&row.contact),
        phone: Clean::new(&row.phone),
        channels: ways(check, at, (row.channel.as_deref(), row.channels.as_ref())),
    }
}

/// `Ⅲ=70`: the level, and what may still be drawn then in percent.
fn curtail(check: &mut Check<'_>, at: &RowAt, row: &RawEnterprise) -> Vec<(Clean, u32)> {
    let mut limits = Vec::new();
    for text in &row.curtail.0 {
        let parts = text.split_once('=');
        let percent = parts.and_then(|(_, percent)| percent.trim().parse().ok());
        if let (Some((level, _)), Some(percent @ 0..=100)) = (parts, percent) {
            limits.push((Clean::new(level), percent));
        } else {
            let example = "Ⅲ=70".to_owned();
            fault(check, at, "curtail", FaultKind::Expression(text.clone(), example));
        }
    }
    if row.rated_kw.is_none() && !limits.is_empty() {
        fault(check, at, "curtail", FaultKind::Wants("rated_kw".to_owned()));
    }
    limits
}
