//! Words of notices: what a role is told, whether a channel carried it and who has seen it. The same in banners, on
//! cards, in lists, in the log and in letters. Nothing is called told or sent that no channel took and nobody saw.

use crate::domain::fact::notice::{About, Deputy, NoticeFact, Telling};
use crate::domain::id::StageId;
use crate::domain::notice::Notice;
use crate::domain::playbook::Playbook;
use crate::domain::state::State;
use crate::domain::time::{Moment, Zone};
use crate::lang::domain::role;
use crate::lang::refusal::stage_words;
use crate::lang::{Lang, fill, letter, trouble, when};
use crate::texts;
use std::fmt::Display;

texts! {
    /// Texts of notices.
    Notices {
        Heading: "须知", "Notices";
        Banner: "{role}须知：{what}", "to {role}: {what}";
        PassOn: "请转告{role}{person}：{what}", "pass on to {role}{person}: {what}";
        Again: "{words}（第 {n} 次）", "{words} ({n} times)";
        One: "{key} 查看", "{key} see it";
        Many: "共 {n} 件 · {key} 查看", "1 of {n} · {key} see it";
        Late: "{stage}超时 {age}", "{stage} late {age}";
        Entered: "已进入{stage}", "now {stage}";
        Unseen: "红色告警 {age}无人确认", "red alarm, unacknowledged for {age}";
        Undelivered: "未送达，请电话", "not delivered: telephone now";
        NotSeen: "未看", "not seen";
        SeenBy: "{who} {at} 已看", "seen by {who} {at}";
        Sent: "{channel} {at} 已送出", "sent by {channel} {at}";
        Unsent: "{channel} {at} 未送出：{why}", "not sent by {channel} {at}: {why}";
        Blocked: "{channel} {at} 未送出，渠道限流至 {until}：{why}", "not sent by {channel} {at}, blocked until {until}: {why}";
        MarkUnseen: "{role}未看", "{role} unseen";
        MarkSeen: "{role}已看", "{role} saw";
        LogSeen: "{role}须知已看：{what}", "to {role}, seen: {what}";
        LogSent: "{role}须知已由 {channel} 送出：{what}", "to {role}, sent by {channel}: {what}";
        LogUnsent: "{role}须知 {channel} 未送出（{why}）：{what}", "to {role}, not sent by {channel} ({why}): {what}";
        LogNow: "{role}须知接收人现为{person}：{what}", "to {role}, now to reach{person}: {what}";
        LogConsoles: "{role}须知仅在席位显示：{what}", "to {role}, at the consoles alone: {what}";
        Nothing: "没有待看的须知", "no notices wait for you";
        Verb: "已看", "seen";
        VerbMany: "已看 {n} 件", "{n} seen";
        Rang: "须知：{what}", "for you: {what}";
    }
}

/// What the words of a notice are made from.
#[derive(Clone, Copy, Debug)]
pub struct NoticeBasis<'a> {
    /// What is in hand.
    pub state: &'a State,
    /// Names of stages.
    pub playbooks: &'a [Playbook],
    /// The present moment, or the one that is told of.
    pub now: Moment,
}

/// The matter by its number, and what is with it: `F20261127-0001 马渚镇秸秆焚烧 研判超时 3分`.
pub fn what(lang: Lang, telling: &Telling, known: NoticeBasis<'_>) -> String {
    let number = match &telling.about {
        About::Late { case, .. } | About::Entered { case, .. } => case.as_str(),
        About::Undelivered { task, .. } => task.as_str(),
        About::Unseen { .. } => "",
    };
    format!("{number} {}", matter(lang, telling, known))
        .trim()
        .to_owned()
}

fn matter(lang: Lang, telling: &Telling, known: NoticeBasis<'_>) -> String {
    let title = letter::marked(telling.title.as_str(), telling.drill, lang);
    format!("{title} {}", with(lang, telling, known))
}

/// What is with the matter: `研判超时 3分`.
fn with(lang: Lang, telling: &Telling, known: NoticeBasis<'_>) -> String {
    let age = |since: Moment| when::age(lang, known.now - since);
    match &telling.about {
        About::Late { case, stage, due, .. } => {
            let stage = stage_of(lang, (case.as_str(), stage), known);
            fill(
                Notices::Late.text(lang),
                &[("stage", &stage), ("age", &age(*due))],
            )
        }
        About::Entered { case, stage, .. } => {
            let stage = stage_of(lang, (case.as_str(), stage), known);
            fill(Notices::Entered.text(lang), &[("stage", &stage)])
        }
        About::Unseen { raised, .. } => fill(Notices::Unseen.text(lang), &[("age", &age(*raised))]),
        About::Undelivered { .. } => Notices::Undelivered.text(lang).to_owned(),
    }
}

fn stage_of(lang: Lang, (case, stage): (&str, &StageId), known: NoticeBasis<'_>) -> String {
    let case = known.state.cases.get(case);
    let own = case.and_then(|case| known.playbooks.iter().find(|own| own.id == case.matter.playbook));
    let words = own
        .and_then(|own| own.stage(stage))
        .map(|stage| lang.of(&stage.words).to_owned());
    words.unwrap_or_else(|| stage_words(lang, stage, known.playbooks))
}

/// To whom and what.
pub fn banner(lang: Lang, notice: &Notice, known: NoticeBasis<'_>) -> String {
    to_whom(lang, notice, &what(lang, &notice.telling, known))
}

fn to_whom(lang: Lang, notice: &Notice, what: &str) -> String {
    let Telling { role: whom, to, .. } = &notice.telling;
    let role = role(lang, *whom);
    let text = if notice.is_to_pass_on() {
        Notices::PassOn
    } else {
        Notices::Banner
    };
    let person = to.as_ref().map(reached).unwrap_or_default();
    fill(
        text.text(lang),
        &[("role", &role), ("person", &person), ("what", &what)],
    )
}

fn reached(to: &Deputy) -> String {
    format!(" {} {}", to.contact, to.phone)
}

/// What a letter says at the `nth` telling.
pub fn reminder(lang: Lang, notice: &Notice, nth: u32, known: NoticeBasis<'_>) -> String {
    let role = role(lang, notice.telling.role);
    let what = what(lang, &notice.telling, known);
    let words = fill(Notices::Banner.text(lang), &[("role", &role), ("what", &what)]);
    if nth < 2 {
        return words;
    }
    fill(Notices::Again.text(lang), &[("words", &words), ("n", &nth)])
}

/// What is at the end of a banner: how many wait, and the key that shows the first.
pub fn tail(lang: Lang, count: usize, key: &str) -> String {
    let text = if count > 1 { Notices::Many } else { Notices::One };
    fill(text.text(lang), &[("n", &count), ("key", &key)])
}

/// How it stands with a notice: `带班须知：研判超时 10分 · work-group 02:53 已送出 · 未看`.
pub fn standing(lang: Lang, notice: &Notice, known: NoticeBasis<'_>, zone: Zone) -> String {
    let stamp = |at: Moment| when::stamp(at, known.now, zone);
    let now = notice.told;
    let with = with(lang, &notice.telling, NoticeBasis { now, ..known });
    let role = role(lang, notice.telling.role);
    let mut words = vec![fill(
        Notices::Banner.text(lang),
        &[("role", &role), ("what", &with)],
    )];
    if let Some(tried) = &notice.tried {
        let unsent = tried.came.as_ref().err();
        let until = unsent.and_then(|unsent| unsent.until).map(stamp);
        let text = match (unsent, &until) {
            (None, _) => Notices::Sent,
            (Some(_), None) => Notices::Unsent,
            (Some(_), Some(_)) => Notices::Blocked,
        };
        let why = unsent.map(|unsent| trouble::of_code(lang, unsent.why.as_str()));
        let values: [(&str, &dyn Display); 4] = [
            ("channel", &tried.channel),
            ("at", &stamp(tried.at)),
            ("until", &until.unwrap_or_default()),
            ("why", &why.unwrap_or_default()),
        ];
        words.push(fill(text.text(lang), &values));
    }
    words.push(match &notice.seen {
        Some((who, at)) => fill(Notices::SeenBy.text(lang), &[("who", who), ("at", &stamp(*at))]),
        None => Notices::NotSeen.text(lang).to_owned(),
    });
    words.join(" · ")
}

/// Whether it was seen, as a mark before a title, so as short as it can be.
pub fn mark(lang: Lang, notice: &Notice) -> String {
    let text = match notice.seen {
        Some(_) => Notices::MarkSeen,
        None => Notices::MarkUnseen,
    };
    let short = lang.pick(role(lang, notice.telling.role), notice.telling.role.key());
    fill(text.text(lang), &[("role", &short)])
}

/// A line of the log, at the time of its fact; the matter's number stands beside it.
pub fn line(lang: Lang, notice: &Notice, fact: &NoticeFact, known: NoticeBasis<'_>) -> String {
    let matter = matter(lang, &notice.telling, known);
    let role = role(lang, notice.telling.role);
    let none = String::new;
    let (text, channel, why, person) = match fact {
        NoticeFact::Told(_) => return to_whom(lang, notice, &matter),
        NoticeFact::Seen => (Notices::LogSeen, "", none(), none()),
        NoticeFact::Sent { channel, .. } => (Notices::LogSent, channel.as_str(), none(), none()),
        NoticeFact::Unsent { channel, why, .. } => {
            let why = trouble::of_code(lang, why.as_str());
            (Notices::LogUnsent, channel.as_str(), why, none())
        }
        NoticeFact::Readdressed { to: Some(to), .. } => (Notices::LogNow, "", none(), reached(to)),
        NoticeFact::Readdressed { to: None, unseated } => {
            let text = if *unseated {
                Notices::PassOn
            } else {
                Notices::LogConsoles
            };
            (text, "", none(), none())
        }
    };
    let values: [(&str, &dyn Display); 5] = [
        ("role", &role),
        ("what", &matter),
        ("channel", &channel),
        ("why", &why),
        ("person", &person),
    ];
    fill(text.text(lang), &values)
}
