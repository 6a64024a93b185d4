//! Lists that people read are generated from the code and compared: the README's tables, the words of the field. What a limit rests on is read.
//! What `.github/CONTRIBUTING.md` shows to newcomers is there.
//!
//! `UPDATE_README=1 cargo test --test texts` writes the tables anew.

#[path = "texts/words.rs"]
mod words;

use lookout::bench::check::Outside;
use lookout::channels::CHANNELS;
use lookout::cli::exit;
use lookout::config::checked;
use lookout::config::playbook::embedded;
use lookout::domain::playbook::meaning::VOCABULARIES;
use lookout::lang::Lang;
use lookout::lang::cli::CliText;
use lookout::lang::glossary::WORDS;
use lookout::lang::order::parts::PARTS;
use lookout::sources::SOURCES;
use lookout::tui::action::ACTIONS;
use pulldown_cmark::{Event as MarkdownEvent, Parser};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The keys of every action, as they are without configuration.
fn keys() -> String {
    let mut table = "| key | action | in `[keys]` |\n|---|---|---|\n".to_owned();
    for row in ACTIONS {
        let keys: Vec<String> = row
            .keys
            .iter()
            .map(|key| format!("`{}`", key.replace('|', "\\|")))
            .collect();
        let (zh, en) = (row.text.text(Lang::Zh), row.text.text(Lang::En));
        let _ = writeln!(table, "| {} | {zh} · {en} | `{}` |", keys.join(" "), row.id);
    }
    table
}

/// The kinds of sources.
fn sources() -> String {
    let mut table = "| kind | what it is |\n|---|---|\n".to_owned();
    for kind in SOURCES {
        let _ = writeln!(table, "| `{}` | {} |", kind.key, kind.says);
    }
    table
}

/// The kinds of channels.
fn channels() -> String {
    let mut table = "| kind | what it is |\n|---|---|\n".to_owned();
    for kind in CHANNELS {
        let _ = writeln!(table, "| `{}` | {} |", kind.key, kind.says);
    }
    table
}

/// A world in which every variable is set and no file is there.
struct Everything;

impl Outside for Everything {
    fn variable(&self, _: &str) -> Option<String> {
        Some("set".to_owned())
    }

    fn file(&self, _: &Path) -> Result<Vec<u8>, String> {
        Err("no file".to_owned())
    }

    fn files(&self, _: &Path) -> Result<Vec<PathBuf>, String> {
        Err("no folder".to_owned())
    }
}

#[test]
fn the_configurations_in_the_readme_are_good() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).expect("the README");
    let blocks: Vec<&str> = text
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert!(blocks.len() >= 2, "the README shows configurations");
    for block in blocks {
        let read = checked::read(Path::new("README.md"), block, &Everything);
        assert_eq!(read.err(), None, "{block}");
    }
}

/// The parts that a playbook's text of an order may name.
fn parts() -> String {
    let mut table = "| part | what it is |\n|---|---|\n".to_owned();
    for part in PARTS {
        let _ = writeln!(table, "| `{{{}}}` | {} · {} |", part.name, part.zh, part.en);
    }
    table
}

/// What is asked of a loop: its stages, steps, fields and choices.
fn meanings() -> String {
    let mut table =
        "| loop | stages | further stages | steps | fields | choices |\n|---|---|---|---|---|---|\n"
            .to_owned();
    let list = |words: Vec<&str>| match words.as_slice() {
        [] => "–".to_owned(),
        words => words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(" "),
    };
    for own in VOCABULARIES {
        let [stages, moves] = [
            own.stages.iter().map(|stage| stage.word()).collect(),
            own.moves.iter().map(|step| step.word()).collect(),
        ]
        .map(list);
        let (further, fields) = (list(own.further.to_vec()), list(own.fields.to_vec()));
        let choices = list(own.codes.iter().map(|(_, code)| *code).collect());
        let _ = writeln!(
            table,
            "| `{}` | {stages} | {further} | {moves} | {fields} | {choices} |",
            own.of
        );
    }
    table
}

fn exits() -> String {
    let row = |(code, words): &(String, CliText)| format!("| {code} | {} |\n", words.text(Lang::En));
    let rows: String = exit::rows().iter().map(row).collect();
    format!("| code | meaning |\n|---|---|\n{rows}")
}

/// The words of the field, as the interface lists them.
fn words() -> String {
    let rows = WORDS.iter().map(|word| {
        let ((zh, en), what, not) = (word.name, word.what.1, word.not.1);
        format!("| {en} | {zh} | {what} | {not} |\n")
    });
    let rows: String = rows.collect();
    format!("| word | Chinese | what it is | not |\n|---|---|---|---|\n{rows}")
}

#[test]
fn the_words_at_the_head_of_the_library_are_those_of_the_interface() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let before = std::fs::read_to_string(&path).expect("the library");
    let (open, close) = ("//! # Words\n//!\n", "//!\n//! # What holds everywhere\n");
    let (head, rest) = before.split_once(open).expect("the table's beginning");
    let (_, tail) = rest.split_once(close).expect("the table's end");
    let mut table = String::new();
    for row in words().lines() {
        let _ = writeln!(table, "//! {row}");
    }
    let text = format!("{head}{open}{table}{close}{tail}");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &text).expect("the library can be written");
    } else {
        assert_eq!(before, text, "write it anew with UPDATE_README=1");
    }
}

#[test]
fn the_tables_of_the_readme_are_those_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let mut text = std::fs::read_to_string(&path).expect("the README");
    let before = text.clone();
    let tables = [
        ("words", words()),
        ("keys", keys()),
        ("sources", sources()),
        ("channels", channels()),
        ("meanings", meanings()),
        ("parts", parts()),
        ("exits", exits()),
    ];
    for (name, table) in tables {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (head, rest) = text.split_once(&open).expect("the table's opening mark");
        let (_, tail) = rest.split_once(&close).expect("the table's closing mark");
        assert!(
            table.lines().count() > 2 && !table.contains("|  |"),
            "{name} has a row without words:\n{table}"
        );
        text = format!("{head}{open}{table}{close}{tail}");
    }
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &text).expect("the README can be written");
    } else {
        assert_eq!(before, text, "write it anew with UPDATE_README=1");
    }
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] })
        .collect()
}

/// 立案 is the opening of a case for prosecution (行政处罚); any other matter is 登记 (registered).
#[test]
fn the_word_of_prosecution_is_said_of_prosecution_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = ["lang", "playbooks"].map(|folder| below(&root.join(folder)));
    let texts = files.concat().into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).expect("a text");
        (path, text)
    });
    let mut said = 0;
    for (path, text) in texts {
        for line in text.lines().filter(|line| line.contains("立案")) {
            assert!(line.contains("prosecut"), "{}: {line}", path.display());
            said += 1;
        }
    }
    assert!(said > 0, "prosecution is told of");
}

/// The articles whose text was read, by how a limit names them: where each stands, in Chinese and in English.
const READ: &[(&str, &str)] = &[("部令第17号）第三条", "art. 3"), ("部令第17号第三条", "art. 3")];

/// Whether the article that begins at `at` in `text` is the one that `cited` ends with.
fn ends_there(text: &str, at: usize, cited: &str) -> bool {
    let (act, article) = cited.rsplit_once('第').unwrap_or_default();
    let rest = text.get(at..).and_then(|rest| rest.strip_prefix('第'));
    text.get(..at).is_some_and(|before| before.ends_with(act))
        && rest.is_some_and(|rest| rest.starts_with(article))
}

#[test]
fn a_limit_that_rests_on_an_article_nobody_has_read_says_so() {
    let mut wrong = Vec::new();
    let mut named = 0;
    for playbook in embedded() {
        for limit in playbook.stages.iter().filter_map(|stage| stage.limit.as_ref()) {
            let words = &limit.provenance.text;
            let (zh, en) = (words.zh.as_str(), words.en.as_str());
            let articles = zh.match_indices('第').filter(|(at, _)| {
                let rest: String = zh
                    .get(*at..)
                    .unwrap_or_default()
                    .chars()
                    .skip(1)
                    .take(4)
                    .collect();
                rest.find('条').is_some_and(|end| {
                    rest.get(..end)
                        .is_some_and(|n| n.chars().all(|c| "一二三四五六七八九十".contains(c)))
                })
            });
            for (at, _) in articles {
                named += 1;
                let upto = zh.get(at..).unwrap_or_default();
                let read = READ.iter().any(|row| {
                    let before = zh.len() - upto.len();
                    ends_there(zh, before, row.0)
                });
                let clause = upto.split(['）', '；', '：']).next().unwrap_or_default();
                if !read && !clause.contains("条文未核对") {
                    wrong.push(format!("{}: {clause}", playbook.id));
                }
            }
            let said = ["art. ", "item "].iter().flat_map(|word| en.match_indices(word));
            for (at, _) in said {
                let rest = en.get(at..).unwrap_or_default();
                let clause = rest.split([')', ';', ':']).next().unwrap_or_default();
                let read = READ
                    .iter()
                    .any(|row| rest.starts_with(row.1) && !rest.starts_with(&format!("{}0", row.1)));
                if !read && !clause.contains("text not verified") {
                    wrong.push(format!("{}: {clause}", playbook.id));
                }
            }
        }
    }
    assert!(named >= 4, "{named} articles are named");
    assert_eq!(wrong, Vec::<String>::new());
}

/// What stands at the top of the repository and may be named by a path that goes on from there.
const TOP: &[&str] = &[
    "src/", "tests/", "themes/", ".ci/", ".config/", ".github/", "Cargo.", ".typos.",
];

#[test]
fn every_path_that_a_newcomer_is_shown_is_there_and_every_part_of_the_program_is_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join(".github/CONTRIBUTING.md")).expect("the text for newcomers");
    let spans = Parser::new(&text).filter_map(|event| {
        if let MarkdownEvent::Code(span) = event {
            Some(span.into_string())
        } else {
            None
        }
    });
    let paths: Vec<String> = spans
        .filter(|span| TOP.iter().any(|top| span.starts_with(top)))
        .collect();
    assert!(paths.len() > 60, "{} paths are named", paths.len());
    let lost: Vec<&String> = paths.iter().filter(|path| !root.join(path).exists()).collect();
    assert_eq!(lost, Vec::<&String>::new());
    let parts = std::fs::read_dir(root.join("src")).expect("the source");
    for part in parts.map(|entry| entry.expect("an entry")) {
        let name = part.file_name().to_string_lossy().into_owned();
        if part.path().is_dir() && name != "playbooks" {
            assert!(paths.contains(&format!("src/{name}/")), "{name} is not shown");
        }
    }
}
