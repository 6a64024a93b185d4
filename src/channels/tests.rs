//! Letters as they go out and receipts as they come back, kind by kind.

use super::*;
use crate::channels::dingtalk::{DINGTALK_URL, DingtalkOptions};
use crate::channels::telephone::Telephone;
use crate::channels::webhook::{WebhookOptions, signing_keys};
use crate::domain::fact::task::Order;
use crate::domain::id::{CaseId, ChannelId, TaskId, UnitId};
use crate::domain::secret::Secret;
use crate::domain::signature;
use crate::domain::signature::{Signed, SigningKey};
use crate::domain::time::CHINA;
use crate::lang::{LANGS, letter};
use serde_json::json;

const NOW: Moment = Moment::from_ms(1_661_860_880_000);
/// The secret published with the Standard Webhooks libraries, and another of the same form.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

fn task(phone: &str) -> Task {
    let order = Order {
        case: CaseId::new("F20220830-0007"),
        unit: UnitId::new("simen"),
        unit_name: Clean::new("泗门镇"),
        contact: Clean::new("值班电话"),
        phone: Clean::new(phone),
        channel: ChannelId::new("townships"),
        text: Clean::new("秸秆火情 [点](http://x) @所有人"),
        deadline: Some(NOW + Span::mins(10)),
        ..Order::default()
    };
    Task::ordered(TaskId::new("F20220830-0007.1"), order, NOW, 1)
}

const ROOM: LetterHead = LetterHead {
    lang: Lang::Zh,
    zone: CHINA,
};

fn webhook(url: &str, secret: &str) -> Box<dyn Channel> {
    let options = WebhookOptions {
        url: url.parse().expect("an address"),
        keys: signing_keys(&Secret::new(secret)).expect("of the right form"),
        per_minute: None,
    };
    options.channel(ROOM)
}

fn dingtalk(token: &str, change: impl FnOnce(&mut DingtalkOptions)) -> Box<dyn Channel> {
    let mut options = DingtalkOptions {
        url: DINGTALK_URL.parse().expect("an address"),
        token: Secret::new(token),
        secret: None,
        keyword: None,
        mention: true,
    };
    change(&mut options);
    options.channel(ROOM)
}

fn send(channel: &dyn Channel, task: &Task, now: Moment) -> Ask {
    match channel.letter(task, now) {
        Letter::Send(ask) => *ask,
        Letter::Call => panic!("a letter that is sent"),
    }
}

fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
    Response {
        status,
        headers: headers.collect(),
        body: body.into(),
        at: NOW,
        ..Response::default()
    }
}

fn json(ask: &Ask) -> serde_json::Value {
    serde_json::from_slice(ask.body.as_deref().expect("a body")).expect("JSON")
}

fn header<'a>(ask: &'a Ask, name: &str) -> &'a str {
    let found = ask.headers.iter().find(|h| h.0 == name);
    found.map_or("", |h| h.1.as_str())
}

#[test]
fn a_webhook_is_signed_with_every_secret_and_repeats_its_id_and_body() {
    let channel = webhook("https://a.example/orders?key=hush", &format!("{SECRET} {OTHER}"));
    let first = send(&*channel, &task("0574-0000-0001"), NOW);
    let again = send(&*channel, &task("0574-0000-0001"), NOW + Span::mins(5));
    let id = "F20220830-0007.1";
    assert_eq!(
        (header(&first, "webhook-id"), header(&again, "webhook-id")),
        (id, id)
    );
    assert_eq!(first.body, again.body);
    let body = again.body.as_deref().expect("a body");
    let at = NOW + Span::mins(5);
    for secret in [SECRET, OTHER] {
        let key = SigningKey::parse(secret).expect("of the right form");
        let signed = Signed { id, at, body };
        let header = header(&again, "webhook-signature");
        assert_eq!(signature::verify(&[key], &signed, header, at), Ok(()));
    }
    assert_eq!(header(&again, "webhook-timestamp"), "1661861180");
    assert_eq!(json(&first)["data"]["unit_name"], "泗门镇");
    assert_eq!(json(&first)["data"]["deadline"], "2022-08-30T20:11:20+08:00");
    assert_eq!(format!("{first:?}"), "Post https://a.example/orders?key=***");
}

#[test]
fn a_webhooks_answers_are_told_apart() {
    let channel = webhook("https://a.example/", SECRET);
    let delivered = |status| matches!(channel.receipt(&reply(status, &[], "")), Receipt::Delivered(_));
    assert!([200, 201, 202, 204].into_iter().all(delivered));
    let refused = |status| matches!(channel.receipt(&reply(status, &[], "gone")), Receipt::Refused(_));
    assert!([400, 410, 413, 422].into_iter().all(refused));
    let doubtful = |status| matches!(channel.receipt(&reply(status, &[], "")), Receipt::Doubtful(_));
    assert!([301, 302, 307, 401, 403, 404].into_iter().all(doubtful));
    let blocked = |after| channel.receipt(&reply(429, &[("retry-after", after)], "later"));
    let said = Clean::new("HTTP 429 later");
    assert_eq!(blocked("120"), Receipt::Blocked(said.clone(), Span::mins(2)));
    assert_eq!(blocked("soon"), Receipt::Blocked(said.clone(), Span::mins(1)));
    assert_eq!(blocked("86400"), Receipt::Blocked(said, Span::hours(1)));
    for status in [408, 500, 502, 503] {
        let after = |text| channel.receipt(&reply(status, &[("retry-after", text)], "later"));
        let said = Clean::new(&format!("HTTP {status} later"));
        assert_eq!(after("120"), Receipt::Retry(said.clone(), Some(Span::secs(120))));
        let date = after("Tue, 30 Aug 2022 12:02:20 GMT");
        assert_eq!(date, Receipt::Retry(said.clone(), Some(Span::mins(1))));
        assert_eq!(after("soon"), Receipt::Retry(said, None));
    }
}

#[test]
fn a_dingtalk_letter_is_signed_in_milliseconds_and_hides_its_secrets() {
    let channel = dingtalk("token-of-the-robot", |options| {
        options.secret = Some(Secret::new("this is secret"));
        options.keyword = Some(Clean::new("环保"));
    });
    let ask = send(&*channel, &task("13800000000"), NOW);
    let expected = "https://oapi.dingtalk.com/robot/send?access_token=token-of-the-robot&timestamp=1661860880000\
                    &sign=FK4%2FLSWpVkzwsnbYMt6N5%2Fx9lkJzRKWaRXcn0lTZLqI%3D";
    assert_eq!(ask.url, expected);
    let shown = format!("{ask:?}");
    assert!(!shown.contains("token-of") && !shown.contains("FK4"), "{shown}");
    let body = json(&ask);
    let text = body["markdown"]["text"].as_str().expect("text");
    assert!(
        text.starts_with("### 派单 · 泗门镇\n\n秸秆火情 ［点］(http://x) ＠所有人\n"),
        "{text}"
    );
    assert!(
        text.contains("请于 08-30 20:11 前反馈") && text.contains("单号：F20220830-0007.1"),
        "{text}"
    );
    assert!(text.contains("环保") && text.ends_with("@13800000000"), "{text}");
    assert_eq!(body["at"]["atMobiles"][0], "13800000000");
    assert_eq!(channel.per_minute(), Some(18));
}

#[test]
fn a_landline_is_not_mentioned() {
    let channel = dingtalk("t", |_| {});
    let ask = send(&*channel, &task("0574-0000-0001"), NOW);
    assert_eq!(json(&ask)["at"]["atMobiles"], serde_json::json!([]));
    assert_eq!(ask.url, "https://oapi.dingtalk.com/robot/send?access_token=t");
}

#[test]
fn dingtalks_errcode_decides_and_not_the_status() {
    let channel = dingtalk("t", |_| {});
    let answer = |body: &str| channel.receipt(&reply(200, &[], body));
    let said = |text: &str| Clean::new(text);
    assert_eq!(
        answer(r#"{"errcode":0,"errmsg":"ok"}"#),
        Receipt::Delivered(said("errcode 0 ok"))
    );
    let refused = ERRORS.iter().filter(|row| row.1);
    for (code, _) in refused {
        let body = format!(r#"{{"errcode":{code},"errmsg":"no"}}"#);
        assert_eq!(
            answer(&body),
            Receipt::Refused(said(&format!("errcode {code} no")))
        );
    }
    let blocked = ERRORS.iter().filter(|row| !row.1);
    for (code, _) in blocked {
        let body = format!(r#"{{"errcode":{code},"errmsg":"send too fast"}}"#);
        let words = said(&format!("errcode {code} send too fast"));
        assert_eq!(answer(&body), Receipt::Blocked(words, Span::mins(10)));
    }
    assert!(matches!(
        answer(r#"{"errcode":-1,"errmsg":"busy"}"#),
        Receipt::Retry(_, None)
    ));
    assert!(matches!(answer(r#"{"errcode":7}"#), Receipt::Doubtful(_)));
}

/// Codes of the interface, and whether they are final; the others block the robot.
const ERRORS: &[(i64, bool)] = &[
    (310_000, true),
    (300_001, true),
    (400_101, true),
    (400_102, true),
    (460_101, true),
    (101_002, true),
    (430_102, true),
    (40_035, true),
    (130_101, false),
    (410_100, false),
];

#[test]
fn an_answer_of_a_robot_that_tells_nothing_leaves_it_open_whether_the_message_was_taken() {
    let robot = dingtalk("t", |_| {});
    let unknown = |status, body| matches!(robot.receipt(&reply(status, &[], body)), Receipt::Unknown(_));
    assert!(unknown(200, "<html>log in</html>") && unknown(200, ""));
    assert!([500, 502, 504].into_iter().all(|status| unknown(status, "")));
    for status in [408, 503] {
        assert!(matches!(
            robot.receipt(&reply(status, &[], "")),
            Receipt::Retry(..)
        ));
    }
    assert!(!robot.has_key() && webhook("https://a.example/", SECRET).has_key());
}

#[test]
fn a_call_is_made_by_a_person() {
    let channel = Telephone.channel(ROOM);
    assert_eq!(channel.letter(&task("0574-0000-0001"), NOW), Letter::Call);
}

#[test]
fn every_kind_has_a_key_of_its_own() {
    for kind in CHANNELS {
        assert_eq!(CHANNELS.iter().filter(|other| other.key == kind.key).count(), 1);
    }
}

/// What an order says itself, its letter says no second time; the number is the one that an answer must quote.
#[test]
fn a_robots_letter_repeats_nothing_and_carries_the_whole_number() {
    let mut task = task("0574-0000-0001");
    let key = "4c8e2a91-01KB2X9G7QK3M5ZT-F20220830-0007.1";
    task.order.key = Clean::new(key);
    task.order.text = Clean::new("泗门镇 秸秆焚烧。请于 20:11 前办结并反馈。单号 F20220830-0007.1。");
    let ask = send(&*dingtalk("t", |_| {}), &task, NOW);
    let text = json(&ask)["markdown"]["text"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(text.matches("20:11").count(), 1, "{text}");
    assert!(text.contains(key) && !text.contains("事件："), "{text}");
    // Somebody took the time out of the words: then the letter says it.
    task.order.text = Clean::new("泗门镇 秸秆焚烧。");
    let ask = send(&*dingtalk("t", |_| {}), &task, NOW);
    assert!(
        json(&ask)["markdown"]["text"]
            .as_str()
            .is_some_and(|text| text.contains("20:11"))
    );
}

/// Text that does not say it itself, such as one that a person wrote over.
#[test]
fn every_way_says_at_its_head_that_it_is_a_drill_in_both_languages() {
    for (lang, ..) in LANGS {
        let room = LetterHead {
            lang: *lang,
            zone: CHINA,
        };
        let options = |kind: &Kind| -> Arc<dyn Options> {
            match kind.key {
                "webhook" => Arc::new(WebhookOptions {
                    url: "https://a.example/".parse().expect("an address"),
                    keys: signing_keys(&Secret::new(SECRET)).expect("of the right form"),
                    per_minute: None,
                }),
                "dingtalk" => Arc::new(DingtalkOptions {
                    url: DINGTALK_URL.parse().expect("an address"),
                    token: Secret::new("t"),
                    secret: None,
                    keyword: None,
                    mention: true,
                }),
                _ => Arc::new(Telephone),
            }
        };
        for kind in CHANNELS {
            for is_drill in [true, false] {
                let mut task = task("13800000000");
                task.order.drill = is_drill;
                let said = match options(kind).channel(room).letter(&task, NOW) {
                    Letter::Send(ask) => json(&ask),
                    // The words that a person reads out.
                    Letter::Call => json!({ "data": { "text": letter::body(&task.order, *lang) } }),
                };
                let heads = [
                    &said["data"]["text"],
                    &said["markdown"]["title"],
                    &said["markdown"]["text"],
                ];
                let heads = heads.into_iter().filter_map(serde_json::Value::as_str);
                let heads: Vec<&str> = heads.map(|text| text.trim_start_matches("### ")).collect();
                let mark = lang.pick("【演练】", "DRILL: ");
                assert!(!heads.is_empty(), "{}", kind.key);
                for head in heads {
                    assert_eq!(head.starts_with(mark), is_drill, "{} {head}", kind.key);
                }
                if kind.key == "webhook" {
                    assert_eq!(said["data"]["drill"], is_drill);
                }
            }
        }
    }
}
