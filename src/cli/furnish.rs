//! What a checked configuration furnishes a room with: its sources and channels built, what it knows beforehand.

use crate::channels::{self, Channel, ChannelSetting};
use crate::cli::common::Common;
use crate::cli::fault::Fault;
use crate::cli::{Io, load};
use crate::clock::Clock;
use crate::config::{Config, checked};
use crate::desk::board::{Letters, Room};
use crate::desk::luck::Luck;
use crate::desk::poll::Wired;
use crate::desk::run::{Setup, aside};
use crate::domain::directory::Directory;
use crate::domain::feed::Volume;
use crate::domain::id::ChannelId;
use crate::domain::notice::Policy;
use crate::domain::person::ROLES;
use crate::domain::place::Datum;
use crate::domain::text::Clean;
use crate::net::client::{Client, Manners};
use crate::sources;
use crate::sources::SourceSetting;
use crate::store::Store;
use crate::training::CityFiles;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The seed of the training city where none is given.
pub(super) const SEED: u64 = 1;

/// The training city's configuration goes the way of every room's.
pub(super) fn training_config(
    (text, beside): (&str, &CityFiles<'_>),
    common: &Common,
    stage: &Io<'_>,
) -> Result<Config, Fault> {
    let read = checked::read(Path::new("training.toml"), text, beside);
    let mut config = read.map_err(|faults| Fault::config(&faults, stage.outside, stage.lang))?;
    config.file = None;
    if common.lang.is_none() {
        config.language = stage.lang;
    }
    load::lay_over(&mut config, common);
    Ok(config)
}

/// Everything a desk is set up with.
pub fn setup(config: &Config, training: bool, clock: Clock, store: Box<dyn Store>, file: PathBuf) -> Setup {
    let now = clock.clone();
    Setup {
        sources: wired(config),
        channels: channels(config),
        room: room(config, training),
        rules: config.rules.clone(),
        store,
        file: Some(file),
        client: Client::new(Manners::default(), move || now.now()),
        clock,
        may_collect: true,
        retention: Some(config.keep_readings),
        luck: Luck::new(rand::random()),
        anchoring: config.anchoring.clone(),
        aside: aside::thread,
    }
}

/// The configured ways out.
pub fn channels(config: &Config) -> Vec<(ChannelId, Arc<dyn Channel>)> {
    let place = channels::LetterHead {
        lang: config.language,
        zone: config.zone,
    };
    let channel = |own: &ChannelSetting| (own.id.clone(), Arc::from(own.options.channel(place)));
    config.channels.iter().map(channel).collect()
}

/// The configured sources, ready to be polled.
pub fn wired(config: &Config) -> Vec<Wired> {
    let directory = Arc::new(config.directory.clone());
    let wire = |setting| wire(setting, &directory);
    config.sources.iter().map(wire).collect()
}

/// The datum of the maps behind each channel that names one.
fn datums(config: &Config) -> BTreeMap<ChannelId, Datum> {
    let named = config.channels.iter();
    named
        .filter_map(|own| Some((own.id.clone(), own.datum?)))
        .collect()
}

/// The channels that are a telephone.
fn telephones(config: &Config) -> Vec<ChannelId> {
    let all = config.channels.iter().filter(|own| own.kind.is_call);
    all.map(|own| own.id.clone()).collect()
}

fn wire(setting: &SourceSetting, directory: &Arc<Directory>) -> Wired {
    let source = sources::build(setting, directory);
    Wired {
        id: setting.id.clone(),
        kind: Clean::new(setting.kind),
        every: setting.every.unwrap_or_else(|| source.every()),
        late_after: setting.late_after.or_else(|| source.late_after()),
        bounds: setting.bounds,
        most: u64::from(setting.most_mb) << 20,
        volume: setting.volume.map(|(rows, within)| Volume::new(rows, within)),
        source,
    }
}

/// What the room knows beforehand.
pub fn room(config: &Config, training: bool) -> Room {
    Room {
        name: config.name.clone(),
        training,
        zone: config.zone,
        standard: config.standard,
        directory: config.directory.clone(),
        playbooks: config.playbooks.clone(),
        channels: config.channels.iter().map(|own| own.id.clone()).collect(),
        telephones: telephones(config),
        letters: Letters {
            lang: config.language,
            map: config.map.clone(),
            datums: datums(config),
        },
        ack_expires: config.acknowledgement_holds,
        keep_closed: config.keep_closed,
        longest_shelf: config.longest_shelf,
        notices: Policy {
            // In the training city anybody may be played.
            seated: if training {
                ROLES.iter().map(|row| row.0).collect()
            } else {
                config.notices.seated.clone()
            },
            ..config.notices.clone()
        },
        groupings: config.groupings.clone(),
        roster: config.roster.clone(),
        ladders: config.ladders.clone(),
        targets: config.targets.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::check::tests::Given;

    #[test]
    fn a_channel_is_a_telephone_by_its_kind_whatever_it_is_called() {
        let text = "[[channel]]\nid = 'hotline'\nkind = 'telephone'\n\
                    [[channel]]\nid = 'phone'\nkind = 'dingtalk'\ntoken = 'a-token'\n";
        let read = checked::read(Path::new("room.toml"), text, &Given::default());
        let room = room(&read.expect("it is good"), false);
        assert_eq!(room.telephones, [ChannelId::new("hotline")]);
        assert_eq!(room.channels.len(), 2);
    }
}
