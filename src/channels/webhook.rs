//! `webhook`: orders and notices as JSON to any address, signed by the Standard Webhooks rule.
//!
//! The id of the message is the task's, the body is the same on every attempt, so a receiver that keeps ids takes each
//! order once. 2xx is delivered; 408, 425, 429 and 5xx are tried again; what is wrong with the letter, and 410, is final; other answers
//! are tried for some minutes first.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::bench::secret;
use crate::bench::secret::{RawSecret, Twins};
use crate::channels::setting::needed;
use crate::channels::{Channel, Hand, Kind, Letter, LetterHead, Options, Receipt, Reminder, read};
use crate::domain::anchor::Anchor;
use crate::domain::ledger::Stream;
use crate::domain::secret::Secret;
use crate::domain::signal::Severity;
use crate::domain::signature::{ID_HEADER, SIGNATURE_HEADER, Signed, SigningKey, TIME_HEADER};
use crate::domain::task::Task;
use crate::domain::text::{Clean, hex};
use crate::domain::time::Moment;
use crate::lang::letter;
use crate::net::{Ask, Method, Response};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "webhook",
    says: "A signed webhook.",
    is_call: false,
    takes_anchors: true,
    shape: |generator| generator.subschema_for::<WebhookRaw>(),
    read: |check, at, own| read(check, at, own, WebhookRaw::check),
};

/// One address with the keys that sign for it.
struct Webhook {
    options: WebhookOptions,
    room: LetterHead,
}

/// Orders as JSON to any address, signed by the Standard Webhooks rule.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
struct WebhookRaw {
    /// Where orders are posted: an http or https address.
    url: String,
    /// The signing secret, `whsec_` and base64. While it is being changed: the new one, a space, the old one.
    secret: Option<RawSecret>,
    /// The environment variable that holds the signing secret instead.
    secret_env: Option<String>,
    /// The file beside the configuration that holds the signing secret instead.
    secret_file: Option<String>,
    /// Most orders a minute; no limit where absent.
    per_minute: Option<u32>,
}

impl WebhookRaw {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<WebhookOptions> {
        let url = check.url(&at.key("url"), &self.url);
        let given = Twins {
            here: self.secret.as_ref(),
            env: self.secret_env.as_deref(),
            file: self.secret_file.as_deref(),
        };
        let secret = needed("secret", at, check, given);
        let keys = secret.as_ref().and_then(|secret| {
            let keys = signing_keys(secret);
            if keys.is_none() {
                let why = "whsec_<base64>, 24–64 B".to_owned();
                check.fault(&at.key("secret"), FaultKind::Expression("***".to_owned(), why));
            }
            keys
        });
        if let Some(most) = self.per_minute {
            check.within(&at.key("per_minute"), most, 1, 6000);
        }
        Some(WebhookOptions {
            url: url?,
            keys: keys?,
            per_minute: self.per_minute,
        })
    }
}

/// A signed webhook, checked.
#[derive(Clone, Debug)]
pub(super) struct WebhookOptions {
    /// Where orders are posted.
    pub url: Url,
    /// The keys that sign, the newest first; never empty.
    pub keys: Vec<SigningKey>,
    /// Most orders a minute.
    pub per_minute: Option<u32>,
}

/// The keys in a secret's text, newest first; `None` unless each is `whsec_` and the base64 of 24 to 64 bytes.
pub(super) fn signing_keys(secret: &Secret) -> Option<Vec<SigningKey>> {
    let keys = secret.expose().split_whitespace().map(SigningKey::parse);
    let keys: Option<Vec<SigningKey>> = keys.collect();
    keys.filter(|keys| !keys.is_empty())
}

impl Options for WebhookOptions {
    fn channel(&self, room: LetterHead) -> Box<dyn Channel> {
        Box::new(Webhook {
            options: self.clone(),
            room,
        })
    }
}

impl Webhook {
    /// The order as JSON; depends on the task alone, so that every attempt carries the same bytes.
    fn body(&self, task: &Task) -> Vec<u8> {
        let order = &task.order;
        let datum = order.datum.unwrap_or_default();
        let place = order.place.map(|place| {
            let (lat, lon) = place.to(datum);
            json!({ "lat": lat, "lon": lon, "datum": datum.key() })
        });
        let clock =
            |(name, at): &(Clean, Moment)| json!({ "name": name.as_str(), "at": at.rfc3339(self.room.zone) });
        let clocks: Vec<Value> = order.clocks.iter().map(clock).collect();
        let body = json!({
            "type": "order",
            "timestamp": task.ordered.rfc3339(self.room.zone),
            "data": {
                "task": task.number(),
                "number": task.id.as_str(),
                "case": order.case.as_str(),
                "unit": order.unit.as_str(),
                "unit_name": order.unit_name.as_str(),
                "contact": order.contact.as_str(),
                "phone": order.phone.as_str(),
                "text": letter::body(order, self.room.lang),
                "deadline": order.deadline.map(|at| at.rfc3339(self.room.zone)),
                "title": order.title.as_str(),
                "severity": order.severity.map(Severity::key),
                "where": order.whereabouts.as_str(),
                "place": place,
                "seen": order.seen,
                "episode": order.episode,
                "clocks": clocks,
                "drill": order.drill,
            },
        });
        body.to_string().into_bytes()
    }

    /// The body under its key, signed for `now`.
    fn post(&self, id: &str, body: Vec<u8>, now: Moment) -> Ask {
        let signed = Signed {
            id,
            at: now,
            body: &body,
        };
        let signatures: Vec<String> = self.options.keys.iter().map(|key| key.sign(&signed)).collect();
        let secrets = self.options.keys.iter().map(SigningKey::secret_text);
        let secrets = secrets
            .chain(signatures.iter().cloned())
            .map(Secret::new)
            .chain(secret::of_text(self.options.url.as_str()));
        let seconds = now.ms().div_euclid(1000).to_string();
        let headers = [
            ("content-type", "application/json"),
            (ID_HEADER, id),
            (TIME_HEADER, &seconds),
            (SIGNATURE_HEADER, &signatures.join(" ")),
        ];
        Ask {
            method: Method::Post,
            url: self.options.url.to_string(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            secrets: secrets.collect(),
            body: Some(body),
            ..Ask::default()
        }
    }
}

impl Channel for Webhook {
    fn letter(&self, task: &Task, now: Moment) -> Letter {
        Letter::Send(Box::new(self.post(task.number(), self.body(task), now)))
    }

    fn reminder(&self, reminder: &Reminder<'_>, hand: Hand<'_>, now: Moment) -> Letter {
        let telling = &reminder.notice.telling;
        let of = Stream::of(&telling.about).to_string();
        let to = telling.to.as_ref();
        let body = json!({
            "type": "notice",
            "timestamp": reminder.at.rfc3339(self.room.zone),
            "data": {
                "notice": reminder.notice.id.as_str(),
                "about": of,
                "role": telling.role.key(),
                "unit": to.map(|to| to.unit.as_str()),
                "contact": to.map(|to| to.contact.as_str()),
                "phone": to.map(|to| to.phone.as_str()),
                "title": letter::marked(telling.title.as_str(), telling.drill, self.room.lang),
                "drill": telling.drill,
                "text": reminder.words(self.room.lang, hand),
                "told": reminder.notice.told.rfc3339(self.room.zone),
                "time": reminder.nth,
            },
        });
        let body = body.to_string().into_bytes();
        Letter::Send(Box::new(self.post(&reminder.key, body, now)))
    }

    /// `line` is as it stands in a file of anchors, so that a receiver can keep one.
    fn anchor(&self, anchor: &Anchor, now: Moment) -> Option<Ask> {
        let genesis = hex(&anchor.genesis.unwrap_or_default());
        let at = anchor.at.unwrap_or(now).rfc3339(self.room.zone);
        let seal = anchor.seal.as_ref();
        let body = json!({
            "type": "anchor",
            "timestamp": at,
            "data": {
                "seq": anchor.seq,
                "hash": hex(&anchor.hash),
                "time": at,
                "ledger": genesis,
                "key": seal.map(|seal| hex(&seal.key)),
                "signature": seal.map(|seal| hex(&seal.signature)),
                "line": anchor.line(),
            },
        });
        // The first bytes tell the ledger, the number the entry: repeated, it is the same anchor.
        let ledger: String = genesis.chars().take(16).collect();
        let id = format!("anchor_{ledger}_{}", anchor.seq);
        Some(self.post(&id, body.to_string().into_bytes(), now))
    }

    fn receipt(&self, reply: &Response) -> Receipt {
        match reply.status {
            200..=299 => Receipt::Delivered(super::saying(reply)),
            _ => super::by_status(reply),
        }
    }

    fn has_key(&self) -> bool {
        true
    }

    fn per_minute(&self) -> Option<u32> {
        self.options.per_minute
    }
}
