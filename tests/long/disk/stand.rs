//! A room on a disk that a test can harm, the person at its console, and the judgment over what they were told.

use crate::console::Console;
use crate::shim::Shim;
use crate::upstream::Answer;
use crate::{Room, SIZE, bodies};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::store::{Ledger, OpenMode, Sqlite};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long a trouble may take to be named, where nothing else is said; a debug build on a busy machine.
pub(crate) const SOON: Duration = Duration::from_secs(15);
/// A paste does nothing, and says so in the place of what was said before.
const PASTE: &str = "\u{1b}[200~x\u{1b}[201~";
/// How a refusal begins; a long one is cut before it says that nothing was done.
const REFUSED: [&str; 2] = ["The ledger cannot be written", "The ledger's chain is broken"];
/// An account that owns nothing.
pub(crate) const NOBODY: &str = "exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"";

/// What a person was told of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Recorded,
    Refused,
    /// Nothing yet.
    Open,
}

/// What was seen of a case.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Why it was not run.
    skipped: Option<&'static str>,
    /// What the screen called it, and how soon.
    named: Vec<(String, Duration)>,
    /// The acts that were tried, by their comments.
    acts: Vec<(String, Said)>,
    /// Where the ledger ends that was judged.
    entries: u64,
}

impl Report {
    pub(crate) fn skipped(why: &'static str) -> Self {
        Self {
            skipped: Some(why),
            ..Self::default()
        }
    }

    /// What was seen of another one as well.
    pub(crate) fn takes(&mut self, other: Self) {
        self.named.extend(other.named);
        self.acts.extend(other.acts);
        self.entries += other.entries;
    }

    /// Holds all that was said against the ledger in that file.
    #[track_caller]
    pub(crate) fn judge(mut self, file: &Path) -> Self {
        let ledger = Sqlite::open(file, OpenMode::ReadOnly).expect("the ledger can be read");
        let audit = ledger.verify(&mut |_, _| {}).expect("the chain can be read");
        assert_eq!(audit.broken, None);
        let all = ledger.entries(0, usize::MAX).expect("the entries");
        let mut seen = Vec::new();
        for entry in &all {
            if let Fact::Alarm(AlarmFact::Acknowledged { comment, .. }) = &entry.fact {
                seen.push(comment.as_str());
            }
        }
        for (name, said) in &self.acts {
            let is_its = |seen: &&&str| seen.ends_with(&comment(name));
            let times = seen.iter().filter(is_its).count();
            let fits = match said {
                Said::Recorded => times == 1,
                Said::Refused => times == 0,
                Said::Open => times <= 1,
            };
            assert!(
                fits,
                "“{name}” was {said:?} and stands {times} times in the ledger"
            );
        }
        self.entries = all.len() as u64;
        self
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(why) = self.skipped {
            return write!(f, "skipped: {why}");
        }
        for (words, after) in &self.named {
            write!(f, "“{words}” after {} ms; ", after.as_millis())?;
        }
        let of = |said| self.acts.iter().filter(|act| act.1 == said).count();
        write!(
            f,
            "{} acts recorded, {} refused, {} without a word; none untrue, {} entries whole",
            of(Said::Recorded),
            of(Said::Refused),
            of(Said::Open),
            self.entries
        )
    }
}

/// A room with more to acknowledge than one alarm.
pub(crate) struct Stand {
    pub(crate) room: Room,
    pub(crate) shim: Shim,
}

impl Stand {
    pub(crate) fn new() -> Self {
        let room = Room::new();
        let shim = Shim::disk(room.home.path());
        let stand = Self { room, shim };
        stand.lists(8);
        stand
    }

    /// From now on the upstream lists so many alarms.
    pub(crate) fn lists(&self, alarms: usize) {
        let body = Answer::Body(bodies::alerts(alarms), "application/json");
        self.room.upstream.set("/am/api/v2/alerts", body);
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.room.home.path().join("room.db")
    }

    /// A file beside the ledger.
    pub(crate) fn beside(&self, end: &str) -> PathBuf {
        self.room.home.path().join(format!("room.db{end}"))
    }

    /// A person at a console under the shim, who sees alarms.
    pub(crate) fn sits(&self) -> Person {
        let person = self.sits_after(&self.shim.script());
        person.console.wait_for("Disk of host ");
        person
    }

    /// A person at a console after a script.
    pub(crate) fn sits_after(&self, script: &str) -> Person {
        let config = self.room.home.path().join("room.toml");
        let arguments = ["--config", config.to_str().expect("UTF-8")];
        let mut console = Console::start_after(self.room.home.path(), script, &arguments, SIZE);
        console.press("6");
        Person {
            console,
            report: Report::default(),
            since: Instant::now(),
        }
    }

    /// A room that was left in order, its ledger whole in its file.
    pub(crate) fn kept() -> Self {
        let stand = Self::new();
        let mut person = stand.sits();
        person.console.press("2");
        person.console.wait_for("测试东");
        person.leaves();
        let conn = rusqlite::Connection::open(stand.file()).expect("it opens");
        conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
            .expect("all of it in the file");
        stand
    }

    /// Runs a command on the room: exit code, and all that was said.
    pub(crate) fn runs(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let ran = Command::new(env!("CARGO_BIN_EXE_lookout"))
            .args(arguments)
            .arg("--config")
            .arg(self.room.home.path().join("room.toml"))
            .env("XDG_STATE_HOME", self.room.home.path().join("state"))
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .output()
            .expect("it runs");
        let text = [ran.stdout, ran.stderr].concat();
        (ran.status.code(), String::from_utf8_lossy(&text).into_owned())
    }

    /// Puts a ledger in the place of what is there.
    #[track_caller]
    pub(crate) fn restores(&self, from: &Path) {
        let (code, said) = self.runs(&["restore", from.to_str().expect("UTF-8")]);
        assert_eq!(code, Some(0), "{said}");
    }
}

fn is_refusal(text: &str) -> bool {
    REFUSED.iter().any(|words| text.contains(words))
}

/// The words that go with an act; pressed twice, they end so all the same.
fn comment(name: &str) -> String {
    format!("{name}!")
}

/// Whoever sits at a console, and what they were told.
pub(crate) struct Person {
    pub(crate) console: Console,
    pub(crate) report: Report,
    /// When the harm was done.
    since: Instant,
}

impl Person {
    /// The harm is done now.
    pub(crate) fn harmed(&mut self) {
        self.since = Instant::now();
    }

    /// Waits until the trouble is named, on any screen and on the first one.
    #[track_caller]
    pub(crate) fn is_told(&mut self, words: &str, within: Duration) {
        let told = self.console.becomes(within, &|text: &str| text.contains(words));
        assert!(told, "“{words}” not after {within:?}:\n{}", self.console.text());
        self.report.named.push((words.to_owned(), self.since.elapsed()));
        self.console.press("1");
        self.console.wait("the trouble, and no calm", |text| {
            text.contains(words) && text.contains("0 Sources") && !text.contains("no unhandled alarms")
        });
        self.console.press("6");
    }

    /// Waits until nothing stands in the ledger's way.
    #[track_caller]
    pub(crate) fn sees_it_well(&self) {
        let troubles = ["READ-ONLY", "the ledger cannot be read", "does not answer"];
        self.console.wait("that it records again", |text| {
            !troubles.iter().any(|words| text.contains(words))
        });
    }

    /// Takes in what is new until that alarm is there.
    #[track_caller]
    pub(crate) fn sees(&mut self, alarm: &str) {
        self.console.press("6");
        self.console.press_until("rG", alarm, |text| text.contains(alarm));
    }

    /// Acknowledges the next alarm with that comment; what is said of it in that time.
    pub(crate) fn acts(&mut self, name: &str, patience: Duration) -> Said {
        let console = &mut self.console;
        console.press("6");
        console.press_until(PASTE, "an empty foot", |text| text.contains("does nothing here"));
        console.press("g!");
        let opened = |text: &str| text.contains("Comment") || is_refusal(text);
        console.press_until("a", "the dialog", opened);
        let end = Instant::now() + Duration::from_secs(30);
        let comment = comment(name);
        let is_written = |text: &str| text.contains(&comment) || !text.contains("Comment");
        while !console.becomes(Duration::from_millis(500), &is_written) {
            assert!(Instant::now() < end, "it takes no words:\n{}", console.text());
            // The first letter goes to the field for words; what comes as fast as no hand types only where that has the keys.
            console.press("x");
            std::thread::sleep(Duration::from_millis(50));
            console.press(&comment);
        }
        while console.text().contains("Comment") {
            assert!(Instant::now() < end, "the dialog stays:\n{}", console.text());
            console.press("\r");
            console.becomes(Duration::from_millis(400), &|text: &str| {
                !text.contains("Comment")
            });
        }
        self.report.acts.push((name.to_owned(), Said::Open));
        self.is_answered(name, patience)
    }

    /// What is said of an act in that time.
    pub(crate) fn is_answered(&mut self, name: &str, patience: Duration) -> Said {
        let told = |text: &str| {
            if text.contains("recorded: Acknowledge") {
                Said::Recorded
            } else if is_refusal(text) {
                Said::Refused
            } else {
                Said::Open
            }
        };
        self.console
            .becomes(patience, &|text: &str| told(text) != Said::Open);
        let said = told(&self.console.text());
        if let Some(act) = self.report.acts.iter_mut().find(|act| act.0 == name) {
            act.1 = said;
        }
        said
    }

    /// Is told at once that this is not done.
    #[track_caller]
    pub(crate) fn is_refused(&mut self, name: &str) {
        let said = self.acts(name, SOON);
        assert_eq!(said, Said::Refused, "{}", self.console.text());
    }

    /// Is told that this is recorded.
    #[track_caller]
    pub(crate) fn records(&mut self, name: &str) {
        let said = self.acts(name, SOON);
        assert_eq!(said, Said::Recorded, "{}", self.console.text());
    }

    /// Leaves in order.
    #[track_caller]
    pub(crate) fn leaves(mut self) -> Report {
        self.console.press("q");
        assert_eq!(self.console.end(), 0);
        self.report
    }

    /// Sees the console killed.
    pub(crate) fn loses(self) -> Report {
        self.console.kill();
        self.report
    }
}
