//! The program's own log: a file a day in the state folder, and the newest lines for the console. Never the screen.
//!
//! Not the ledger: what people did stands there; here stands what the program met. Whoever logs leaves secrets out
//! (`net::Ask` hides its own). Started once, by `cli`; the lines go to the desk as events.

use crate::clock::Clock;
use crate::desk::board::LogLine;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, UTC};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::{EnvFilter, Layer};

/// Files kept: a fortnight of days.
const DAYS: usize = 14;
/// Lines that may wait for the desk; further ones are in the file alone.
const WAITING: usize = 1000;
/// What is logged where nobody says otherwise: our own steps, the libraries' troubles.
const DEFAULT_FILTER: &str = "warn,lookout=info";

/// A log under way.
#[derive(Debug)]
pub struct Log {
    /// The lines as they are written, for the desk.
    pub lines: Receiver<LogLine>,
    /// Dropping it writes what is left to the file.
    pub writer: WorkerGuard,
}

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A file of the log is a link elsewhere, which is not written through.
    #[error("{} is a link elsewhere: remove it", .0.display())]
    Link(PathBuf),
    /// The folder or the file cannot be made.
    #[error("{0}")]
    File(#[from] tracing_appender::rolling::InitError),
    /// One was started before.
    #[error("{0}")]
    Twice(#[from] tracing::subscriber::SetGlobalDefaultError),
}

/// Starts the log of this process: `lookout.<date>.log` in `folder`, at the level `filter` says (`debug`,
/// `lookout=trace` …; the default where it says nothing that can be understood).
///
/// # Errors
/// The file cannot be made or is a link elsewhere, or a log was started before.
pub fn start(folder: &Path, filter: Option<&str>, clock: Clock) -> Result<Log, LogError> {
    // The file's day begins at midnight of UTC, by the wall.
    if let Some(link) = link(folder, Clock::Wall.now()) {
        return Err(LogError::Link(link));
    }
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("lookout")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)?;
    let (file, writer) = tracing_appender::non_blocking(file);
    let (sender, lines) = sync_channel(WAITING);
    tracing::subscriber::set_global_default(subscriber(file, filter, Lines { sender, clock }))?;
    Ok(Log { lines, writer })
}

/// A file of the log that is a link and would be written to: that of the day, or of one to come.
fn link(folder: &Path, now: Moment) -> Option<PathBuf> {
    let today = format!("lookout.{}.log", now.date(UTC));
    let files = folder.read_dir().ok()?.filter_map(Result::ok);
    let is_written = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        let is_log = name.starts_with("lookout.") && path.extension().is_some_and(|end| end == "log");
        is_log && name >= today.as_str()
    };
    let mut written = files.map(|file| file.path()).filter(is_written);
    written.find(|path| path.is_symlink())
}

fn subscriber<W>(file: W, filter: Option<&str>, lines: Lines) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = filter.and_then(|text| EnvFilter::try_new(text).ok());
    let to_file = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(file);
    tracing_subscriber::registry()
        .with(filter.unwrap_or_else(|| EnvFilter::new(DEFAULT_FILTER)))
        .with(to_file)
        .with(lines.with_filter(LevelFilter::INFO))
}

/// Hands each line on to the desk; never waits for it.
struct Lines {
    sender: SyncSender<LogLine>,
    clock: Clock,
}

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut words = Words::default();
        event.record(&mut words);
        let line = LogLine {
            at: self.clock.now(),
            level: level(*event.metadata().level()),
            text: Clean::new(&words.text()),
        };
        // A full or closed channel loses the line for the console only; the file has it.
        drop(self.sender.try_send(line));
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::ERROR => "error",
        Level::WARN => "warn",
        Level::INFO => "info",
        Level::DEBUG => "debug",
        Level::TRACE => "trace",
    }
}

/// An event's message, and its fields behind it.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Words {
    fn text(self) -> String {
        format!("{}{}", self.message, self.fields)
    }
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing to a text cannot fail.
        let _ = if field.name() == "message" {
            write!(self.message, "{value:?}")
        } else {
            write!(self.fields, " {}={value:?}", field.name())
        };
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = if field.name() == "message" {
            write!(self.message, "{value}")
        } else {
            write!(self.fields, " {}={value}", field.name())
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_log_that_is_a_link_is_not_written_through() {
        let folder = tempfile::tempdir().expect("a folder");
        let (other, link) = (
            folder.path().join("other"),
            folder.path().join("lookout.2099-01-01.log"),
        );
        std::fs::write(&other, "theirs").expect("written");
        std::os::unix::fs::symlink(&other, &link).expect("a link");
        let refused = start(folder.path(), None, Clock::Wall).expect_err("it is a link");
        let named = refused.to_string();
        assert!(
            matches!(&refused, LogError::Link(path) if *path == link) && named.ends_with("remove it"),
            "{named}"
        );
        assert_eq!(std::fs::read_to_string(other).ok().as_deref(), Some("theirs"));
    }

    #[test]
    fn only_a_file_that_is_still_written_matters() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = Moment::parse_rfc3339("2026-11-27T12:00:00Z").expect("a time");
        for (day, matters) in [("2026-11-26", false), ("2026-11-27", true), ("2026-11-28", true)] {
            let file = folder.path().join(format!("lookout.{day}.log"));
            std::os::unix::fs::symlink(folder.path().join("other"), &file).expect("a link");
            assert_eq!(link(folder.path(), now).is_some(), matters, "{day}");
            std::fs::remove_file(file).expect("removed");
        }
    }

    use crate::domain::secret::Secret;
    use crate::net::Ask;
    use std::io;
    use std::sync::{Arc, Mutex};

    /// A file in memory.
    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("one writer").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(filter: Option<&str>, work: impl FnOnce()) -> (String, Vec<LogLine>) {
        let (sender, lines) = sync_channel(10);
        let clock = Clock::standing(Moment::from_ms(1000));
        let paper = Paper::default();
        let file = paper.clone();
        let subscriber = subscriber(move || file.clone(), filter, Lines { sender, clock });
        tracing::subscriber::with_default(subscriber, work);
        let bytes = paper.0.lock().expect("one writer").clone();
        (
            String::from_utf8(bytes).expect("text"),
            lines.try_iter().collect(),
        )
    }

    #[test]
    fn a_line_goes_to_the_file_and_to_the_console_with_its_fields() {
        let (file, lines) = logged(None, || {
            tracing::warn!(source = "cnemc", failures = 3, "poll failed");
        });
        assert!(file.contains("WARN") && file.contains("poll failed"), "{file}");
        let text = "poll failed source=cnemc failures=3".into();
        let at = Moment::from_ms(1000);
        assert_eq!(
            lines,
            [LogLine {
                at,
                level: "warn",
                text
            }]
        );
    }

    #[test]
    fn secrets_of_a_request_reach_neither() {
        let ask = Ask {
            secrets: vec![Secret::new("hunter2")],
            ..Ask::get("https://x.example/?key=hunter2")
        };
        let (file, lines) = logged(None, || tracing::error!(?ask, "refused"));
        assert!(file.contains("key=***") && !file.contains("hunter2"), "{file}");
        assert!(!format!("{lines:?}").contains("hunter2"));
    }

    #[test]
    fn the_level_can_be_chosen_and_a_wrong_choice_changes_nothing() {
        let work = || {
            tracing::info!("seen");
            tracing::debug!("hidden");
        };
        let (file, _) = logged(Some("error"), work);
        assert_eq!(file, "");
        let (file, _) = logged(Some("=!="), work);
        assert!(file.contains("seen") && !file.contains("hidden"), "{file}");
        let (file, lines) = logged(Some("lookout=debug"), work);
        assert!(file.contains("hidden") && lines.len() == 1, "{file}");
    }

    #[test]
    fn a_desk_that_does_not_read_holds_nothing_up() {
        let (_, lines) = logged(None, || (0..50).for_each(|n| tracing::info!(n, "line")));
        assert_eq!(lines.len(), 10);
    }
}
