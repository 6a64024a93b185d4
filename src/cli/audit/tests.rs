//! What is done around a chain, held against what was written down before: each is found, with its number.

use crate::bench::check::tests::Given;
use crate::cli::exit::Exit;
use crate::cli::tests::ran;
use crate::domain::anchor::Anchor;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::ledger::{Draft, Entry, Stream, Tip};
use crate::domain::person::Actor;
use crate::domain::text::{Clean, hex};
use crate::domain::time::Moment;
use crate::store::room_key::RoomKey;
use crate::store::{Ledger, OpenMode, Sqlite, Store, Under, anchors};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A ledger of so many entries in a folder of its own; from one of them on it is another one, with a chain that holds.
struct Written {
    folder: TempDir,
    store: Sqlite,
}

const AT: Moment = Moment::from_ms(1_790_000_000_000);

impl Written {
    fn new(entries: u32, other_from: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("room.db");
        let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a new ledger");
        for nth in 1..=entries {
            let words = if nth >= other_from { "forged" } else { "as it was" };
            let draft = Draft {
                stream: Stream::Room,
                expect: nth - 1,
                at: AT,
                by: Actor::Desk,
                seat: None,
                fact: Fact::Room(RoomFact::Noted {
                    words: Clean::new(&format!("{words} {nth}")),
                }),
            };
            store.append(&[draft], Under::Anyone).expect("stored");
        }
        Self { folder, store }
    }

    fn db(&self) -> String {
        self.folder.path().join("room.db").display().to_string()
    }

    fn tip(&self, seq: u64) -> Tip {
        let found = self.store.entries(seq - 1, 1).expect("read");
        found.first().map(Entry::tip).expect("an entry")
    }

    /// A file of anchors at these entries.
    fn anchors(&self, places: &[u64]) -> PathBuf {
        let path = self.folder.path().join("anchors");
        for seq in places {
            let anchor = Anchor::of(&self.tip(*seq), self.tip(1).hash, AT);
            anchors::note(&path, &anchor, |_| Ok(())).expect("written");
        }
        path
    }

    /// What the audit of this ledger says in the last line, held against that.
    fn against(&self, what: &str) -> (Exit, String) {
        let (exit, out, err) = ran(
            &format!("audit verify --db {} --against {what}", self.db()),
            &Given::default(),
        );
        let said = format!("{out}{err}");
        (exit, said.lines().last().unwrap_or_default().to_owned())
    }

    fn says(&self, what: &str, words: &str) {
        let (exit, said) = self.against(what);
        assert!(exit == Exit::Findings && said.contains(words), "{exit:?} {said}");
    }
}

#[test]
fn a_ledger_that_only_grew_fits_all_that_was_written_down_of_it() {
    let (before, now) = (Written::new(40, u32::MAX), Written::new(57, u32::MAX));
    let typed = before.tip(33).typed();
    let file = before.anchors(&[1, 20, 40]).display().to_string();
    for (what, to) in [(typed, 33), (file, 40), (before.db(), 40)] {
        let (exit, said) = now.against(&what);
        assert_eq!(exit, Exit::Good, "{said}");
        assert_eq!(said, format!("it fits {what}, up to entry {to}"));
    }
}

#[test]
fn a_tail_that_was_cut_off_and_an_older_copy_are_found_with_both_ends() {
    let (before, now) = (Written::new(57, u32::MAX), Written::new(40, u32::MAX));
    let (exit, out, _) = ran(&format!("audit verify --db {}", now.db()), &Given::default());
    assert!(
        exit == Exit::Good && out.starts_with("whole: 40 entries"),
        "the chain alone cannot know: {out}"
    );
    let typed = before.tip(57).typed();
    let file = before.anchors(&[12, 30, 57]).display().to_string();
    for what in [typed, file, before.db()] {
        now.says(
            &what,
            &format!("the ledger ends at entry 40, {what} knows entry 57"),
        );
    }
    let copy = before.folder.path().join("copy.db");
    before.store.copy(&copy).expect("copied");
    now.says(&copy.display().to_string(), "ends at entry 40");
}

#[test]
fn a_rewrite_is_found_at_its_entry_or_between_the_anchors_around_it() {
    let (before, now) = (Written::new(57, u32::MAX), Written::new(57, 23));
    let (exit, ..) = ran(&format!("audit verify --db {}", now.db()), &Given::default());
    assert_eq!(exit, Exit::Good, "the chain alone cannot know");
    now.says(&before.db(), "from entry 23 on");
    let file = before.anchors(&[12, 22, 30, 57]).display().to_string();
    now.says(&file, "from an entry between 23 and 30 on");
    now.says(&before.tip(57).typed(), "between 1 and 57");
    let exact = before.anchors(&[23]).display().to_string();
    now.says(&exact, "from entry 23 on");
    // An older copy that went on is a rewrite of what came after it.
    let copy = Written::new(60, 41);
    copy.says(&file, "between 31 and 57");
}

#[test]
fn another_rooms_anchor_is_told_from_a_rewrite() {
    let (other, now) = (Written::new(57, 1), Written::new(57, u32::MAX));
    let file = other.anchors(&[20, 57]).display().to_string();
    now.says(&file, "that is another ledger's");
    now.says(&other.db(), "that is another ledger's");
}

#[test]
fn what_is_no_anchor_is_a_wrong_command_and_a_damaged_line_is_named() {
    let now = Written::new(9, u32::MAX);
    let mut slip = now.tip(9).typed();
    let letter = slip.pop().expect("a letter");
    slip.push(if letter == 'a' { 'b' } else { 'a' });
    for (what, words) in [
        ("nowhere", "neither a file nor number:hash"),
        (slip.as_str(), "perhaps a letter was mistaken"),
        ("/dev/null", "holds no anchor"),
    ] {
        let (exit, said) = now.against(what);
        assert!(exit == Exit::Usage && said.contains(words), "{said}");
    }
    let file = now.anchors(&[4, 9]);
    let text = std::fs::read_to_string(&file).expect("read");
    std::fs::write(&file, format!("{text}2026-11-2\n")).expect("written");
    let (exit, out, _) = ran(
        &format!(
            "audit verify --lang zh --db {} --against {}",
            now.db(),
            file.display()
        ),
        &Given::default(),
    );
    assert_eq!(exit, Exit::Findings);
    assert!(
        out.contains("第 3 行不是锚点") && out.contains("直到第 9 条"),
        "{out}"
    );
}

#[test]
fn a_forged_anchor_and_one_of_another_key_are_told_apart_and_named() {
    let now = Written::new(57, u32::MAX);
    let shown = |db: &str| {
        let (exit, out, err) = ran(&format!("audit key --db {db}"), &Given::default());
        assert_eq!(exit, Exit::Good, "{err}");
        out.trim().to_owned()
    };
    let public = shown(&now.db());
    assert_eq!(shown(&now.db()), public, "made once");
    let signed = |written: &Written, places: &[u64]| {
        let key = RoomKey::read(&RoomKey::place(Path::new(&written.db())));
        let key = key.expect("read").expect("a key");
        let lines = places.iter().map(|seq| {
            let mut anchor = Anchor::of(&written.tip(*seq), written.tip(1).hash, AT);
            key.seal(&mut anchor);
            anchor.line() + "\n"
        });
        lines.collect::<String>()
    };
    let file = now.folder.path().join("signed");
    let held = |text: &str, more: &str| {
        std::fs::write(&file, text).expect("written");
        now.against(&format!("{}{more}", file.display()))
    };
    let good = signed(&now, &[20, 40, 57]);
    let with_key = format!(" --key {public}");
    assert_eq!(held(&good, &with_key).0, Exit::Good);
    // Whoever rewrites ledger and anchors alike has not the key.
    let rewritten = Written::new(57, 23);
    let changed = good.replace(&hex(&now.tip(40).hash), &hex(&rewritten.tip(40).hash));
    for more in ["", &with_key] {
        let (exit, said) = held(&changed, more);
        assert!(
            exit == Exit::Findings && said.contains("the signature of the anchor at entry 40 is wrong"),
            "{said}"
        );
    }
    shown(&rewritten.db());
    let own = signed(&rewritten, &[20, 40, 57]);
    let unsigned = Anchor::of(&now.tip(20), now.tip(1).hash, AT).line();
    for text in [own, unsigned] {
        let (exit, said) = held(&text, &with_key);
        assert!(
            exit == Exit::Findings && said.contains("the anchor at entry 20 is not signed by that key"),
            "{said}"
        );
    }
}

#[test]
fn a_file_without_entries_is_not_called_whole_nor_one_that_lost_what_is_marked_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty.db");
    drop(Sqlite::open(&empty, OpenMode::ReadWrite).expect("a new file"));
    let (exit, out, _) = ran(
        &format!("audit verify --db {}", empty.display()),
        &Given::default(),
    );
    assert_eq!(exit, Exit::Findings);
    assert!(out.starts_with("the ledger is empty"), "{out}");
    std::fs::write(
        folder.path().join("empty.db-tip"),
        format!("3 {}\n", "ab".repeat(32)),
    )
    .expect("a mark");
    let (exit, out, _) = ran(
        &format!("audit verify --db {}", empty.display()),
        &Given::default(),
    );
    assert_eq!(exit, Exit::Findings);
    assert!(out.contains("it is missing; 3 entries were stored"), "{out}");
}

#[test]
fn a_key_that_would_not_be_asked_for_is_a_wrong_command() {
    let now = Written::new(9, u32::MAX);
    for what in [now.tip(9).typed(), now.db()] {
        let (exit, said) = now.against(&format!("{what} --key {}", "ab".repeat(32)));
        let words = format!("--key is for a file of anchors; {what} is none");
        assert!(exit == Exit::Usage && said.contains(&words), "{exit:?} {said}");
    }
}

#[test]
fn a_key_is_not_made_for_an_account_that_could_not_read_it() {
    let now = Written::new(1, u32::MAX);
    let key = RoomKey::place(Path::new(&now.db()));
    // Nobody but root can give a file away: it then has root's for a ledger.
    let db = match chown(now.db(), Some(65_534), None) {
        Ok(()) => now.db(),
        Err(_) => "/etc/passwd".to_owned(),
    };
    let (exit, out, said) = ran(&format!("audit key --db {db}"), &Given::default());
    assert!(
        exit == Exit::Store && said.contains("belongs to the account"),
        "{exit:?} {out}{said}"
    );
    assert!(!key.exists());
    RoomKey::make(&key).expect("by its own account");
    let (exit, ..) = ran(&format!("audit key --db {}", now.db()), &Given::default());
    assert_eq!(exit, Exit::Good, "what is there is shown");
}

#[test]
fn the_key_is_made_where_the_configuration_names_it() {
    let now = Written::new(1, u32::MAX);
    let place = now.folder.path().join("elsewhere.key");
    let text: &str = format!("[anchor]\nkey = '{}'\n", place.display()).leak();
    let world = Given {
        files: vec![("room.toml", text)],
        ..Given::default()
    };
    let (exit, out, err) = ran(&format!("audit key --config room.toml --db {}", now.db()), &world);
    assert_eq!(exit, Exit::Good, "{err}");
    let key = RoomKey::read(&place).expect("read").expect("a key");
    assert_eq!(out.trim(), hex(&key.public()));
    assert!(
        !RoomKey::place(Path::new(&now.db())).exists(),
        "none beside the ledger"
    );
}
