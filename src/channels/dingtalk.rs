//! `dingtalk`: orders as markdown messages of a DingTalk group robot (钉钉群机器人).
//!
//! The interface answers HTTP 200 whatever happens, so `errcode` decides. It takes 20 messages a minute and then blocks
//! the robot for ten minutes; it gives no read receipt. A repeated attempt is a repeated message: it has no idempotency
//! key, only the order number in the text, so what may have been taken is not sent again.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::secret;
use crate::bench::secret::{RawSecret, Twins};
use crate::channels::setting::needed;
use crate::channels::{Channel, Hand, Kind, Letter, LetterHead, Options, Receipt, Reminder, read};
use crate::domain::anchor::Anchor;
use crate::domain::secret::Secret;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::lang::letter;
use crate::net::{Ask, Method, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;
use url::Url;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "dingtalk",
    says: "A DingTalk robot.",
    is_call: false,
    takes_anchors: false,
    shape: |generator| generator.subschema_for::<DingtalkRaw>(),
    read: |check, at, own| read(check, at, own, DingtalkRaw::check),
};

/// Two below the interface's limit of 20, so that a person's own message does not block the robot.
const PER_MINUTE: u32 = 18;
/// How long a robot stays blocked after too many messages.
const BLOCKED: Span = Span::mins(10);

/// What an `errcode` means for the outbox; an unknown one is tried a few times.
const ERRCODES: &[(i64, Meaning)] = &[
    (0, Meaning::Taken),
    (-1, Meaning::Busy),
    // Too many messages: the robot's own limit, then the platform's.
    (130_101, Meaning::Blocked),
    (410_100, Meaning::Blocked),
    // Security: signature, keyword or address list.
    (310_000, Meaning::Final),
    // Token unknown; robot stopped, removed, or message kind not taken.
    (300_001, Meaning::Final),
    (400_101, Meaning::Final),
    (400_102, Meaning::Final),
    (400_105, Meaning::Final),
    (400_106, Meaning::Final),
    (300_005, Meaning::Final),
    (400_013, Meaning::Final),
    // The message is too long, in two of the platform's codes.
    (460_101, Meaning::Final),
    (101_002, Meaning::Final),
    // A link, word, picture or content that is not let through.
    (430_101, Meaning::Final),
    (430_102, Meaning::Final),
    (430_103, Meaning::Final),
    (430_104, Meaning::Final),
    // A parameter or header is missing or wrong.
    (43_004, Meaning::Final),
    (40_035, Meaning::Final),
];

/// What an `errcode` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// The message is in the group.
    Taken,
    /// The platform is busy.
    Busy,
    /// Nothing is taken for [`BLOCKED`].
    Blocked,
    /// It will never be taken.
    Final,
}

/// One robot of one group.
struct Dingtalk {
    options: DingtalkOptions,
    room: LetterHead,
}

/// What the interface answers.
#[derive(Deserialize)]
struct Answer {
    errcode: i64,
    #[serde(default)]
    errmsg: String,
}

/// DingTalk's own address; government installations (专有钉钉) have another.
pub(super) const DINGTALK_URL: &str = "https://oapi.dingtalk.com/robot/send";

/// Orders as messages of a DingTalk group robot (钉钉群机器人).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
struct DingtalkRaw {
    /// The robot interface; DingTalk's public one where absent.
    url: Option<String>,
    /// The robot's `access_token`.
    token: Option<RawSecret>,
    /// The environment variable that holds the token instead.
    token_env: Option<String>,
    /// The file beside the configuration that holds the token instead.
    token_file: Option<String>,
    /// The robot's signing secret (加签), if it has one.
    secret: Option<RawSecret>,
    /// The environment variable that holds the signing secret instead.
    secret_env: Option<String>,
    /// The file beside the configuration that holds the signing secret instead.
    secret_file: Option<String>,
    /// The word a robot with keyword security asks for in every message.
    keyword: Option<String>,
    /// Whether the contact is mentioned (@) when their number is a mobile one.
    #[serde(default)]
    mention: bool,
}

impl DingtalkRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<DingtalkOptions> {
        let url = check.url(&at.key("url"), self.url.as_deref().unwrap_or(DINGTALK_URL));
        let token = Twins {
            here: self.token.as_ref(),
            env: self.token_env.as_deref(),
            file: self.token_file.as_deref(),
        };
        let token = needed("token", at, check, token);
        let secret = Twins {
            here: self.secret.as_ref(),
            env: self.secret_env.as_deref(),
            file: self.secret_file.as_deref(),
        };
        let secret = check.secret(at, "secret", secret);
        let keyword = self.keyword.as_deref();
        let keyword = keyword.map(|word| check.words(&at.key("keyword"), word));
        Some(DingtalkOptions {
            url: url?,
            token: token?,
            secret,
            keyword,
            mention: self.mention,
        })
    }
}

/// A DingTalk robot, checked.
#[derive(Clone, Debug)]
pub(super) struct DingtalkOptions {
    /// The robot interface.
    pub url: Url,
    /// The robot's `access_token`.
    pub token: Secret,
    /// The robot's signing secret.
    pub secret: Option<Secret>,
    /// The word every message must contain.
    pub keyword: Option<Clean>,
    /// Whether the contact is mentioned.
    pub mention: bool,
}

impl Options for DingtalkOptions {
    fn channel(&self, room: LetterHead) -> Box<dyn Channel> {
        Box::new(Dingtalk {
            options: self.clone(),
            room,
        })
    }
}

/// The robot's signature: base64 of HMAC-SHA256, keyed with the secret, over milliseconds, newline, secret.
fn sign(secret: &str, at: Moment) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(format!("{}\n{secret}", at.ms()).as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Text from outside without a voice in markdown: no links, images, headings or mentions of its own.
fn plain(text: &str) -> String {
    let wide = |c: char| match c {
        '[' => '［',
        ']' => '］',
        '<' => '＜',
        '>' => '＞',
        '*' => '＊',
        '#' => '＃',
        '`' => '｀',
        '@' => '＠',
        _ => c,
    };
    text.chars().map(wide).collect()
}

/// Whether a number is a Chinese mobile one, the only kind that can be mentioned.
fn is_mobile(number: &str) -> bool {
    number.len() == 11 && number.starts_with('1') && number.bytes().all(|b| b.is_ascii_digit())
}

impl Dingtalk {
    fn markdown(&self, task: &Task) -> Value {
        let title = plain(&letter::heading(task, self.room.lang));
        let mut text = format!(
            "### {title}\n\n{}\n",
            plain(&letter::body(&task.order, self.room.lang))
        );
        for line in letter::lines(task, self.room.lang, self.room.zone) {
            text.extend(["\n- ", &plain(&line)]);
        }
        self.message(&title, text, task.order.phone.as_str())
    }

    /// A message to whoever has that telephone.
    fn message(&self, title: &str, mut text: String, phone: &str) -> Value {
        if let Some(keyword) = &self.options.keyword {
            text.extend(["\n\n", keyword.as_str()]);
        }
        let mobile = (self.options.mention && is_mobile(phone)).then_some(phone);
        if let Some(mobile) = mobile {
            text.extend(["\n\n@", mobile]);
        }
        let mobiles: Vec<&str> = mobile.into_iter().collect();
        json!({
            "msgtype": "markdown",
            "markdown": { "title": title, "text": text },
            "at": { "atMobiles": mobiles, "isAtAll": false },
        })
    }

    /// The address of one attempt, and what in it must not be shown.
    fn address(&self, now: Moment) -> (String, Vec<Secret>) {
        let mut url = self.options.url.clone();
        let mut secrets = vec![self.options.token.clone()];
        secrets.extend(secret::of_text(url.as_str()));
        url.query_pairs_mut()
            .append_pair("access_token", self.options.token.expose());
        if let Some(secret) = &self.options.secret {
            let sign = sign(secret.expose(), now);
            url.query_pairs_mut()
                .append_pair("timestamp", &now.ms().to_string())
                .append_pair("sign", &sign);
            secrets.extend([secret.clone(), Secret::new(sign)]);
        }
        (url.to_string(), secrets)
    }

    fn post(&self, message: &Value, now: Moment) -> Letter {
        let (url, secrets) = self.address(now);
        Letter::Send(Box::new(Ask {
            method: Method::Post,
            url,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: Some(message.to_string().into_bytes()),
            secrets,
            ..Ask::default()
        }))
    }
}

impl Channel for Dingtalk {
    fn letter(&self, task: &Task, now: Moment) -> Letter {
        self.post(&self.markdown(task), now)
    }

    fn reminder(&self, reminder: &Reminder<'_>, hand: Hand<'_>, now: Moment) -> Letter {
        let words = plain(&reminder.words(self.room.lang, hand));
        let to = reminder.notice.telling.to.as_ref();
        let phone = to.map_or("", |to| to.phone.as_str());
        self.post(&self.message(&words, format!("### {words}\n"), phone), now)
    }

    fn anchor(&self, _: &Anchor, _: Moment) -> Option<Ask> {
        None
    }

    fn receipt(&self, reply: &Response) -> Receipt {
        match reply.status {
            200..=299 => {}
            // A gateway that lost the robot's answer, not one that says it is closed.
            500..=599 if reply.status != 503 => return Receipt::Unknown(super::saying(reply)),
            _ => return super::by_status(reply),
        }
        let Ok(answer) = serde_json::from_slice::<Answer>(&reply.body) else {
            return Receipt::Unknown(super::saying(reply));
        };
        let said = Clean::new(&format!("errcode {} {}", answer.errcode, answer.errmsg));
        match ERRCODES
            .iter()
            .find(|row| row.0 == answer.errcode)
            .map(|row| row.1)
        {
            Some(Meaning::Taken) => Receipt::Delivered(said),
            Some(Meaning::Blocked) => Receipt::Blocked(said, BLOCKED),
            Some(Meaning::Final) => Receipt::Refused(said),
            Some(Meaning::Busy) => Receipt::Retry(said, None),
            None => Receipt::Doubtful(said),
        }
    }

    fn has_key(&self) -> bool {
        false
    }

    fn per_minute(&self) -> Option<u32> {
        Some(PER_MINUTE)
    }
}
