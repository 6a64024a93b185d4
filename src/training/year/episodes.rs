//! Emergency control of the training year (应急管控): episodes with their measures, curtailed enterprises and problems,
//! and the days of cruising (走航), of which some fall into an episode.

use crate::domain::decide::opening::Opening;
use crate::domain::id::{EnterpriseId, PlaybookId};
use crate::domain::person::Role;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::training::chance::Chance;
use crate::training::year::problems::{Found, registered};
use crate::training::year::scene::Scene;
use crate::training::year::script::{act, answer, fields};
use crate::training::year::{Begins, ScriptMatter, ScriptStep, YearPlan, volume};
use std::ops::Range;

/// The longest episode, days.
const LONGEST: u32 = 5;
/// Measures of the plan that are ordered in an episode.
const MEASURES: &[&str] = &[
    "工地停止土方作业",
    "矿山停产",
    "道路增加冲洗",
    "露天焚烧巡查",
    "渣土车禁行",
    "餐饮油烟检查",
];

/// An episode: its number, and the days it is in force.
struct Episode {
    nth: u32,
    first: i64,
    last: i64,
    /// Days of control before it.
    before: u32,
}

/// The episodes, far from each other.
fn episodes(plan: &YearPlan) -> Vec<Episode> {
    let days = plan.volume(volume::CONTROL_DAYS);
    let count = days.div_ceil(LONGEST);
    let upto = |n: u32| days * n / count.max(1);
    let of = |nth: u32| {
        let first = i64::from(plan.days) * i64::from(nth) / i64::from(count) + 1;
        let length = i64::from(upto(nth + 1) - upto(nth));
        Episode {
            nth,
            first,
            last: first + length - 1,
            before: upto(nth),
        }
    };
    (0..count).map(of).collect()
}

/// What comes in on `day`.
pub(super) fn of(plan: &YearPlan, day: i64) -> Vec<ScriptMatter> {
    let episodes = episodes(plan);
    let now = episodes.iter().find(|e| (e.first..=e.last).contains(&day));
    let midnight = plan.midnight(day);
    let mut all = Vec::new();
    if let Some(episode) = now {
        if episode.first == day {
            all.push(episode.matter(plan));
            all.extend(episode.measures(plan));
            all.extend(episode.curtailments(plan));
        }
        all.extend(episode.problems(plan, day));
    }
    let cruises = plan.volume(volume::CRUISE_DAYS);
    let cruise = |n: &u32| i64::from(*n) * i64::from(plan.days) / i64::from(cruises.max(1)) == day;
    let under = now.map(Episode::key);
    all.extend(
        (0..cruises)
            .filter(cruise)
            .map(|n| cruised(midnight, n, under.clone())),
    );
    all
}

impl Episode {
    fn key(&self) -> Clean {
        Clean::new(&format!("EPISODE{}", self.nth))
    }

    fn on(&self, plan: &YearPlan, day: i64, hour: i64) -> Moment {
        plan.midnight(day) + Span::hours(hour) + Span::mins(i64::from(self.first != day))
    }

    fn matter(&self, plan: &YearPlan) -> ScriptMatter {
        let on = |day: i64, hour: i64| plan.midnight(day) + Span::hours(hour);
        let (first, last) = (self.first, self.last);
        let order = format!("训练令〔2023〕{}号", self.nth + 1);
        let level = ("level", "L1");
        let at = on(first, 6);
        ScriptMatter {
            key: self.key(),
            at,
            begins: by_hand("episode", Opening::by_hand(Clean::new("轻度污染过程"), at), None),
            course: vec![
                act(on(first, 7), Role::Section, "propose")
                    .saying("会商：静稳，PM2.5 累积")
                    .filling(&[level, ("cause", "静稳天气")]),
                act(on(first, 8), Role::Leader, "issue").filling(&[level, ("order_no", &order)]),
                act(on(first, 9), Role::Leader, "start"),
                act(on(last, 18), Role::Section, "propose_lift").saying("预报持续好转"),
                act(on(last, 19), Role::Leader, "lift").saying("解除"),
                act(on(last + 2, 9), Role::Section, "evaluate").saying("措施到位，指数回落"),
                act(on(last + 9, 9), Role::Section, "file"),
            ],
        }
    }

    fn measures(&self, plan: &YearPlan) -> Vec<ScriptMatter> {
        let on = |hour: i64, min: i64| plan.midnight(self.first) + Span::mins(hour * 60 + min);
        let at = on(9, 0);
        let measure = |(n, words): (usize, &&str)| ScriptMatter {
            key: Clean::new(&format!("{}-M{n}", self.key())),
            at,
            begins: by_hand(
                "measure",
                Opening::by_hand(Clean::new(words), at),
                Some(self.key()),
            ),
            course: vec![
                act(on(9, 5), Role::Operator, "send").ordering(None),
                answer(on(9, 20), "received", "收到"),
                answer(on(11, 0), "on_scene", "开始执行"),
                answer(on(16, 0), "done", "已执行到位"),
                act(on(17, 0), Role::Enforcement, "pass").saying("抽查到位"),
            ],
        };
        MEASURES.iter().enumerate().map(measure).collect()
    }

    fn curtailments(&self, plan: &YearPlan) -> Vec<ScriptMatter> {
        let (all, days) = (
            plan.volume(volume::CURTAILMENTS),
            plan.volume(volume::CONTROL_DAYS),
        );
        let length = (self.last - self.first + 1) as u32;
        let own: Range<u32> = all * self.before / days..all * (self.before + length) / days;
        own.map(|n| self.curtailment(plan, n)).collect()
    }

    fn curtailment(&self, plan: &YearPlan, n: u32) -> ScriptMatter {
        let on = |day: i64, hour: i64| self.on(plan, day, hour);
        let at = plan.midnight(self.first) + Span::hours(9);
        let chance = plan.chance("curtailments").nth(n.into());
        let firm = format!("E{:04}", n % 300 + 1);
        let opening = Opening {
            enterprise: Some(EnterpriseId::new(&firm)),
            fields: fields(&[("cut", "限产 30%"), ("watch", "manual"), ("limit_kw", "120")]),
            ..Opening::by_hand(Clean::new(&format!("错峰生产 {firm}（{n}）")), at)
        };
        let mut course = vec![
            act(at + Span::mins(5), Role::Operator, "tell").ordering(None),
            act(at + Span::mins(20), Role::Operator, "confirm"),
            act(on(self.first, 10), Role::Operator, "effect")
                .filling(&[("watch", "manual"), ("limit_kw", "120")]),
        ];
        for day in self.first + 1..=self.last {
            course.push(act(on(day, 10), Role::Enforcement, "check").saying("现场核查相符"));
        }
        course.extend(over(plan.midnight(self.last), chance));
        course.push(act(on(self.last, 18), Role::Operator, "end").saying("管控解除"));
        ScriptMatter {
            key: Clean::new(&format!("CURTAIL{n:04}")),
            at,
            begins: by_hand("curtailment", opening, Some(self.key())),
            course,
        }
    }

    fn problems(&self, plan: &YearPlan, day: i64) -> Vec<ScriptMatter> {
        let (all, days) = (
            plan.volume(volume::CONTROL_PROBLEMS),
            plan.volume(volume::CONTROL_DAYS),
        );
        let nth = self.before + (day - self.first) as u32;
        let scene = Scene::new();
        let problem = |n: u32| {
            let found = Found {
                source: ("episode", "air", "air.1"),
                key: format!("PROB-episode-{n:04}"),
                under: Some(self.key()),
                at: plan.midnight(day) + Span::hours(14),
                days: Some(2),
            };
            registered(&scene, found, plan.chance("control").nth(n.into()))
        };
        (all * nth / days..all * (nth + 1) / days)
            .filter_map(problem)
            .collect()
    }
}

/// Some draw more than they may, and say why.
fn over(midnight: Moment, chance: Chance) -> Vec<ScriptStep> {
    if !chance.of("over").happens(0.04) {
        return Vec::new();
    }
    let on = |mins: i64| midnight + Span::mins(13 * 60 + mins);
    vec![
        act(on(0), Role::Enforcement, "exceed").saying("负荷超限"),
        act(on(30), Role::Enforcement, "explain").saying("检修后试机"),
        act(on(90), Role::Enforcement, "accept").saying("与用电、视频相符"),
    ]
}

fn cruised(midnight: Moment, n: u32, under: Option<Clean>) -> ScriptMatter {
    let on = |hour: i64| midnight + Span::hours(hour);
    let opening = Opening {
        fields: fields(&[("route", "城北工业区—小曹娥—泗门")]),
        ..Opening::by_hand(Clean::new(&format!("走航（{n}）")), on(10))
    };
    ScriptMatter {
        key: Clean::new(&format!("CRUISE{n:03}")),
        at: on(10),
        begins: by_hand("cruise", opening, under),
        course: vec![
            act(on(11), Role::Operator, "start"),
            act(on(16), Role::Operator, "end").filling(&[("km", "86")]),
        ],
    }
}

fn by_hand(playbook: &str, opening: Opening, under: Option<Clean>) -> Begins {
    Begins::Hand {
        playbook: PlaybookId::new(playbook),
        opening: Box::new(opening),
        under,
    }
}
