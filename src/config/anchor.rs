//! `[anchor]`: where the end of the ledger is written down, out of its owner's reach.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::channels::ChannelSetting;
use crate::domain::id::ChannelId;
use crate::domain::time::Span;
use schemars::JsonSchema;
use serde::Deserialize;
use std::path::PathBuf;

/// `[anchor]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawAnchor {
    /// The file that the end of the ledger is added to, a line a time; it belongs on another machine's disk.
    pub file: Option<PathBuf>,
    /// The webhook among the channels that the same is posted to, as JSON; alone or beside the file.
    pub channel: Option<String>,
    /// The file of the room's key, which signs each of them and must be there; one beside the ledger (`<ledger>-key`) is found
    /// by itself. `lookout audit key` makes either.
    pub key: Option<PathBuf>,
    /// How often at most, where the ledger has grown; also whenever a hand-over is signed or a report is issued.
    pub every: String,
}

impl Default for RawAnchor {
    fn default() -> Self {
        Self {
            file: None,
            channel: None,
            key: None,
            every: "1h".to_owned(),
        }
    }
}

/// Where the end of the ledger is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchoring {
    /// The file; none where `None`.
    pub file: Option<PathBuf>,
    /// The channel that it is posted to; none where `None`.
    pub channel: Option<ChannelId>,
    /// The room's key, which must be there; the one beside the ledger, if there is one, where `None`.
    pub key: Option<PathBuf>,
    /// How often at most.
    pub every: Span,
}

/// The section checked, with the channels that are there.
pub(super) fn check(check: &mut Check<'_>, channels: &[ChannelSetting]) -> Anchoring {
    let raw: RawAnchor = check.section("anchor");
    let at = At::root().key("anchor");
    let takers = channels.iter().filter(|row| row.kind.takes_anchors);
    let takers: Vec<&str> = takers.map(|row| row.id.as_str()).collect();
    if let Some(named) = raw.channel.as_deref().filter(|named| !takers.contains(named)) {
        check.nothing(&at.key("channel"), named, &takers);
    }
    Anchoring {
        channel: raw.channel.as_deref().map(ChannelId::new),
        file: raw.file.map(|path| check.beside(&path)),
        key: raw.key.map(|path| check.beside(&path)),
        every: check.span(&at.key("every"), &raw.every).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use crate::bench::check::tests::Given;
    use crate::config::checked;
    use crate::domain::id::ChannelId;
    use std::path::Path;

    #[test]
    fn only_a_webhook_that_is_there_takes_anchors() {
        let hook = "[[channel]]\nid = 'hook'\nkind = 'webhook'\nurl = 'http://127.0.0.1:1/'\n\
                    secret = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='\n\
                    [[channel]]\nid = 'phone'\nkind = 'telephone'\n";
        let read = |channel: &str| {
            let text = format!("[anchor]\nchannel = '{channel}'\n{hook}");
            checked::read(Path::new("room.toml"), &text, &Given::default())
        };
        let good = read("hook").expect("it is good");
        assert_eq!(good.anchoring.channel, Some(ChannelId::new("hook")));
        for other in ["phone", "nowhere"] {
            let faults = read(other).expect_err("a fault");
            let places: Vec<(u32, &str)> = faults.iter().map(|own| (own.line, own.key.as_str())).collect();
            assert_eq!(places, [(2, "anchor.channel")]);
        }
    }
}
