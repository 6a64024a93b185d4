//! Straw fires of the training year (秸秆火情): most of them after the two harvests, before dusk; a few on any evening.

use crate::domain::person::Role;
use crate::domain::signal::SignalKind;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::training::chance::Chance;
use crate::training::year::scene::Scene;
use crate::training::year::script::{act, answer};
use crate::training::year::{Begins, ScriptMatter, ScriptStep, WHOLE, YearPlan, dealt, volume};

/// How often the camera towers are polled here.
const POLL: Span = Span::mins(5);
/// Polls of a harvest day that bring fires.
const POLLS: i64 = 20;
/// What a harvest day has for each fire of another day.
const HARVEST: u64 = 17;

/// Wheat and rape from late May on, rice from mid-October on.
fn is_harvest(plan: &YearPlan, day: i64) -> bool {
    let of_year = day * i64::from(WHOLE) / i64::from(plan.days.max(1));
    (145..185).contains(&of_year) || (288..343).contains(&of_year)
}

/// What comes in on `day`.
pub(super) fn of(plan: &YearPlan, day: i64) -> Vec<ScriptMatter> {
    let weight = |day| if is_harvest(plan, day) { HARVEST } else { 1 };
    let whole = plan.until(0);
    let real = dealt(day, plan.volume(volume::FIRES), whole.clone(), weight);
    let mistaken = dealt(day, plan.volume(volume::FALSE_FIRES), whole, weight);
    let scene = Scene::new();
    let dusk = plan.midnight(day) + Span::mins(16 * 60 + 30);
    let polls = if is_harvest(plan, day) { POLLS } else { 1 };
    let chance = plan.chance("fires");
    let real = real.map(|n| (format!("HJ{n:05}"), true, chance.nth(n.into())));
    let mistaken = mistaken.map(|n| (format!("HX{n:05}"), false, chance.of("mistaken").nth(n.into())));
    let matter = |(key, is_real, chance): (String, bool, Chance)| {
        let poll = dusk + times(POLL, (chance.of("poll").unit() * polls as f64) as i64);
        let at = poll - chance.of("seen").span(Span::secs(10), Span::secs(100));
        let signal = scene.signal(("tower", SignalKind::Fire), (&key, "秸秆焚烧"), at, chance)?;
        let course = if is_real {
            put_out(poll, &key, chance)
        } else {
            let reason = chance
                .of("why")
                .pick(&["mist", "cloud", "chimney", "dust", "glare"]);
            vec![act(poll, Role::Operator, "false").because(reason.unwrap_or(&"other"))]
        };
        Some(ScriptMatter {
            key: Clean::new(&key),
            at: poll,
            begins: Begins::Signal(Box::new(signal)),
            course,
        })
    };
    real.chain(mistaken).filter_map(matter).collect()
}

/// Sent, received, on the scene, out, checked, closed; some are slow.
fn put_out(at: Moment, key: &str, chance: Chance) -> Vec<ScriptStep> {
    let slow = if chance.of("slow").happens(0.06) { 2 } else { 0 };
    let later = |polls: i64| at + times(POLL, polls);
    let reason = chance
        .of("closed")
        .pick(&["educated", "educated", "nobody", "fined"]);
    vec![
        act(at, Role::Operator, "verify_dispatch").ordering(None),
        answer(later(1), "received", "收到"),
        answer(later(2 + slow), "on_scene", "已到现场"),
        answer(later(5 + slow), "done", "已扑灭"),
        act(later(6 + slow), Role::Operator, "check"),
        act(later(7 + slow), Role::Operator, "close")
            .because(reason.unwrap_or(&"other"))
            .showing(&format!("photo/{key}.jpg")),
    ]
}

fn times(span: Span, n: i64) -> Span {
    Span::from_ms(span.ms() * n)
}
