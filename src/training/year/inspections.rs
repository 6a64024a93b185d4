//! The Green Sword campaign (绿剑) of the training year: points drawn, inspected, rectified, rechecked. What was found
//! there stands in the ledger of problems too.

use crate::domain::decide::opening::Opening;
use crate::domain::id::PlaybookId;
use crate::domain::person::Role;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::training::year::scene::Scene;
use crate::training::year::script::{act, answer, fields};
use crate::training::year::{Begins, ScriptMatter, ScriptStep, YearPlan, evenly, volume};

/// What the draw of a point of the campaign begins with.
pub(super) const CAMPAIGN: &str = "绿剑";
/// Days that the longest course takes.
const TAKES: i64 = 9;

/// What comes in on `day`.
pub(super) fn of(plan: &YearPlan, day: i64) -> Vec<ScriptMatter> {
    let found = plan.volume(volume::SWORD_PROBLEMS);
    let points = plan.volume(volume::SWORD_POINTS);
    let scene = Scene::new();
    let at = plan.midnight(day) + Span::hours(9);
    let point = |n: u32| {
        let chance = plan.chance("inspections").nth(n.into());
        let field = scene.township(chance.of("township"))?;
        let draw = fields(&[("draw", &format!("{CAMPAIGN}第{n}号"))]);
        let title = format!("{CAMPAIGN}现场检查 {} {n}", field.township);
        let opening = Opening {
            place: Some(scene.spot(chance.of("place"), field)),
            fields: draw,
            ..Opening::by_hand(Clean::new(&title), at)
        };
        Some(ScriptMatter {
            key: Clean::new(&format!("SWORD{n:04}")),
            at,
            begins: Begins::Hand {
                playbook: PlaybookId::new("inspection"),
                opening: Box::new(opening),
                under: None,
            },
            course: course(at, n < found),
        })
    };
    evenly(day, points, plan.until(TAKES)).filter_map(point).collect()
}

fn course(at: Moment, found: bool) -> Vec<ScriptStep> {
    let hours = |days: i64, hours: i64| at + Span::hours(days * 24 + hours);
    let mut course = vec![
        act(hours(0, 1), Role::Section, "send").ordering(None),
        answer(hours(1, 1), "done", "现场检查完成"),
    ];
    if found {
        course.extend([
            act(hours(1, 5), Role::Section, "find")
                .saying("发现问题，限期整改")
                .ordering(None),
            answer(hours(5, 1), "done", "整改完成"),
            act(hours(6, 1), Role::Enforcement, "pass").saying("复核通过"),
        ]);
    } else {
        course.push(act(hours(1, 5), Role::Section, "clean").saying("未发现问题"));
    }
    course
}
