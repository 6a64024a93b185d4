//! Faults of the disk and of the ledger's files, with the real binary in a real terminal, a table over them: the screen names
//! the trouble in its time, what it said is recorded stands in the ledger afterwards and what it refused does not, the chain
//! is whole, and the room goes on recording where the fault ends.

#[path = "disk/failing.rs"]
mod failing;
#[path = "disk/files.rs"]
mod files;
#[path = "disk/mounted.rs"]
mod mounted;
#[path = "disk/pages.rs"]
mod pages;
#[path = "disk/stand.rs"]
mod stand;

use stand::Report;

/// A fault by its name, and what shows what becomes of a room under it.
type Case = (&'static str, fn() -> Report);

/// Those that need no more time than the program takes, each for one kind: run at every change.
const QUICK: &[Case] = &[
    (
        "each fsync fails, then no more",
        failing::fsync_fails_and_recovers,
    ),
    ("reads fail under who follows", failing::reads_fail),
    (
        "a commit fails and the console is killed at once",
        failing::one_commit_fails,
    ),
];

/// The others.
const LONG: &[Case] = &[
    ("the disk fills up", mounted::fills_up),
    (
        "the disk is full at the start, no ledger yet",
        mounted::full_before_there_is_one,
    ),
    ("the disk is full at the start", mounted::full_at_the_start),
    ("a read-only disk", mounted::read_only),
    (
        "a read-only disk with a log left by a kill",
        mounted::read_only_with_a_log,
    ),
    ("the file is read-only", files::read_only_file),
    (
        "each fsync fails, then killed",
        failing::fsync_fails_and_it_is_killed,
    ),
    (
        "every kind of commit fails, killed at once",
        failing::every_commit_fails,
    ),
    ("each fsync takes 4 s", failing::fsync_is_slow),
    ("fsync hangs", failing::fsync_hangs),
    (
        "some writes find the disk full, then killed",
        failing::full_now_and_then,
    ),
    ("another program holds the lock", failing::locked),
    ("the ledger is deleted", files::deleted),
    ("its folder is renamed", files::renamed),
    ("its log is deleted", files::log_deleted),
    ("an older copy is moved over it", files::replaced),
    ("a page of the entries is damaged", || pages::damaged("entry")),
    ("the page of the head is damaged", || pages::damaged("head")),
    ("the first page is damaged", || pages::damaged("the first page")),
    ("a page of an index is damaged", || pages::damaged("entry_stream")),
    ("a page of the readings is damaged", || pages::damaged("reading")),
    ("a page of the snapshot is damaged", || pages::damaged("snapshot")),
    ("a page of the notes of polls is damaged", || {
        pages::damaged("memo")
    }),
    ("a frame of the log is damaged", pages::frame),
    ("a page of the entries is damaged while it runs", pages::under_way),
    ("the file is another account's", files::of_another),
    ("the folder is read-only", files::read_only_folder),
    ("the state's folder is read-only", files::read_only_state),
];

/// Runs them one after another, and says of each what was seen; those whose name holds `LOOKOUT_CASES`, where it is set.
fn run(cases: &'static [Case], say: impl Fn(String)) {
    let only = std::env::var("LOOKOUT_CASES").unwrap_or_default();
    let mut failed = Vec::new();
    for (name, case) in cases.iter().filter(|(name, _)| name.contains(&only)) {
        match std::thread::spawn(case).join() {
            Ok(report) => say(format!("disk: {name}: {report}")),
            Err(_) => failed.push(*name),
        }
    }
    assert_eq!(failed, Vec::<&str>::new());
}

#[test]
fn a_disk_that_fails_for_a_while_is_named_and_nothing_said_is_untrue() {
    run(QUICK, |line| println!("{line}"));
}

#[test]
#[ignore = "minutes of real processes: .ci/long"]
fn of_every_fault_of_the_disk_and_the_files_the_screen_says_the_truth() {
    run(LONG, |line| println!("{line}"));
}
