//! The training city's lists and documents speak in names, and keep from the operator what a loop keeps to others.

use super::answer;
use crate::bench::check::tests::Given;
use crate::cli::exit::Exit;
use crate::clock::Clock;
use crate::config::{Config, checked};
use crate::domain::directory::Point;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::id::{AlarmId, CaseId, TownshipId, UnitId};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::person::{Actor, Role};
use crate::domain::playbook::Playbook;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::report::REPORTS;
use crate::store::{Ledger, OpenMode, Sqlite, Under};
use crate::training::Papers;
use std::collections::BTreeSet;
use std::path::Path;

/// The title of what only some may see.
const KEPT: &str = "恒值嫌疑";

/// The training city's room with an open case of every loop, each on an alarm of its own.
struct City {
    config: Config,
    folder: tempfile::TempDir,
    now: Moment,
}

impl City {
    fn new() -> Self {
        let papers = Papers::new(1);
        let config = checked::read(
            Path::new("training.toml"),
            &papers.config,
            &papers.beside(&Given::default()),
        );
        let city = Self {
            config: config.unwrap_or_else(|faults| panic!("{faults:#?}")),
            folder: tempfile::tempdir().expect("a folder"),
            now: Clock::Wall.now(),
        };
        let mut store = Sqlite::open(&city.ledger(), OpenMode::ReadWrite).expect("a ledger");
        for playbook in &city.config.playbooks {
            city.open(&mut store, playbook);
        }
        city
    }

    fn ledger(&self) -> std::path::PathBuf {
        self.folder.path().join("city.db")
    }

    fn open(&self, store: &mut Sqlite, playbook: &Playbook) {
        let directory = &self.config.directory;
        let township = directory.townships.iter().next().map(|own| own.id.clone());
        let point = directory.points.iter().next().map(|own| own.id.clone());
        let unit = directory.units.iter().next().map(|own| own.id.clone());
        let title = if playbook.is_seen_by(Role::Operator) {
            "事由"
        } else {
            KEPT
        };
        let code = playbook.opens_on_alarm.first().map_or("OTHER", Clean::as_str);
        let alarm = AlarmId::new(&format!("{code}/{}", playbook.id));
        let cause = Cause {
            code: Clean::new(code),
            severity: Severity::Yellow,
            title: Clean::new(title),
            township: township.clone(),
            point: point.clone(),
            began: self.now,
            ..Cause::default()
        };
        let matter = Matter {
            playbook: playbook.id.clone(),
            stage: playbook.stages.first().expect("a stage").id.clone(),
            title: Clean::new(title),
            alarm: Some(alarm.clone()),
            detected: self.now,
            township,
            point,
            unit,
            ..Matter::default()
        };
        let case = CaseId::new(&format!("{}20261123-0001", playbook.letter));
        let raised = Fact::Alarm(AlarmFact::raised(cause));
        let opened = Fact::Case(CaseFact::Opened(Box::new(matter)));
        for (stream, fact) in [(Stream::Alarm(alarm), raised), (Stream::Case(case), opened)] {
            let draft = Draft {
                stream,
                expect: 0,
                at: self.now,
                by: Actor::Desk,
                seat: None,
                fact,
            };
            store.append(&[draft], Under::Anyone).expect("kept");
        }
    }

    fn says(&self, line: &str) -> String {
        let given = Given::default();
        let db = self.ledger().display().to_string();
        let own = ["lookout", "--training", "--db", &db];
        let (exit, out, err) = answer(&given, &own, line.split_whitespace());
        assert!(matches!(exit, Exit::Good | Exit::Outside), "{line}: {out}{err}");
        out
    }

    /// Keys that have names: of townships, units, points, loops and stages.
    fn keys(&self) -> BTreeSet<String> {
        let (directory, playbooks) = (&self.config.directory, &self.config.playbooks);
        let townships = directory
            .townships
            .iter()
            .map(|own| TownshipId::to_string(&own.id));
        let units = directory.units.iter().map(|own| UnitId::to_string(&own.id));
        let loops = playbooks.iter().map(|own| own.id.to_string());
        let stages = playbooks
            .iter()
            .flat_map(|own| own.stages.iter().map(|s| s.id.to_string()));
        townships.chain(units).chain(loops).chain(stages).collect()
    }
}

/// What people are given: every list and every document.
fn lines() -> Vec<String> {
    let lists = ["alarms", "cases", "points", "feeds"].map(str::to_owned);
    let papers = REPORTS.iter().map(|report| format!("report {}", report.key));
    lists.into_iter().chain(papers).collect()
}

#[test]
fn no_list_and_no_document_prints_a_key_where_there_is_a_name() {
    let city = City::new();
    let keys = city.keys();
    let named = |point: &&Point| !point.name.is_empty();
    assert!(keys.len() > 100 && city.config.directory.points.iter().any(|p| named(&p)));
    for line in lines() {
        let out = city.says(&format!("{line} --lang zh"));
        // The figures of the year are asked for by their keys (`--records`): the first cell of their rows.
        let cells = |row: &str| match line.as_str() {
            "report year" => row.splitn(3, '|').last().unwrap_or_default().to_owned(),
            // What a line of the log is about is told by its number: of an alarm, its rule and point.
            "report shift" => row
                .split(' ')
                .filter(|word| !word.contains('/'))
                .collect::<Vec<_>>()
                .join(" "),
            _ => row.to_owned(),
        };
        let said: String = out.lines().map(|row| cells(row) + "\n").collect();
        let words = said.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
        let bare: BTreeSet<&str> = words.filter(|word| keys.contains(*word)).collect();
        assert!(bare.is_empty(), "{line}: {bare:?} in\n{out}");
    }
    let township = city.config.directory.townships.iter().next();
    let township = township.map_or("", |own| own.name.as_str());
    assert!(
        city.says("cases --lang zh").contains(township),
        "cases are listed"
    );
}

#[test]
fn what_a_loop_keeps_to_others_is_in_no_list_and_no_document_of_the_operator() {
    let city = City::new();
    let kept: Vec<&Playbook> = city
        .config
        .playbooks
        .iter()
        .filter(|own| !own.is_seen_by(Role::Operator))
        .collect();
    assert!(!kept.is_empty());
    let json = ["alarms", "cases", "points"].map(|list| format!("{list} --json"));
    for line in lines().into_iter().chain(json) {
        let out = city.says(&line);
        for playbook in &kept {
            let case = format!("{}20261123-0001", playbook.letter);
            let codes = playbook.opens_on_alarm.iter().map(Clean::as_str);
            for word in codes.chain([playbook.id.as_str(), case.as_str(), KEPT]) {
                assert!(!out.contains(word), "{line}: {word} in\n{out}");
            }
        }
    }
    let everything = city.says("alarms --lang zh");
    assert!(everything.contains("事由"), "{everything}");
}
