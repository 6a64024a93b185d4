//! The ledger of problems of the training year (问题台账): registered, judged, assigned, rectified, accepted, looked back
//! at. Those still open at the end were found last.

use crate::domain::decide::opening::Opening;
use crate::domain::id::PlaybookId;
use crate::domain::person::Role;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::training::chance::Chance;
use crate::training::year::scene::Scene;
use crate::training::year::script::{act, answer, fields};
use crate::training::year::{Begins, ScriptMatter, ScriptStep, YearPlan, evenly, volume};

/// Days until the slowest is accepted.
const TAKES: i64 = 9;
/// Where problems come from, beside those of control: the source's code, area and task, how many.
const SOURCES: &[(&str, &str, &str, u32)] = &[
    ("green_sword", "air", "air.1", volume::SWORD_PROBLEMS),
    ("area_source", "air", "air.2", volume::SUPERVISED),
    ("mine", "air", "air.3", volume::MINES),
    ("water_source", "water", "water.1", volume::SOURCE_WATER),
    ("inspection", "waste", "waste.1", volume::INSPECTION),
];
/// The rest, found on patrol.
const PATROL: (&str, &str, &str) = ("patrol", "risk", "risk.1");

/// What a problem is registered as.
pub(super) struct Found<'a> {
    /// Its source, area and task.
    pub(super) source: (&'a str, &'a str, &'a str),
    /// Its name in the script.
    pub(super) key: String,
    /// The matter it belongs under.
    pub(super) under: Option<Clean>,
    /// When.
    pub(super) at: Moment,
    /// After how many days it is rectified; `None` while it is not.
    pub(super) days: Option<i64>,
}

/// What comes in on `day`.
pub(super) fn of(plan: &YearPlan, day: i64) -> Vec<ScriptMatter> {
    let scene = Scene::new();
    let at = plan.midnight(day) + Span::hours(9);
    let (open, whole) = (plan.volume(volume::PROBLEMS_OPEN), plan.volume(volume::PROBLEMS));
    let mut rest = whole
        .saturating_sub(open)
        .saturating_sub(plan.volume(volume::CONTROL_PROBLEMS));
    let mut all = Vec::new();
    let mut push = |source: (&str, &str, &str), n: u32, closes: bool| {
        let key = format!("PROB-{}-{n:04}", source.0);
        let chance = plan.chance(&key);
        let days = closes.then(|| 2 + (chance.of("days").unit() * 5.0) as i64);
        let found = Found {
            source,
            key,
            under: None,
            at,
            days,
        };
        all.extend(registered(&scene, found, chance));
    };
    for (source, area, task, count) in SOURCES {
        let count = plan.volume(*count);
        rest = rest.saturating_sub(count);
        for n in evenly(day, count, plan.until(TAKES)) {
            push((source, area, task), n, true);
        }
    }
    for n in evenly(day, rest, plan.until(TAKES)) {
        push(PATROL, n, true);
    }
    let last = i64::from(plan.days);
    for n in evenly(day, open, last / 2..last - 2) {
        push(PATROL, rest + n, false);
    }
    all
}

/// A problem with its course.
pub(super) fn registered(scene: &Scene, found: Found<'_>, chance: Chance) -> Option<ScriptMatter> {
    let field = scene.township(chance.of("township"))?;
    let title = format!("{} {}", field.township, found.key);
    let opening = Opening {
        place: Some(scene.spot(chance.of("place"), field)),
        fields: fields(&[("source", found.source.0)]),
        ..Opening::by_hand(Clean::new(&title), found.at)
    };
    Some(ScriptMatter {
        key: Clean::new(&found.key),
        at: found.at,
        course: course(&found),
        begins: Begins::Hand {
            playbook: PlaybookId::new("problem"),
            opening: Box::new(opening),
            under: found.under,
        },
    })
}

fn course(found: &Found<'_>) -> Vec<ScriptStep> {
    let hours = |days: i64, hours: i64| found.at + Span::hours(days * 24 + hours);
    let (_, area, task) = found.source;
    let judged = [
        ("area", area),
        ("task", task),
        ("grade", "general"),
        ("measure", "限期整改，附整改前后照片"),
    ];
    let mut course = vec![
        act(hours(0, 1), Role::Section, "assess").filling(&judged),
        act(hours(0, 2), Role::Section, "assign").ordering(None),
        answer(hours(1, 1), "received", "收到，立即整改"),
    ];
    let Some(days) = found.days else { return course };
    let accepted = days + 1;
    course.extend([
        answer(hours(days, 1), "done", "整改完成，申请验收"),
        act(hours(accepted, 1), Role::Section, "accept").saying("现场验收合格，销号"),
        act(hours(accepted + 30, 5), Role::Section, "hold").saying("回头看未反弹"),
        act(hours(accepted + 90, 8), Role::Section, "end").saying("再次回头看未反弹"),
    ]);
    course
}
