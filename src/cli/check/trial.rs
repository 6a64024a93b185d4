//! Trial polls: each source is asked once, all at the same time, and what came of it stands in a table.

use crate::cli::fault::Fault;
use crate::cli::list::aligned;
use crate::cli::{furnish, room};
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::poll;
use crate::desk::poll::Wired;
use crate::domain::feed::{Feed, FeedState, PollError, PollResult};
use crate::domain::time::{Moment, Zone};
use crate::lang::cli::CliText;
use crate::lang::domain::feed_state;
use crate::lang::{Lang, trouble};
use crate::net::client::{Client, Manners};
use serde_json::{Value, json};

/// What came of asking one source.
#[derive(Debug)]
pub(super) struct Trial {
    /// The source as the console would show it after this poll.
    feed: Feed,
    readings: usize,
    signals: usize,
}

/// Asks every source once.
///
/// # Errors
/// The system has no threads left.
pub(super) fn all(config: &Config, lang: Lang) -> Result<Vec<Trial>, Fault> {
    let clock = Clock::Wall;
    let now = clock.clone();
    let client = Client::new(Manners::default(), move || now.now());
    let runtime = room::runtime(lang)?;
    Ok(runtime.block_on(async {
        let asked: Vec<_> = furnish::wired(config)
            .into_iter()
            .map(|wired| tokio::spawn(one(wired, client.clone(), clock.clone())))
            .collect();
        let mut trials = Vec::new();
        for trial in asked {
            // A panic in a source has spoken for itself; the others are still worth reading.
            trials.extend(trial.await.ok());
        }
        trials
    }))
}

async fn one(wired: Wired, client: Client, clock: Clock) -> Trial {
    let feed = wired.feed();
    let result = poll::trial(wired, &client, &clock).await;
    Trial::new(feed, result, clock.now())
}

impl Trial {
    fn new(mut feed: Feed, result: Result<PollResult, PollError>, at: Moment) -> Self {
        let (mut readings, mut signals) = (0, 0);
        match result {
            Ok(take) => {
                (readings, signals) = (take.readings.len(), take.signals.len());
                feed.good(&take, at);
            }
            Err(why) => feed.bad(why, at),
        }
        Self {
            feed,
            readings,
            signals,
        }
    }

    /// Whether the source gave nothing usable, nothing new enough, or anything that could not be read.
    pub(super) fn failed(&self) -> bool {
        !self.feed.state.is_fresh() || self.feed.flaws > 0
    }

    pub(super) fn json(&self, zone: Zone) -> Value {
        let feed = &self.feed;
        let flaws: Vec<String> = feed
            .flaw_samples
            .iter()
            .map(|flaw| trouble::flaw(Lang::En, flaw))
            .collect();
        let lacks = feed.lacks.iter();
        let lacks: Vec<String> = lacks.map(|lack| trouble::lack(Lang::En, lack, zone)).collect();
        json!({
            "id": feed.id.as_str(),
            "kind": feed.kind.as_str(),
            "state": feed.state.key(),
            "readings": self.readings,
            "signals": self.signals,
            "newest": feed.newest.map(|at| at.rfc3339(zone)),
            "rows": feed.read.there,
            "rows_lost": feed.read.lost,
            "lacks": lacks,
            "flaws": feed.flaws,
            "flaw_samples": flaws,
            "trouble": feed.trouble.as_ref().map(|why| trouble::what(Lang::En, why, zone)),
        })
    }

    fn cells(&self, zone: Zone, lang: Lang) -> Vec<String> {
        let feed = &self.feed;
        vec![
            feed.id.to_string(),
            feed.kind.to_string(),
            feed_state(lang, feed.state).to_owned(),
            self.readings.to_string(),
            self.signals.to_string(),
            feed.flaws.to_string(),
            feed.newest.map(|at| at.rfc3339(zone)).unwrap_or_default(),
        ]
    }

    /// What to know beyond the table: the trouble with its remedy, the first flaws.
    fn notes(&self, zone: Zone, lang: Lang) -> Vec<String> {
        let flaws = self
            .feed
            .flaw_samples
            .iter()
            .map(|flaw| trouble::flaw(lang, flaw));
        let why = self.feed.trouble.iter().map(|why| {
            let (what, remedy) = (trouble::what(lang, why, zone), trouble::remedy(lang, why));
            lang.pick(format!("{what}。{remedy}"), format!("{what} — {remedy}"))
        });
        let late = (self.feed.state == FeedState::Late).then(|| CliText::LateData.text(lang).to_owned());
        let lost = self.feed.read;
        let lost = (lost.lost > 0).then(|| trouble::lost(lang, lost));
        let lacks = self.feed.lacks.iter().map(|lack| trouble::lack(lang, lack, zone));
        why.chain(late).chain(lacks).chain(lost).chain(flaws).collect()
    }
}

/// The table, with a source's notes under its row.
pub(super) fn table(trials: &[Trial], zone: Zone, lang: Lang) -> String {
    let heads = [
        CliText::ColumnSource,
        CliText::ColumnKind,
        CliText::ColumnState,
        CliText::ColumnReadings,
        CliText::ColumnSignals,
        CliText::ColumnFlaws,
        CliText::ColumnNewest,
    ];
    if trials.is_empty() {
        return String::new();
    }
    let heads = heads.map(|text| text.text(lang).to_owned()).to_vec();
    let lines = std::iter::once(heads).chain(trials.iter().map(|trial| trial.cells(zone, lang)));
    let lines: Vec<Vec<String>> = lines.collect();
    let mut out = String::new();
    for (n, line) in aligned(&lines).into_iter().enumerate() {
        out.push_str(&line);
        let trial = n.checked_sub(1).and_then(|n| trials.get(n));
        for note in trial.map(|trial| trial.notes(zone, lang)).unwrap_or_default() {
            out.extend(["  ", &note, "\n"]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::feed::{BadRow, FlawKind};
    use crate::domain::id::SourceId;
    use crate::domain::time::{CHINA, Span};

    #[test]
    fn a_source_that_fails_is_told_from_one_with_nothing_to_say() {
        let feed = |id| Feed::new(SourceId::new(id), "nws".into(), Span::mins(5), None);
        let at = Moment::from_ms(0);
        let flaw = BadRow {
            place: "row 3, PM2_5".into(),
            found: "x".into(),
            why: FlawKind::NotANumber,
        };
        let mut take = PollResult::default();
        take.note(flaw);
        let trials = [
            Trial::new(feed("quiet"), Ok(take), at),
            Trial::new(feed("broken"), Err(PollError::Key(401)), at),
        ];
        assert_eq!(
            trials.each_ref().map(Trial::failed),
            [true, true],
            "a flaw is a finding"
        );
        let table = table(&trials, CHINA, Lang::En);
        insta::assert_snapshot!(table, @"
        source  kind  state      readings  signals  flaws  newest
        quiet   nws   ok, empty  0         0        1
          row 3, PM2_5: no number (x)
        broken  nws   error      0         0        0
          the key was refused (401) — Check or renew the key in the configuration.
        ");
        assert_eq!(trials[1].json(CHINA)["state"], "error");
    }
}
