//! What went wrong with a source, in words, and what to do about it. Called by the feeds screen, `check` and alarms.

use crate::domain::feed::bounds::BEYOND;
use crate::domain::feed::quota::HeldBack;
use crate::domain::feed::{
    BadRow, Feed, FlawKind, Lack, MORE_THAN_ASKS, MORE_THAN_ROOM, MOVED, PollError, Rows, quota, reason,
};
use crate::domain::task::CUT_OFF;
use crate::domain::time::Zone;
use crate::lang::when::clock;
use crate::lang::{Lang, bounds, fill, parsers, when};
use std::borrow::Cow;
use std::fmt::Display;

/// What a person must know of a source in one line: why it fails, or else what its last good poll lacked; empty where
/// nothing is wrong.
pub fn of(lang: Lang, feed: &Feed, zone: Zone) -> String {
    if let Some(trouble) = &feed.trouble {
        return failing(lang, feed, trouble, zone);
    }
    if let Some(passed) = feed.passed {
        return bounds::passed(lang, passed);
    }
    if let Some(missing) = feed.lacks.first() {
        return lack(lang, missing, zone);
    }
    if let Some(held) = feed.held {
        return flood(lang, &held);
    }
    if feed.cut {
        return flaw_kind(lang, FlawKind::Cut).to_owned();
    }
    if feed.read.lost > 0 {
        return lost(lang, feed.read);
    }
    if feed.blank {
        return lang.pick("读数全无值", "no reading has a value").to_owned();
    }
    String::new()
}

/// Why a source fails; also that it is asked again before the time it wants, since no source is left alone for longer than
/// its bound.
pub fn failing(lang: Lang, feed: &Feed, trouble: &PollError, zone: Zone) -> String {
    let Some((later, next)) = feed.cut_short() else {
        return what(lang, trouble, zone);
    };
    let most = when::age(lang, feed.bounds.later);
    let later = later.local(zone).format("%m-%d %H:%M");
    let given: [(&str, &dyn Display); 3] = [("later", &later), ("most", &most), ("next", &clock(next, zone))];
    let words = lang.pick(
        "请求过频，要求 {later} 后再问；最多等 {most}（most_later），{next} 再问",
        "asked too often, not before {later} it says; at most {most} is waited (most_later), asked again at {next}",
    );
    fill(words, &given)
}

/// The title of a failing source in the person's language.
pub fn reasons(lang: Lang, title: &str) -> String {
    let name = title.split(": ").next().unwrap_or(title);
    let reasons: Vec<String> = reason::reasons(title).map(|code| of_code(lang, code)).collect();
    match (lang, reasons.is_empty()) {
        (Lang::Zh, false) => format!("{name}：{}", reasons.join("；")),
        (Lang::Zh | Lang::En, _) => title.to_owned(),
    }
}

/// A code of the ledger in words: why a source fails, or what is known of a letter. What the other side said stays as it is.
pub fn of_code(lang: Lang, code: &str) -> String {
    let (kind, words) = reason::parts(code);
    let named = match kind.strip_prefix("status ") {
        Some(status) => Some(lang.pick(format!("上游返回 {status}"), kind.to_owned())),
        None => REASONS
            .iter()
            .find(|row| row.0 == kind)
            .map(|row| lang.pick(row.1, row.0).to_owned()),
    };
    let Some(kind) = named else {
        return code.to_owned();
    };
    let words = match reason::parts(code).0 {
        "certificate" => certificate(lang, words).into(),
        "not understood" => parsers::of_answer(lang, words),
        quota::FLOODS => figures(words).map_or(words.into(), |[waiting, gone, most]| {
            Cow::from(held_back(lang, waiting, gone, most))
        }),
        _ => Cow::from(words),
    };
    match &*words {
        "" => kind,
        words => lang.pick(format!("{kind}：{words}"), format!("{kind}: {words}")),
    }
}

/// What of a source that floods was held back.
fn held_back(lang: Lang, waiting: u64, gone: u64, most: u64) -> String {
    fill(
        lang.pick(
            "{waiting} 条待报，{gone} 条未报已去，most_alarms {most}",
            "{waiting} waiting, {gone} gone unraised, most_alarms {most}",
        ),
        &[("waiting", &waiting), ("gone", &gone), ("most", &most)],
    )
}

/// That a source floods, in one line.
pub fn flood(lang: Lang, held: &HeldBack) -> String {
    let words = held_back(lang, held.waiting, held.gone, held.most.into());
    lang.pick(
        format!("来源泛滥：{words}"),
        format!("{}: {words}", quota::FLOODS),
    )
}

/// The three figures of what was held back, as the ledger has them.
fn figures(words: &str) -> Option<[u64; 3]> {
    let figures = words.split(|c: char| !c.is_ascii_digit());
    let figures: Vec<u64> = figures.filter_map(|figure| figure.parse().ok()).collect();
    figures.try_into().ok()
}

/// Why a certificate is refused.
fn certificate(lang: Lang, why: &str) -> &str {
    let known = CERTIFICATES.iter().find(|row| row.0 == why);
    known.map_or(why, |row| lang.pick(row.1, row.0))
}

/// Why certificates are refused, as the client says it, and in Chinese.
const CERTIFICATES: &[(&str, &str)] = &[
    ("expired", "已过期"),
    ("not valid yet", "尚未生效"),
    ("for another name", "域名不符"),
    ("unknown issuer", "签发者不可信"),
    ("self-signed", "自签名"),
    ("revoked", "已吊销"),
];

/// Kinds of reasons as the ledger names them, in Chinese.
const REASONS: &[(&str, &str)] = &[
    ("unreachable", "无法连接"),
    ("certificate", "证书被拒"),
    ("no answer in time", "超时无应答"),
    ("answer broke off", "应答中途断开"),
    ("answer too large", "应答过大"),
    ("too many values", "应答值过多"),
    ("too much to take in", "应答内容过多"),
    (BEYOND, "超出读取上限"),
    ("redirected", "被转到别处"),
    ("key refused", "密钥被拒"),
    ("asked too often", "请求过频"),
    ("not understood", "应答无法解析"),
    ("said", "上游返回"),
    ("rows not understood", "行无法解析"),
    ("nothing came", "应答里什么都没有"),
    ("late", "数据过旧"),
    ("too few rows", "来数过少"),
    ("list cut", "列表未读全"),
    ("no values", "读数全无值"),
    (quota::FLOODS, "来源泛滥"),
    ("to be telephoned", "须打电话"),
    ("no channel", "无此渠道"),
    (CUT_OFF, "发送后、记录前中断"),
];

/// What went wrong, in one line.
pub fn what(lang: Lang, trouble: &PollError, zone: Zone) -> String {
    match trouble {
        PollError::Unreachable(why) => with(lang.pick("无法连接：{why}", "cannot be reached: {why}"), why),
        PollError::Certificate(why) => with(
            lang.pick("证书被拒：{why}", "certificate refused: {why}"),
            &certificate(lang, why.as_str()),
        ),
        PollError::Silent => lang.pick("超时无应答", "no answer in time").to_owned(),
        PollError::Truncated => lang.pick("应答中途断开", "the answer broke off").to_owned(),
        PollError::TooLarge(limit) => fill(
            lang.pick("应答超过 {limit} MB", "the answer is larger than {limit} MB"),
            &[("limit", &limit.div_ceil(1_000_000))],
        ),
        PollError::Redirect(to) => with(lang.pick("被转到别处：{why}", "redirected elsewhere: {why}"), to),
        PollError::Key(status) => fill(
            lang.pick("密钥被拒（{status}）", "the key was refused ({status})"),
            &[("status", status)],
        ),
        PollError::TooOften(None) => lang.pick("请求过频", "asked too often").to_owned(),
        PollError::TooOften(Some(at)) => fill(
            lang.pick("请求过频，{at} 后再试", "asked too often, again at {at}"),
            &[("at", &clock(*at, zone))],
        ),
        PollError::Status(status, why) => fill(
            lang.pick("上游返回 {status} {why}", "the upstream answered {status} {why}"),
            &[("status", status), ("why", why)],
        ),
        PollError::Foreign(why) => with(
            lang.pick("应答无法解析：{why}", "the answer is not understood: {why}"),
            &parsers::of_answer(lang, why.as_str()),
        ),
        PollError::Said(why) => with(lang.pick("上游返回：{why}", "the upstream says: {why}"), why),
        PollError::NoneUnderstood(rows, first) => {
            let words = lang.pick("{n} 行都无法解析", "none of {n} rows understood");
            let words = fill(words, &[("n", rows)]);
            match first {
                Some(first) => lang
                    .pick("{a}：{b}", "{a}: {b}")
                    .replace("{a}", &words)
                    .replace("{b}", &flaw(lang, first)),
                None => words,
            }
        }
        PollError::Nothing => lang.pick("应答里什么都没有", "nothing in the answer").to_owned(),
        PollError::Beyond(passed) => bounds::passed(lang, *passed),
        PollError::TooMuch(limit) => fill(
            lang.pick(
                "应答读入后超过 {limit} MB 内存",
                "what is in the answer takes more than {limit} MB of memory",
            ),
            &[("limit", &limit.div_ceil(1_000_000))],
        ),
    }
}

/// What the duty room can do about it.
pub fn remedy(lang: Lang, trouble: &PollError) -> &'static str {
    match trouble {
        PollError::Unreachable(_) => lang.pick(
            "查网络、域名与地址；照常重试。",
            "Check network, name and address; polling goes on.",
        ),
        PollError::Certificate(_) => lang.pick(
            "查本机时钟与证书；联系上游。",
            "Check this machine's clock and the certificate; call the upstream.",
        ),
        PollError::Silent | PollError::Truncated => lang.pick(
            "上游或线路慢；照常重试，持续时联系上游。",
            "The upstream or the line is slow; polling goes on. Call the upstream if it lasts.",
        ),
        PollError::TooLarge(_) | PollError::TooMuch(_) | PollError::Beyond(_) => lang.pick(
            "缩小查询范围，或在配置中提高上限。",
            "Narrow the query or raise the limit in the configuration.",
        ),
        PollError::Redirect(_) => lang.pick(
            "地址可能已搬迁：核实后改配置。",
            "The address may have moved: verify, then change the configuration.",
        ),
        PollError::Key(_) => lang.pick(
            "核对或更换配置中的密钥。",
            "Check or renew the key in the configuration.",
        ),
        PollError::TooOften(_) => lang.pick(
            "已自动放慢；可加大轮询间隔。",
            "Polling slowed down by itself; lengthen the interval.",
        ),
        PollError::Status(..) => lang.pick(
            "上游故障；照常重试，持续时联系上游。",
            "The upstream is faulty; polling goes on. Call the upstream if it lasts.",
        ),
        PollError::Nothing => lang.pick(
            "此源总应有数：核对地址、参数与测点。",
            "This source always has something to say: check address, parameters and points.",
        ),
        PollError::Foreign(_) | PollError::NoneUnderstood(..) => lang.pick(
            "上游可能改了格式：核对地址与字段映射。",
            "The upstream may have changed its form: check address and field map.",
        ),
        PollError::Said(_) => lang.pick("按上游返回的内容处理。", "Act on what the upstream says."),
    }
}

/// How many rows were not understood, of how many.
pub fn lost(lang: Lang, rows: Rows) -> String {
    fill(
        lang.pick(
            "{there} 行中 {lost} 行无法解析",
            "{lost} of {there} rows not understood",
        ),
        &[("there", &rows.there), ("lost", &rows.lost)],
    )
}

/// What must be there by the configuration and is not, in one line.
pub fn lack(lang: Lang, lack: &Lack, zone: Zone) -> String {
    match lack {
        Lack::Alert(name) => with(
            lang.pick("应有告警缺失：{why}", "expected alert missing: {why}"),
            name,
        ),
        Lack::NoHeartbeat(path) => with(lang.pick("无心跳：{why}", "no heartbeat: {why}"), path),
        Lack::WrongHeartbeat(path, at) => fill(
            lang.pick(
                "心跳不是现在的：{path} {at}",
                "heartbeat is not of now: {path} {at}",
            ),
            &[("path", path), ("at", &at.local(zone).format("%Y-%m-%d %H:%M"))],
        ),
        Lack::Volume(found, least) => fill(
            lang.pick(
                "来数过少：{found}，应不少于 {least}",
                "too few rows: {found}, at least {least} expected",
            ),
            &[("found", found), ("least", least)],
        ),
    }
}

/// A row that could not be read, in one line.
pub fn flaw(lang: Lang, flaw: &BadRow) -> String {
    fill(
        lang.pick("{place}：{why}（{found}）", "{place}: {why} ({found})"),
        &[
            ("place", &place(lang, flaw.place.as_str())),
            ("why", &flaw_kind(lang, flaw.why)),
            ("found", &found(lang, flaw)),
        ],
    )
}

/// Where in a body, as rows and pages are counted.
fn place(lang: Lang, place: &str) -> String {
    let counted = |word: &str, unit: &str| {
        let rest = place.strip_prefix(word)?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (n, rest) = rest.split_at(end);
        Some(format!("第 {n} {unit}{}", rest.replacen(", ", "，", 1)))
    };
    let chinese = || counted("row ", "行").or_else(|| counted("page ", "页"));
    let chinese = (lang == Lang::Zh).then(chinese).flatten();
    chinese.unwrap_or_else(|| place.to_owned())
}

/// What stood there; of a list that was cut, why.
fn found(lang: Lang, flaw: &BadRow) -> &str {
    let found = flaw.found.as_str();
    let known = CUTS.iter().find(|row| row.0 == found);
    known.map_or(found, |row| lang.pick(row.1, row.0))
}

/// Why lists are cut, as the polls say it, and in Chinese.
const CUTS: &[(&str, &str)] = &[
    (MORE_THAN_ROOM, "超出一次轮询可用的内存"),
    (MORE_THAN_ASKS, "页数超出一次轮询可问的"),
    (MOVED, "读取期间列表变动"),
];

/// What was wrong with a row.
pub fn flaw_kind(lang: Lang, kind: FlawKind) -> &'static str {
    match kind {
        FlawKind::Missing => lang.pick("缺字段", "field missing"),
        FlawKind::NotANumber => lang.pick("不是数", "no number"),
        FlawKind::OutOfRange => lang.pick("超出可能范围", "out of range"),
        FlawKind::Ceiling => lang.pick(
            "仪器上限值，待上一小时或邻站佐证",
            "an instrument's ceiling, to be borne out by the hour before or other stations",
        ),
        FlawKind::NotAnAddress => lang.pick("不是网址", "no address on the web"),
        FlawKind::NotATime => lang.pick("时间无法解析", "time not understood"),
        FlawKind::Future => lang.pick("时间在未来", "time lies in the future"),
        FlawKind::Unit => lang.pick("单位不符", "unit does not fit"),
        FlawKind::Position => lang.pick("坐标不在地球上", "position not on the globe"),
        FlawKind::Duplicate => lang.pick("同键异值", "same key, other value"),
        FlawKind::Doubled => lang.pick("成员重复", "member is there twice"),
        FlawKind::Unknown => lang.pick("不在对照表中", "in no table"),
        FlawKind::Cut => lang.pick("列表未读全", "list not read to its end"),
        FlawKind::NoOrder => lang.pick("不是本室的派单", "no order of this room"),
        FlawKind::OtherUnit => lang.pick("不是受派单位", "not the unit of that order"),
        FlawKind::TooEarly => lang.pick("早于派单或送达", "older than the order or its delivery"),
        FlawKind::Shape => lang.pick("行的形状不符", "shape not as expected"),
    }
}

fn with(text: &str, why: &dyn std::fmt::Display) -> String {
    fill(text, &[("why", why)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::feed::bounds::{Bound, Passed};
    use crate::domain::text::Clean;
    use crate::domain::time::{CHINA, Moment};
    use crate::lang::LANGS;

    fn every() -> Vec<PollError> {
        let why = || Clean::new("why");
        vec![
            PollError::Unreachable(why()),
            PollError::Certificate(why()),
            PollError::Silent,
            PollError::Truncated,
            PollError::TooLarge(20_000_000),
            PollError::Redirect(why()),
            PollError::Key(401),
            PollError::TooOften(None),
            PollError::TooOften(Some(Moment::from_ms(0))),
            PollError::Status(500, why()),
            PollError::Foreign(why()),
            PollError::Said(why()),
            PollError::NoneUnderstood(3, None),
            PollError::Nothing,
            PollError::TooMuch(200_000_000),
            PollError::Beyond(Passed {
                bound: Bound::Values,
                found: 16_000_000,
                most: 4_000_000,
            }),
        ]
    }

    #[test]
    fn every_reason_of_the_ledger_has_its_words_in_chinese() {
        let codes = every().into_iter().map(|trouble| trouble.code());
        for code in codes.chain([CUT_OFF.to_owned()]) {
            let words = of_code(Lang::Zh, &code);
            let kind = reason::parts(&code).0;
            assert!(!words.contains(kind), "{code}: {words}");
            assert_eq!(of_code(Lang::En, &code), code);
        }
    }

    #[test]
    fn what_the_other_side_said_stays_as_it_is() {
        for words in ["HTTP 500 down: try later", "310000: sign not match", "", "完成"] {
            for lang in [Lang::Zh, Lang::En] {
                assert_eq!(of_code(lang, words), words);
            }
        }
    }

    #[test]
    fn every_trouble_has_words_and_a_remedy_in_both_languages() {
        for (lang, ..) in LANGS {
            for trouble in every() {
                let words = what(*lang, &trouble, CHINA);
                assert!(!words.is_empty() && !words.contains('{'), "{words}");
                assert!(!remedy(*lang, &trouble).is_empty());
            }
        }
        assert_eq!(
            what(Lang::En, &PollError::TooOften(Some(Moment::from_ms(0))), CHINA),
            "asked too often, again at 08:00"
        );
    }
}
