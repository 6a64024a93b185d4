//! A `[[channel]]`: what every way out shares. What a kind wants to know stands in its own file.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::known::DatumKey;
use crate::bench::secret::{SecretFault, Twins};
use crate::channels::{CHANNELS, Kind, Options};
use crate::domain::id::ChannelId;
use crate::domain::place::{DATUMS, Datum};
use crate::domain::secret::Secret;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;
use toml::Table;

/// What every `[[channel]]` says.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
struct Shared {
    /// Its name in this room.
    id: String,
    /// Which kind of way out it is.
    kind: String,
    /// The datum of the maps that its receivers use: `wgs84`, `gcj02` (Amap, Tencent) or `bd09` (Baidu); WGS 84 where absent.
    #[schemars(with = "Option<DatumKey>")]
    datum: Option<String>,
    /// What the kind wants to know.
    #[serde(flatten)]
    #[schemars(skip)]
    own: Table,
}

/// One `[[channel]]` as the file says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct ChannelRaw(Shared);

/// A `[[channel]]` as it is meant.
#[derive(Clone, Debug)]
pub struct ChannelSetting {
    /// Its name in this room.
    pub id: ChannelId,
    /// Its kind: one of [`CHANNELS`].
    pub kind: &'static Kind,
    /// The datum of the maps behind it, where one is named.
    pub datum: Option<Datum>,
    /// What the kind wants to know.
    pub options: Arc<dyn Options>,
}

impl JsonSchema for ChannelRaw {
    fn schema_name() -> Cow<'static, str> {
        "ChannelRaw".into()
    }

    /// What all share, and beside the name of each kind its options.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Shared::json_schema(generator);
        let forms: Vec<Value> = CHANNELS
            .iter()
            .map(|kind| {
                json!({
                    "description": kind.says,
                    "properties": { "kind": { "const": kind.key } },
                    "required": ["kind"],
                    "allOf": [(kind.shape)(generator)],
                })
            })
            .collect();
        schema.insert("oneOf".to_owned(), forms.into());
        schema.insert("unevaluatedProperties".to_owned(), false.into());
        schema
    }
}

impl ChannelRaw {
    /// What it means; `None` where something needed is wrong, and everything wrong is reported.
    pub fn check(&self, check: &mut Check<'_>, at: &At) -> Option<ChannelSetting> {
        let Shared { id, kind, datum, own } = &self.0;
        check.words(&at.key("id"), id);
        let known = DATUMS.map(|row| row.1);
        let datum = datum.as_deref();
        let datum = datum.map(|key| check.one_of(&at.key("datum"), key, &known, Datum::by_key));
        // A kind that is not known was reported with the shape of the table.
        let kind = CHANNELS.iter().find(|row| row.key == kind)?;
        Some(ChannelSetting {
            id: ChannelId::new(id),
            kind,
            datum: datum.flatten(),
            options: (kind.read)(check, at, own)?,
        })
    }
}

/// The secret `name` of the table at `at`; a fault where neither it nor a twin of it stands there.
pub(super) fn needed(name: &'static str, at: &At, check: &mut Check<'_>, given: Twins<'_>) -> Option<Secret> {
    if given.is_none() {
        check.secret_fault(at, name, SecretFault::Missing(name));
    }
    check.secret(at, name, given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::check::tests::Given;
    use crate::bench::document::Document;
    use crate::bench::fault::FaultKind;
    use std::path::Path;

    #[test]
    fn a_secret_under_change_gives_both_keys_and_a_broken_one_none() {
        let (new, old) = (
            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        );
        let keys =
            |text: &str| crate::channels::webhook::signing_keys(&Secret::new(text)).map(|keys| keys.len());
        assert_eq!(keys(new), Some(1));
        assert_eq!(keys(&format!("{new} {old}")), Some(2));
        assert_eq!(keys(&format!("{new} whsec_YQ==")), None);
        assert_eq!(keys(""), None);
    }

    /// What is made of one channel's table, and the places and kinds of its faults.
    fn checked(text: &str) -> (Option<ChannelSetting>, Vec<(String, FaultKind)>) {
        let text = format!("id = 'a'\n{text}");
        let (document, _) = Document::parse(Path::new("lookout.toml"), &text);
        let world = Given {
            variables: vec![("TOKEN", "a-token")],
            ..Given::default()
        };
        let mut check = Check::new(&document, &world);
        let raw: ChannelRaw = toml::from_str(&text).expect("the right shape");
        let options = raw.check(&mut check, &At::root());
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
        assert_eq!(options.map(|robot| robot.kind.key), Some("dingtalk"));
        assert_eq!(
            checked("kind = 'dingtalk'").1,
            [("token".to_owned(), FaultKind::Missing)]
        );
        assert!(checked("kind = 'dingtalk'\ntoken_env = 'UNSET'").0.is_none());
    }
}
