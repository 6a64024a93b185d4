//! The options of each kind of channel: as a `[[channel]]` table gives them, and as they are meant.
//!
//! A kind has its raw shape here (`*Raw`, documented for people) and a variant of [`ChannelOptions`];
//! `channels` makes the channel of it.

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::config::secret::{RawSecret, SecretFault, Twins};
use crate::domain::secret::Secret;
use crate::domain::signature::SigningKey;
use crate::domain::text::Clean;
use schemars::JsonSchema;
use serde::Deserialize;
use url::Url;

/// DingTalk's own address; government installations (专有钉钉) have another.
pub const DINGTALK_URL: &str = "https://oapi.dingtalk.com/robot/send";

/// Orders as JSON to any address, signed by the Standard Webhooks rule.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookRaw {
    /// Where orders are posted: an http or https address.
    pub url: String,
    /// The signing secret, `whsec_` and base64. While it is being changed: the new one, a space, the old one.
    pub secret: Option<RawSecret>,
    /// The environment variable that holds the signing secret instead.
    pub secret_env: Option<String>,
    /// The file beside the configuration that holds the signing secret instead.
    pub secret_file: Option<String>,
    /// Most orders a minute; no limit where absent.
    pub per_minute: Option<u32>,
}

/// Orders as messages of a DingTalk group robot (钉钉群机器人).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DingtalkRaw {
    /// The robot interface; DingTalk's public one where absent.
    pub url: Option<String>,
    /// The robot's `access_token`.
    pub token: Option<RawSecret>,
    /// The environment variable that holds the token instead.
    pub token_env: Option<String>,
    /// The file beside the configuration that holds the token instead.
    pub token_file: Option<String>,
    /// The robot's signing secret (加签), if it has one.
    pub secret: Option<RawSecret>,
    /// The environment variable that holds the signing secret instead.
    pub secret_env: Option<String>,
    /// The file beside the configuration that holds the signing secret instead.
    pub secret_file: Option<String>,
    /// The word a robot with keyword security asks for in every message.
    pub keyword: Option<String>,
    /// Whether the contact is mentioned (@) when their number is a mobile one.
    #[serde(default)]
    pub mention: bool,
}

/// Orders by telephone: the operator calls and records it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TelephoneRaw {}

/// The options of one channel, by its `kind`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ChannelRaw {
    /// A signed webhook.
    Webhook(WebhookRaw),
    /// A DingTalk robot.
    Dingtalk(DingtalkRaw),
    /// The telephone.
    Telephone(TelephoneRaw),
}

impl ChannelRaw {
    /// What is meant by the table at `at`; every fault is reported to `check`, and then it is `None`.
    pub fn check(&self, at: &At, check: &mut Check<'_>) -> Option<ChannelOptions> {
        match self {
            Self::Webhook(raw) => raw.check(at, check).map(ChannelOptions::Webhook),
            Self::Dingtalk(raw) => raw.check(at, check).map(ChannelOptions::Dingtalk),
            Self::Telephone(TelephoneRaw {}) => Some(ChannelOptions::Telephone),
        }
    }
}

impl WebhookRaw {
    fn check(&self, at: &At, check: &mut Check<'_>) -> Option<WebhookOptions> {
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

impl DingtalkRaw {
    fn check(&self, at: &At, check: &mut Check<'_>) -> Option<DingtalkOptions> {
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

/// The secret `name` of the table at `at`; a fault where neither it nor a twin of it stands there.
fn needed(name: &'static str, at: &At, check: &mut Check<'_>, given: Twins<'_>) -> Option<Secret> {
    if given.is_none() {
        check.secret_fault(at, name, SecretFault::Missing(name));
    }
    check.secret(at, name, given)
}

/// What one channel is, checked.
#[derive(Clone, Debug)]
pub enum ChannelOptions {
    /// A signed webhook.
    Webhook(WebhookOptions),
    /// A DingTalk robot.
    Dingtalk(DingtalkOptions),
    /// The telephone.
    Telephone,
}

impl ChannelOptions {
    /// The name of the kind: `kind = "…"` in a `[[channel]]` table.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Webhook(_) => "webhook",
            Self::Dingtalk(_) => "dingtalk",
            Self::Telephone => "telephone",
        }
    }
}

/// A signed webhook, checked.
#[derive(Clone, Debug)]
pub struct WebhookOptions {
    /// Where orders are posted.
    pub url: Url,
    /// The keys that sign, the newest first; never empty.
    pub keys: Vec<SigningKey>,
    /// Most orders a minute.
    pub per_minute: Option<u32>,
}

/// A DingTalk robot, checked.
#[derive(Clone, Debug)]
pub struct DingtalkOptions {
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

/// The keys in a secret's text, newest first; `None` unless each is `whsec_` and the base64 of 24 to 64 bytes.
pub fn signing_keys(secret: &Secret) -> Option<Vec<SigningKey>> {
    let keys = secret.expose().split_whitespace().map(SigningKey::parse);
    let keys: Option<Vec<SigningKey>> = keys.collect();
    keys.filter(|keys| !keys.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::check::tests::Given;
    use crate::config::document::Document;
    use std::path::Path;

    #[test]
    fn a_secret_under_change_gives_both_keys_and_a_broken_one_none() {
        let (new, old) = (
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        );
        let keys = |text: &str| signing_keys(&Secret::new(text)).map(|keys| keys.len());
        assert_eq!(keys(new), Some(1));
        assert_eq!(keys(&format!("{new} {old}")), Some(2));
        assert_eq!(keys(&format!("{new} whsec_YQ==")), None);
        assert_eq!(keys(""), None);
    }

    /// What is made of one channel's table, and the places and kinds of its faults.
    fn checked(text: &str) -> (Option<ChannelOptions>, Vec<(String, FaultKind)>) {
        let (document, _) = Document::parse(Path::new("lookout.toml"), text);
        let world = Given {
            variables: vec![("TOKEN", "a-token")],
            ..Given::default()
        };
        let mut check = Check::new(&document, &world);
        let raw: ChannelRaw = toml::from_str(text).expect("the right shape");
        let options = raw.check(&At::root(), &mut check);
        let faults = check.into_faults().into_iter();
        (options, faults.map(|fault| (fault.key, fault.kind)).collect())
    }

    #[test]
    fn every_fault_of_a_channel_is_found_at_once() {
        let (options, faults) = checked("kind = 'webhook'\nurl = 'ftp://a.example'\nper_minute = 0");
        assert!(options.is_none());
        let keys: Vec<&str> = faults.iter().map(|fault| fault.0.as_str()).collect();
        assert_eq!(keys.len(), 3, "{faults:?}");
        assert!(
            ["url", "secret", "per_minute"]
                .iter()
                .all(|key| keys.contains(key)),
            "{keys:?}"
        );
    }

    #[test]
    fn a_broken_signing_secret_is_named_but_not_shown() {
        let (options, faults) = checked("kind = 'webhook'\nurl = 'https://a.example'\nsecret = 'whsec_YQ=='");
        assert!(options.is_none());
        let shown = format!("{faults:?}");
        assert!(shown.contains("***") && !shown.contains("YQ"), "{shown}");
    }

    #[test]
    fn a_robot_needs_its_token_and_nothing_else() {
        let (options, faults) = checked("kind = 'dingtalk'\ntoken_env = 'TOKEN'");
        assert_eq!(faults, []);
        let Some(ChannelOptions::Dingtalk(robot)) = options else {
            panic!("a robot");
        };
        assert_eq!(
            (robot.url.as_str(), robot.token.expose()),
            (DINGTALK_URL, "a-token")
        );
        assert_eq!(
            checked("kind = 'dingtalk'").1,
            [("token".to_owned(), FaultKind::Missing)]
        );
        assert!(checked("kind = 'dingtalk'\ntoken_env = 'UNSET'").0.is_none());
    }

    #[test]
    fn a_misspelt_option_is_refused_by_name() {
        let text = "kind = 'webhook'\nurl = 'https://a.example'\nscret = 'S'";
        let wrong: Result<ChannelRaw, _> = toml::from_str(text);
        let said = wrong.expect_err("an unknown key").to_string();
        assert!(said.contains("scret"), "{said}");
        let wrong: Result<ChannelRaw, _> = toml::from_str("kind = 'telephone'\nnumber = '1'");
        assert!(wrong.is_err());
    }
}
