//! Fires that a satellite saw in the last day, as the area interface of FIRMS writes them: few, two passes a day, the
//! centre of a pixel of 375 m. A cross-check of the towers, never their replacement.

use crate::domain::time::{Moment, Span, Zone};
use crate::training::feeds::{CSV, Feed};
use crate::training::fires::Fire;
use crate::training::world::World;
use std::fmt::Write;

pub(super) const FEED: Feed = Feed {
    name: "firms",
    path: "/firms/",
    kind: CSV,
    body,
};

const HEADER: &str = "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,\
                      bright_ti5,frp,daynight\n";
/// Passes in UTC: about half past one at local day and night.
const PASSES: [(Span, &str); 2] = [(Span::mins(5 * 60 + 24), "D"), (Span::mins(17 * 60 + 42), "N")];
/// Data arrive this long after the pass.
const ARRIVES_AFTER: Span = Span::mins(90);
/// How long burnt ground can be told from the ground around it.
const STAYS_WARM: Span = Span::hours(4);
const UTC: Zone = match Zone::east_opt(0) {
    Some(zone) => zone,
    None => unreachable!(),
};

fn body(world: &World, now: Moment) -> String {
    let mut out = HEADER.to_owned();
    let today = now.floor(Span::days(1));
    for midnight in [today - Span::days(1), today] {
        for (pass, light) in PASSES {
            let at = midnight + pass;
            let arrives = at + ARRIVES_AFTER;
            if arrives <= now && now - arrives < Span::hours(22) {
                push_pass(&mut out, world, at, light);
            }
        }
    }
    out
}

fn push_pass(out: &mut String, world: &World, at: Moment, light: &str) {
    let burning = world.fires(at - STAYS_WARM, at);
    for fire in burning.iter().filter(|fire| fire.is_real()) {
        let chance = world.chance.of("satellite").of(&fire.id);
        let cools = (at - fire.at).ms() as f64 / STAYS_WARM.ms() as f64;
        if chance
            .of("seen")
            .happens((0.9 * fire.strength * (1.0 - cools)).min(0.9))
        {
            push_fire(out, world, fire, (at, light));
        }
    }
}

fn push_fire(out: &mut String, world: &World, fire: &Fire, (at, light): (Moment, &str)) {
    let chance = world.chance.of("pixel").of(&fire.id);
    let off = |name: &str| chance.of(name).between(-0.0017, 0.0017);
    let confidence = if fire.strength > 1.6 { "h" } else { "n" };
    let power = 1.2 + 2.6 * fire.strength * chance.of("power").between(0.7, 1.3);
    let warm = 300.0 + 12.0 * fire.strength.min(4.0);
    let time = at.local(UTC).format("%Y-%m-%d,%H%M");
    let (lat, lon) = (fire.place.lat() + off("lat"), fire.place.lon() + off("lon"));
    writeln!(
        out,
        "{lat:.5},{lon:.5},{warm:.2},0.42,0.37,{time},N20,VIIRS,{confidence},2.0NRT,{:.2},{power:.2},{light}",
        warm - 22.0,
    )
    .expect("a String takes everything");
}
