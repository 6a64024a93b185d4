//! Never a false calm: every kind of source against every kind of broken upstream, over real HTTP. While the upstream is
//! broken the source is not fresh, neither the drawn screen nor its words say that all is quiet,
//! `check` ends with 1, `alarms --json` names it and ends with 4; with the next good answer all is fresh again.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says why by failing"
)]

#[expect(dead_code, reason = "each test binary uses a part of it")]
mod common;
#[path = "calm/faults.rs"]
mod faults;
#[path = "calm/kinds.rs"]
mod kinds;
#[path = "calm/shown.rs"]
mod shown;
#[path = "calm/stories.rs"]
mod stories;
#[path = "calm/upstream.rs"]
mod upstream;

use faults::FAULTS;
use kinds::KINDS;
use lookout::bench::check::World;
use lookout::cli::furnish::wired;
use lookout::clock::Clock;
use lookout::config::Config;
use lookout::config::checked::read;
use lookout::desk::poll::trial;
use lookout::domain::calm;
use lookout::domain::calm::Heard;
use lookout::domain::feed::Feed;
use lookout::domain::id::SourceId;
use lookout::domain::state::State;
use lookout::lang::{LANGS, Lang, calm as words};
use lookout::net::client::{Client, Manners};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};
use upstream::Upstream;

/// A room whose sources all ask one small server.
struct Room {
    upstream: Upstream,
    config: String,
    folder: tempfile::TempDir,
}

impl Room {
    fn new(sources: impl Fn(&str) -> String) -> Self {
        let upstream = Upstream::start();
        let config = format!("[room]\nname = \"测\"\n{}", sources(&upstream.base()));
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("room.toml"), &config).expect("written");
        Self {
            upstream,
            config,
            folder,
        }
    }

    fn checked(&self) -> Config {
        read(Path::new("room.toml"), &self.config, &World).unwrap_or_else(|faults| panic!("{faults:#?}"))
    }

    /// Polls every source once, and judges the health that comes of it as the console does.
    fn poll(&self) -> Vec<Feed> {
        let clock = Clock::Wall;
        let now = clock.clone();
        let client = Client::new(Manners::default(), move || now.now());
        let config = self.checked();
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let asked: Vec<_> = wired(&config)
                .into_iter()
                .map(|wired| {
                    let (client, clock) = (client.clone(), clock.clone());
                    tokio::spawn(async move {
                        let mut feed = wired.feed();
                        match trial(wired, &client, &clock).await {
                            Ok(take) => feed.good(&take, clock.now()),
                            Err(why) => feed.bad(why, clock.now()),
                        }
                        feed
                    })
                })
                .collect();
            let mut feeds = Vec::new();
            for feed in asked {
                feeds.push(feed.await.expect("a poll never panics"));
            }
            feeds
        })
    }

    fn runs(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_lookout"))
            .args(arguments)
            .args(["--config", "room.toml"])
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .output()
            .expect("the binary starts")
    }

    /// `lookout check --json`: its exit code, and the state of each source.
    fn check(&self) -> (Option<i32>, BTreeMap<String, String>) {
        let ran = self.runs(&["check", "--json"]);
        let said: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("JSON");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let sources = said["sources"].as_array().expect("sources");
        let states = sources
            .iter()
            .map(|source| (text(&source["id"]), text(&source["state"])));
        (ran.status.code(), states.collect())
    }
}

/// What the console says of one source alone while there is no alarm: that all is quiet, or why that proves nothing.
fn console(feed: &Feed) -> String {
    let feeds = [(feed.id.clone(), feed.clone())].into_iter().collect();
    let state = State::default();
    let heard = Heard {
        feeds: &feeds,
        collected: true,
        ledger: Ok(()),
        stuck: None,
        state: &state,
        late: 0,
        lost: None,
    };
    let now = Clock::Wall.now();
    let calm = calm::judge(heard, now);
    match words::doubts(Lang::En, &calm.doubts, now) {
        Some(doubts) => doubts,
        None => words::covers(Lang::En, calm.cover()),
    }
}

const QUIET: &str = "no unhandled alarms";

#[test]
fn no_broken_upstream_is_ever_calm_and_each_recovers() {
    let room = Room::new(|base| KINDS.iter().map(|kind| (kind.config)(base)).collect());
    let mut wrong = Vec::new();
    let mut cells = 0;
    let (code, _) = room.check();
    assert_eq!(
        code,
        Some(0),
        "the upstreams are good to begin with: {:?}",
        room.poll()
    );
    for (nth, fault) in FAULTS.iter().enumerate() {
        room.upstream.breaks(fault);
        let fits = |id: &SourceId| kinds::by_id(id.as_str()).is_some_and(|kind| fault.fits(kind));
        let (code, states) = room.check();
        if code != Some(1) {
            wrong.push(format!("{}: check ends with {code:?}", fault.name));
        }
        let feeds = room.poll();
        let broken: BTreeSet<String> = feeds
            .iter()
            .filter(|feed| fits(&feed.id))
            .map(|feed| feed.id.to_string())
            .collect();
        let listed = room.alarms(&feeds);
        if (listed.code, listed.fresh) != (Some(4), Some(false)) || !listed.gaps.is_superset(&broken) {
            wrong.push(format!("{}: alarms says {listed:?}", fault.name));
        }
        for feed in feeds.iter().filter(|feed| fits(&feed.id)) {
            cells += 1;
            // Every fault and every source is drawn in both languages, a cell in one of them.
            let (lang, ..) = LANGS[cells % LANGS.len()];
            if let Some(screen) = shown::false_calm(lang, feed) {
                wrong.push(format!(
                    "{} at {}: the screen says\n{screen}",
                    fault.name, feed.id
                ));
            }
            let (says, state) = (console(feed), &states[feed.id.as_str()]);
            if feed.state.is_fresh() || says.contains(QUIET) || matches!(state.as_str(), "ok" | "empty") {
                wrong.push(format!(
                    "{} at {}: {says}, check says {state}",
                    fault.name, feed.id
                ));
            }
        }
        room.upstream.recovers();
        let feeds = room.poll();
        let listed = room.alarms(&feeds);
        if (listed.code, listed.fresh) != (Some(0), Some(true)) || !listed.gaps.is_empty() {
            wrong.push(format!("{}: recovered, alarms says {listed:?}", fault.name));
        }
        // Recovery is drawn of one source after the other, one a fault.
        let (lang, ..) = LANGS[nth % LANGS.len()];
        if let Some(screen) = shown::no_calm(lang, &feeds[nth % feeds.len()]) {
            wrong.push(format!("{}: recovered\n{screen}", fault.name));
        }
        for feed in feeds {
            if !feed.state.is_fresh() || !console(&feed).contains(QUIET) {
                wrong.push(format!(
                    "{} at {}: has not recovered: {feed:?}",
                    fault.name, feed.id
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "of {cells} cells:\n{}", wrong.join("\n"));
    assert!(
        FAULTS.len() >= 30 && cells >= 200,
        "{} faults, {cells} cells",
        FAULTS.len()
    );
}
