//! Petitions of the training year (信访): accepted, sent, looked into, answered, called back. A noise complaint about the
//! same spot as the one before it is a repeat (重复投诉).

use crate::domain::decide::opening::Opening;
use crate::domain::id::PlaybookId;
use crate::domain::person::Role;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::training::chance::Chance;
use crate::training::year::scene::Scene;
use crate::training::year::script::{act, answer, fields};
use crate::training::year::{Begins, ScriptMatter, ScriptStep, YearPlan, evenly, volume};

/// Days that the longest course takes.
const TAKES: i64 = 9;
/// Noise, by kind.
const NOISES: &[&str] = &["industrial_noise", "building_noise", "social_noise"];
/// Everything else: kind and medium.
const OTHERS: &[(&str, &str)] = &[
    ("odour", "air"),
    ("fumes", "air"),
    ("dust", "air"),
    ("sewage", "water"),
    ("waste", "waste"),
    ("other", "other"),
];
/// Ways in.
const CHANNELS: &[&str] = &[
    "hotline_12345",
    "hotline_12369",
    "province",
    "police_110",
    "letter",
    "visit",
];

/// What is complained of.
struct Complaint {
    kind: &'static str,
    medium: &'static str,
    spot: u32,
    is_again: bool,
}

/// What comes in on `day`; the day before the first brings the register of the year before.
pub(super) fn of(plan: &YearPlan, day: i64) -> Vec<ScriptMatter> {
    let scene = Scene::new();
    if day < 0 {
        return (0..plan.volume(volume::PETITIONS_BEFORE))
            .map(|n| carried_over(plan.midnight(day) + Span::hours(9), n))
            .collect();
    }
    let all = plan.volume(volume::PETITIONS);
    let petition = |n: u32| {
        let chance = plan.chance("petitions").nth(n.into());
        let complaint = complaint(plan, n);
        let hour = if complaint.is_again { 15 } else { 9 };
        let at = plan.midnight(day) + Span::hours(hour);
        let field = scene.township(plan.chance("spots").nth(complaint.spot.into()))?;
        let spot = format!("{}{}号", field.township, complaint.spot);
        let channel = chance.of("channel").pick(CHANNELS).copied().unwrap_or("other");
        let opening = Opening {
            place: Some(scene.spot(plan.chance("place").nth(complaint.spot.into()), field)),
            fields: fields(&[
                ("channel", channel),
                ("kind", complaint.kind),
                ("medium", complaint.medium),
                ("spot", &spot),
                ("sudden", "no"),
            ]),
            ..Opening::by_hand(Clean::new(&format!("群众反映 {spot}（{n}）")), at)
        };
        Some(ScriptMatter {
            key: Clean::new(&format!("PET{n:05}")),
            at,
            begins: Begins::Hand {
                playbook: PlaybookId::new("petition"),
                opening: Box::new(opening),
                under: None,
            },
            course: course(plan.midnight(day), at, chance),
        })
    };
    evenly(day, all, plan.until(TAKES)).filter_map(petition).collect()
}

/// One of the year before, taken over from its register and dealt with there.
fn carried_over(at: Moment, n: u32) -> ScriptMatter {
    let opening = Opening {
        fields: fields(&[
            ("channel", "other"),
            ("kind", "other"),
            ("medium", "other"),
            ("spot", &format!("上年登记 {n}")),
            ("sudden", "no"),
        ]),
        ..Opening::by_hand(Clean::new(&format!("上年信访 {n}")), at)
    };
    ScriptMatter {
        key: Clean::new(&format!("PET-BEFORE-{n:05}")),
        at,
        begins: Begins::Hand {
            playbook: PlaybookId::new("petition"),
            opening: Box::new(opening),
            under: None,
        },
        course: vec![act(at + Span::hours(1), Role::Operator, "transfer").saying("上年已办结，随台账转入")],
    }
}

/// The `n`-th petition: whether it is the next about noise, and whether that is one about the spot before.
fn complaint(plan: &YearPlan, n: u32) -> Complaint {
    let (all, noise) = (plan.volume(volume::PETITIONS), plan.volume(volume::NOISE));
    let repeats = plan.volume(volume::NOISE_REPEATS);
    let upto = |n: u32, of: u32, among: u32| u64::from(n) * u64::from(of) / u64::from(among.max(1));
    let is_next = |n: u32, of: u32, among: u32| upto(n + 1, of, among) > upto(n, of, among);
    if !is_next(n, noise, all) {
        let (kind, medium) = plan
            .chance("other")
            .nth(n.into())
            .pick(OTHERS)
            .copied()
            .unwrap_or(("other", "other"));
        return Complaint {
            kind,
            medium,
            spot: 10_000 + n,
            is_again: false,
        };
    }
    let nth = upto(n, noise, all) as u32;
    let is_again = is_next(nth, repeats, noise);
    let spot = if is_again { nth.saturating_sub(1) } else { nth };
    let kind = plan.chance("noise").nth(spot.into()).pick(NOISES).copied();
    Complaint {
        kind: kind.unwrap_or("social_noise"),
        medium: "noise",
        spot,
        is_again,
    }
}

fn course(midnight: Moment, at: Moment, chance: Chance) -> Vec<ScriptStep> {
    let days = 2 + (chance.of("days").unit() * 4.0) as i64;
    let on = |day: i64, hour: i64| midnight + Span::hours(day * 24 + hour);
    let reply = if chance.of("true").happens(0.7) {
        "reply_true"
    } else {
        "reply_false"
    };
    let content = chance.of("content").pick(&["satisfied", "satisfied", "accepted"]);
    vec![
        act(at + Span::hours(1), Role::Operator, "accept"),
        act(at + Span::hours(2), Role::Operator, "dispatch").ordering(None),
        answer(on(1, 10), "on_scene", "已到现场"),
        answer(on(days, 15), "done", "已调查处理"),
        act(on(days + 1, 10), Role::Section, reply).saying("已电话并书面答复"),
        act(on(days + 2, 14), Role::Section, "call_back").because(content.unwrap_or(&"accepted")),
    ]
}
