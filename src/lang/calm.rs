//! Words of calm: what it covers, and why silence proves nothing. The same on screens, in lists and in documents.

use crate::domain::calm::{Cover, Doubt};
use crate::domain::feed::FeedState;
use crate::domain::needs::Lost;
use crate::domain::time::{Moment, Span};
use crate::lang::{Lang, domain, fill, ledger, trouble, when};
use crate::texts;

texts! {
    /// Texts of calm.
    CalmText {
        Nothing: "无未处置告警", "no unhandled alarms";
        Undelivered: "送达失败 {n}", "{n} undelivered";
        Late: "超时 {n}", "{n} late";
        LostLoop: "流程缺失 {n}", "{n} without their loop";
        InHand: "在办 {n}", "{n} in hand";
        Hidden: "隐藏 {n}", "{n} hidden";
        AllFresh: "{n} 个数据源均正常", "all {n} sources fresh";
        Silence: "{why}：没有告警不等于平安", "{why}: silence proves nothing";
        Ledger: "台账不可用（{why}）", "the ledger cannot be used ({why})";
        Stuck: "值班台已停顿 {age}，台账没有应答", "the desk has stood still for {age}, its ledger does not answer";
        NoSources: "未配置数据源", "no sources configured";
        NobodyCollects: "无人采集", "nobody collects";
        NobodySince: "无人采集，最近一次在 {age}前", "nobody collects, last polled {age} ago";
        LostCases: "流程缺失 {n}：{which}，时限不计，请在配置中恢复", "no loop {n}: {which}: restore it in the config";
        NotFresh: "{n} 个数据源不新鲜", "{n} sources not fresh";
        SilentSince: "{source} {state}，{age}前中断", "{source} {state}, silent for {age}";
        DegradedSince: "{source} {state}，已 {age}", "{source} {state} for {age}";
        SilentEver: "{source} {state}", "{source} {state}";
    }
}

/// That nothing is unhandled, with what that covers: `无未处置告警 · 超时 2 · 在办 1 · 隐藏 5`.
pub fn covers(lang: Lang, cover: Cover) -> String {
    let mut words = CalmText::Nothing.text(lang).to_owned();
    let parts = [
        (CalmText::Undelivered, cover.undelivered),
        (CalmText::Late, cover.late),
        (CalmText::LostLoop, cover.lost),
        (CalmText::InHand, cover.in_hand),
        (CalmText::Hidden, cover.hidden),
    ];
    for (text, n) in parts {
        if n > 0 {
            words.push_str(" · ");
            words.push_str(&fill(text.text(lang), &[("n", &n)]));
        }
    }
    words
}

/// One doubt in words: `firms late, silent for 1h06`, `nobody collects`.
pub fn doubt(lang: Lang, doubt: &Doubt<'_>, now: Moment) -> String {
    match doubt {
        Doubt::Ledger(why) => fill(CalmText::Ledger.text(lang), &[("why", &ledger::what(lang, why))]),
        Doubt::Stuck(since) => fill(
            CalmText::Stuck.text(lang),
            &[("age", &brief_age(lang, now - *since))],
        ),
        Doubt::NoSources => CalmText::NoSources.text(lang).to_owned(),
        Doubt::NobodyCollects(None) => CalmText::NobodyCollects.text(lang).to_owned(),
        Doubt::NobodyCollects(Some(since)) => {
            let age = when::age(lang, now - *since);
            fill(CalmText::NobodySince.text(lang), &[("age", &age)])
        }
        Doubt::Lost(lost) => lost_cases(lang, lost),
        Doubt::Source(gap) => {
            let state = domain::feed_state(lang, gap.state);
            let (text, age) = match gap.since {
                Some(since) if gap.state == FeedState::Degraded => {
                    (CalmText::DegradedSince, when::age(lang, now - since))
                }
                Some(since) => (CalmText::SilentSince, when::age(lang, now - since)),
                None => (CalmText::SilentEver, String::new()),
            };
            let words = fill(
                text.text(lang),
                &[("source", &gap.feed.id), ("state", &state), ("age", &age)],
            );
            match &gap.feed.held {
                Some(held) => format!("{words} · {}", trouble::flood(lang, held)),
                None => words,
            }
        }
    }
}

/// That cases have no loop or stage, with the first: `section watched S20261123-0001`.
pub fn lost_cases(lang: Lang, lost: &Lost<'_>) -> String {
    let case = lost.first;
    let which = format!("{} {} {}", case.matter.playbook, case.state.stage, case.id);
    fill(
        CalmText::LostCases.text(lang),
        &[("n", &lost.count), ("which", &which)],
    )
}

/// All doubts in one phrase, sources as their number; `None` where there are none.
pub fn doubts(lang: Lang, all: &[Doubt<'_>], now: Moment) -> Option<String> {
    let sources = all.iter().filter(|doubt| doubt.source().is_some()).count();
    let others = all.iter().filter(|doubt| doubt.source().is_none());
    let mut words: Vec<String> = others.map(|other| doubt(lang, other, now)).collect();
    if sources > 0 {
        words.push(fill(CalmText::NotFresh.text(lang), &[("n", &sources)]));
    }
    (!words.is_empty()).then(|| words.join(lang.pick("，", ", ")))
}

/// Seconds below a minute: what stands still is noticed within some.
fn brief_age(lang: Lang, span: Span) -> String {
    match span.as_secs() {
        secs @ ..60 => format!("{}{}", secs.max(0), lang.pick(" 秒", " s")),
        60.. => when::age(lang, span),
    }
}
