//! One judgement of every standard rule over a county's meters and emission points: what a beat of the desk costs.

use super::Report;
use imbl::OrdMap;
use lookout::domain::air::Norm;
use lookout::domain::directory::{Point, PointKind};
use lookout::domain::id::{EnterpriseId, PointId};
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::Period;
use lookout::domain::rule;
use lookout::domain::rule::Scene;
use lookout::domain::scene::Trends;
use lookout::domain::text::Clean;
use lookout::domain::time::{CHINA, Moment, Span};
use std::hint::black_box;
use std::time::Instant;

/// 06:30 in China: the hour in which nights are judged too.
const NOW: Moment = Moment::from_ms(1_790_029_800_000);
/// Judgements of one run.
const TIMES: u32 = 50;

/// Adds the figures of this part.
pub(crate) fn run(report: &mut Report) {
    let mut points = OrdMap::new();
    let mut trends = Trends::new();
    for n in 0..119_i64 {
        let (made, treated) = (format!("P{n}"), format!("T{n}"));
        let mut meter = point(&made, PointKind::Production, n);
        meter.pair = Some(PointId::new(&treated));
        points.insert(meter.id.clone(), meter);
        let meter = point(&treated, PointKind::Treatment, n);
        points.insert(meter.id.clone(), meter);
        fill(&mut trends, (&made, Quantity::Power), Period::FiveMinutes, n);
        fill(&mut trends, (&treated, Quantity::Power), Period::FiveMinutes, n);
    }
    for n in 0..87_i64 {
        let id = format!("S{n}");
        let mut stack = point(&id, PointKind::Emission, n);
        let of = [Quantity::StackNox, Quantity::StackSo2];
        stack.limits = of.map(|of| (of, Value::whole(90))).to_vec();
        stack.ranges = of.map(|of| (of, Value::whole(200))).to_vec();
        points.insert(stack.id.clone(), stack);
        for of in [Quantity::StackNox, Quantity::StackSo2, Quantity::Flow] {
            fill(&mut trends, (&id, of), Period::Minute, n);
        }
    }
    let scene = Scene {
        now: NOW,
        zone: CHINA,
        points: &points,
        feeds: &OrdMap::new(),
        trends: &trends,
        indices: &OrdMap::new(),
        latest: &OrdMap::new(),
        declared: &OrdMap::new(),
        maintained: &OrdMap::new(),
        curtailed: &OrdMap::new(),
        since: None,
    };
    let rules = rule::standard(Norm::default());
    let started = Instant::now();
    for _ in 0..TIMES {
        black_box(rule::judge(&rules, black_box(&scene)));
    }
    let each = started.elapsed() / TIMES;
    report.add(
        "119 metered firms and 87 points judged once, nights included",
        "≤ 1 ms where nothing changed",
        format!("{:.2} ms", each.as_secs_f64() * 1e3),
    );
}

fn point(id: &str, kind: PointKind, owner: i64) -> Point {
    let mut point = Point::new(PointId::new(id), Clean::new(id), kind);
    point.owner = Some(EnterpriseId::new(&format!("E{owner}")));
    point
}

/// Two days of values that wander.
fn fill(trends: &mut Trends, (point, quantity): (&str, Quantity), period: Period, seed: i64) {
    let step = period.length().ms();
    let count = Span::hours(48).ms() / step;
    let values = (0..count).rev().map(|n| {
        let value = Value::whole(40 + (n * 37 + seed * 11) % 23);
        (NOW - Span::from_ms(n * step), value)
    });
    trends.insert((PointId::new(point), quantity, period), values.collect());
}
