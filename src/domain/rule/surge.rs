//! `surge`: an item of water that is a multiple of what it was a round before — a discharge, or an instrument.
//!
//! Only above the limit of class Ⅱ: in clean water a doubling is next to nothing. It ends with the next round that is no
//! multiple of its own forerunner.

use crate::domain::air::Norm;
use crate::domain::directory::PointKind;
use crate::domain::quantity::Value;
use crate::domain::rule::{
    Condition, Judge, Kind, RuleSetting, Scene, of_quantity, percent, proposed, shown, symbol,
};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::threshold::{ValueKind, thresholds};
use crate::domain::water;
use crate::domain::water::{Body, Class, Item};
use std::sync::Arc;

/// The row of this rule.
pub(super) const KIND: Kind = Kind {
    key: "surge",
    says: "A multiple of the value a round before.",
    thresholds: thresholds! {
        needed percent: ValueKind::Count(101, 10_000), "From how many per cent of the value before.";
    },
    make: |given| {
        Ok(Arc::new(Surge {
            percent: given.count("percent")?,
        }))
    },
    standard,
};

#[derive(Debug)]
struct Surge {
    percent: i64,
}

/// WQ-JUMP.
fn standard(_: Norm) -> Vec<RuleSetting> {
    let test = Surge { percent: 200 };
    vec![proposed("WQ-JUMP", test, "×2, > Ⅱ")]
}

impl Judge for Surge {
    fn judge(&self, code: &Clean, scene: &Scene<'_>, out: &mut Vec<Condition>) {
        for point in scene.of_kind(&[PointKind::Water, PointKind::Reservoir]) {
            let body = if point.kind == PointKind::Reservoir {
                Body::Lake
            } else {
                Body::River
            };
            for series in scene.sampled(&point.id) {
                let quantity = series.quantity;
                let least = Item::of(quantity).and_then(|item| least(body, item));
                let (Some(least), Some(last)) = (least, series.newest(2)) else {
                    continue;
                };
                let [(_, before), (at, now)] = last.as_slice() else {
                    continue;
                };
                let verdict = (*now > least && *now >= percent(*before, self.percent)).then(|| {
                    let (was, is) = (before.fixed(quantity.decimals()), shown(quantity, *now));
                    let name = scene.name(&point.id);
                    let title = format!("{name} {} {was} → {is}", symbol(quantity));
                    let mut cause = scene.cause(code, Severity::Yellow, &point.id, &title, *at);
                    let past = series.after(*at - crate::domain::declared::STAY);
                    cause.evidence = scene.evidence(&point.id, quantity, &past, None);
                    cause
                });
                let id = of_quantity(code, &point.id, quantity);
                out.push(Condition { id, verdict });
            }
        }
    }
}

/// Above what an item is worth a word. Total nitrogen has classes in still water only; the same limit serves in rivers.
fn least(body: Body, item: Item) -> Option<Value> {
    water::limit(body, item, Class::Two).or_else(|| water::limit(Body::Lake, item, Class::Two))
}
