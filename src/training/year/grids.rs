//! Hot-grid warnings (热点网格) and satellite patches (卫星图斑) of the training year: sent out, looked into, reported up.

use crate::domain::person::Role;
use crate::domain::signal::SignalKind;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::training::chance::Chance;
use crate::training::year::scene::Scene;
use crate::training::year::script::{act, answer};
use crate::training::year::{Begins, ScriptMatter, ScriptStep, YearPlan, evenly, volume};

/// Days that the longest course takes.
const TAKES: i64 = 4;

/// What comes in on `day`.
pub(super) fn of(plan: &YearPlan, day: i64) -> Vec<ScriptMatter> {
    let (grids, firms) = (plan.volume(volume::GRIDS), plan.volume(volume::GRID_FIRMS));
    let patches = plan.volume(volume::PATCHES);
    let scene = Scene::new();
    let at = plan.midnight(day) + Span::hours(10);
    let of_kind = |kind: (&str, SignalKind), key: String, title: &str, course: Vec<ScriptStep>| {
        let signal = scene.signal(kind, (&key, title), at, plan.chance(&key))?;
        Some(ScriptMatter {
            key: Clean::new(&key),
            at,
            begins: Begins::Signal(Box::new(signal)),
            course,
        })
    };
    let grid = |n: u32| {
        let key = format!("GRID{n:03}");
        let course = looked_into(at, share(firms, n, grids), plan.chance(&key));
        of_kind(
            ("hot-grid", SignalKind::HotGrid),
            key,
            "热点网格 PM2.5 偏高",
            course,
        )
    };
    let patch = |n: u32| {
        let key = format!("PATCH{n:03}");
        let course = walked(at);
        of_kind(("patches", SignalKind::SatellitePatch), key, "卫星图斑", course)
    };
    let grids = evenly(day, grids, plan.until(TAKES)).filter_map(grid);
    grids
        .chain(evenly(day, patches, plan.until(TAKES)).filter_map(patch))
        .collect()
}

/// The `n`-th of `parts` whole parts of `whole`.
fn share(whole: u32, n: u32, parts: u32) -> u32 {
    let upto = |n: u32| whole * n / parts.max(1);
    upto(n + 1) - upto(n)
}

fn looked_into(at: Moment, firms: u32, chance: Chance) -> Vec<ScriptStep> {
    let firms = firms.to_string();
    let firms: &[(&str, &str)] = &[("firms", &firms)];
    let hours = |hours: i64| at + Span::hours(hours);
    let mut course = vec![
        act(at, Role::Operator, "dispatch").ordering(None),
        answer(hours(3), "on_scene", "已到网格"),
    ];
    if chance.of("found").happens(0.6) {
        course.extend([
            act(hours(6), Role::Operator, "found")
                .saying("物料未覆盖、治理设施运行不正常")
                .filling(firms),
            answer(hours(28), "done", "已整改"),
            act(hours(29), Role::Section, "pass"),
        ]);
    } else {
        course.push(
            act(hours(6), Role::Operator, "none")
                .because("transport")
                .filling(firms),
        );
    }
    course.push(act(hours(30), Role::Section, "report").saying("已在上级平台反馈"));
    course
}

fn walked(at: Moment) -> Vec<ScriptStep> {
    let hours = |hours: i64| at + Span::hours(hours);
    vec![
        act(hours(3), Role::Section, "dispatch").ordering(None),
        answer(hours(30), "done", "已到图斑，附照片"),
        act(hours(52), Role::Section, "nothing").because("approved"),
    ]
}
