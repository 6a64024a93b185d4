//! Words for people, wherever they stand: both languages say the same, one word is one thing, coined words stay out.

use lookout::lang::glossary::WORDS;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A text in both languages, and where it stands.
struct Pair {
    place: String,
    zh: String,
    en: String,
}

/// Coined or literal words with the one that the field says, in Chinese: nowhere at all.
const NOT_ZH: &[(&str, &str)] = &[
    ("收入新行", "载入"),
    ("看不懂", "无法解析"),
    ("未读懂", "无法解析"),
    ("连不上", "无法连接"),
    ("上游说", "上游返回"),
    ("隶属", "上级事件"),
    ("下属事项", "子事项"),
    ("虚惊", "误报"),
    ("又来了", "再次闯入"),
    ("固定数据", "固定证据"),
    ("赋码变差", "降码"),
    ("复码", "恢复绿码"),
    ("派办", "交办"),
    ("洪峰", "报警泛滥"),
    ("瑕疵", "缺陷"),
    ("账本", "台账"),
    ("不予立案", "不予立项"),
    ("还可差", "允许超标"),
    ("余期", "剩余时段"),
    ("余额", "剩余天数"),
    ("全程守限", "全程未超限"),
    ("未送达任务", "未送达派单"),
    ("这一行不能", "此处不能"),
    ("（分）", "（分钟）"),
    ("全市", "the room's own area"),
];

/// The same in English: in no text for people.
const NOT_EN: &[(&str, &str)] = &[
    ("put right", "rectify"),
    ("told", "notified"),
    ("not out yet", "still burning"),
    ("cases of the waters", "water cases"),
    ("good again", "restored"),
    ("got worse", "downgraded"),
    ("days in force", "days of control"),
    ("stands twice", "is there twice"),
    ("goes with the drill", "deleted with the drill"),
    ("take in new rows", "load new rows"),
    ("write down", "register"),
    ("written down", "registered"),
    ("keep the data", "secure the evidence"),
    ("back again", "intruded again"),
    ("from afar", "remotely"),
    ("firms", "enterprises"),
    ("goal", "target"),
    ("goals", "targets"),
];

/// The same as a whole text: the word alone says something else.
const NOT_WHOLE: &[(&str, &str)] = &[
    ("press", "expedite"),
    ("monthly water", "monthly water report"),
    ("态", "状态"),
    ("keep", "secure"),
    ("send", "dispatch"),
    ("tell", "notify"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] })
        .collect()
}

fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a text")
}

fn is_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// The text of a literal.
fn literal(tree: &TokenTree) -> Option<String> {
    let TokenTree::Literal(found) = tree else {
        return None;
    };
    syn::parse_str::<syn::LitStr>(&found.to_string())
        .ok()
        .map(|text| text.value())
}

/// The texts among the tokens, with the line, in the order in which they stand; `None` for what parts them for good. What
/// `format!` makes counts as its form.
fn texts(tokens: TokenStream, out: &mut Vec<Option<(usize, String)>>) {
    let mut formed = false;
    for tree in tokens {
        match &tree {
            TokenTree::Literal(_) => {
                let line = tree.span().start().line;
                out.push(literal(&tree).map(|text| (line, text)));
            }
            TokenTree::Group(group) if formed => {
                let first = group.stream().into_iter().next();
                let line = tree.span().start().line;
                out.push(first.as_ref().and_then(literal).map(|text| (line, text)));
            }
            TokenTree::Group(group) => {
                out.push(None);
                texts(group.stream(), out);
                out.push(None);
            }
            TokenTree::Punct(punct) if ",!".contains(punct.as_char()) => {}
            TokenTree::Ident(word) if word == "format" => {}
            TokenTree::Punct(_) | TokenTree::Ident(_) => out.push(None),
        }
        formed = match &tree {
            TokenTree::Ident(word) => word == "format",
            TokenTree::Punct(punct) => formed && punct.as_char() == '!',
            TokenTree::Group(_) | TokenTree::Literal(_) => false,
        };
    }
}

/// Every text for people in the source that stands in both languages side by side, Chinese first; not those of tests.
fn pairs_of_code() -> Vec<Pair> {
    let files = below(&root().join("src")).into_iter().filter(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".rs")
            && !["/tests/", "/training/"].iter().any(|part| name.contains(part))
            && !name.ends_with("tests.rs")
    });
    let mut pairs = Vec::new();
    for path in files {
        let text = text_of(&path);
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let tokens: TokenStream = text.parse().expect("the source has tokens");
        let mut found = Vec::new();
        texts(tokens, &mut found);
        for two in found.windows(2) {
            if let [Some((line, zh)), Some((_, en))] = two
                && is_han(zh)
                && !is_han(en)
            {
                let file = path.strip_prefix(root()).expect("under the root");
                pairs.push(Pair {
                    place: format!("{}:{line}", file.display()),
                    zh: zh.clone(),
                    en: en.clone(),
                });
            }
        }
    }
    pairs
}

/// Every text of the loops that ship.
fn pairs_of_loops() -> Vec<Pair> {
    let mut pairs = Vec::new();
    for path in below(&root().join("src/playbooks")) {
        for (at, line) in text_of(&path).lines().enumerate() {
            for (_, rest) in line.match_indices("zh = \"").map(|(at, _)| line.split_at(at)) {
                let mut parts = rest.split('"');
                let (zh, between, en) = (parts.nth(1), parts.next(), parts.next());
                if let (Some(zh), Some(", en = "), Some(en)) = (zh, between, en) {
                    pairs.push(Pair {
                        place: format!("{}:{}", path.display(), at + 1),
                        zh: zh.to_owned(),
                        en: en.to_owned(),
                    });
                }
            }
        }
    }
    pairs
}

/// The `{places}` of a text.
fn places(text: &str) -> BTreeSet<&str> {
    let found = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    found
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Whether `text` holds `word` as words of their own, its places left out.
fn says(text: &str, word: &str) -> bool {
    let kept = text.split('{').enumerate().map(|(nth, part)| match nth {
        0 => part,
        _ => part.split_once('}').map_or("", |(_, after)| after),
    });
    let text = kept.collect::<Vec<_>>().join(" ").to_lowercase();
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        let parts = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
        parts(before) && parts(after)
    })
}

#[test]
fn both_languages_of_every_text_ask_for_the_same_places() {
    let pairs = pairs_of_code();
    assert!(pairs.len() > 1500, "{} texts were found", pairs.len());
    let wrong: Vec<String> = pairs
        .iter()
        .filter(|pair| places(&pair.zh) != places(&pair.en))
        .map(|pair| format!("{}: {:?} / {:?}", pair.place, pair.zh, pair.en))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_place_of_a_text_is_filled_by_somebody() {
    let files = below(&root().join("src")).into_iter();
    let all: String = files
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| text_of(&path))
        .collect();
    let is_filled = |name: &str| {
        let bare = name.split(':').next().unwrap_or_default();
        let is_word = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        !is_word
            || all.contains(&format!("(\"{bare}\", "))
            || all.contains(&format!("let {bare}"))
            || all.contains(&format!("{bare}: "))
    };
    let wrong: Vec<String> = pairs_of_code()
        .iter()
        .flat_map(|pair| {
            let names = places(&pair.zh);
            let lost = names.into_iter().filter(|name| !is_filled(name));
            lost.map(|name| format!("{}: {{{name}}}", pair.place))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn an_order_is_one_thing() {
    let mut wrong = Vec::new();
    for pair in pairs_of_code().into_iter().chain(pairs_of_loops()) {
        let says_order = ["order", "orders", "ordered"]
            .iter()
            .any(|word| says(&pair.en, word));
        if says_order && !["单", "派发"].iter().any(|word| pair.zh.contains(word)) {
            wrong.push(format!("{}: {} / {}", pair.place, pair.zh, pair.en));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "order is 派单 alone");
}

#[test]
fn coined_words_stay_out_of_texts_loops_screens_and_papers() {
    let mut wrong = Vec::new();
    for folder in ["src", "themes", "tests/snapshots"] {
        for path in below(&root().join(folder)) {
            let text = text_of(&path);
            for (at, line) in text.lines().enumerate() {
                let found = NOT_ZH.iter().filter(|(word, _)| line.contains(word));
                wrong.extend(
                    found.map(|(word, better)| format!("{}:{}: {word} → {better}", path.display(), at + 1)),
                );
            }
        }
    }
    let readme = text_of(&root().join("README.md"));
    wrong.extend(
        NOT_ZH
            .iter()
            .filter(|(word, _)| readme.contains(word))
            .map(|(word, better)| format!("README.md: {word} → {better}")),
    );
    for pair in pairs_of_code().into_iter().chain(pairs_of_loops()) {
        let words = NOT_EN.iter().filter(|(word, _)| says(&pair.en, word));
        let whole = NOT_WHOLE
            .iter()
            .filter(|(word, _)| pair.en == *word || pair.zh == *word);
        for (word, better) in words.chain(whole) {
            wrong.push(format!("{}: {word} → {better}: {}", pair.place, pair.en));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_length_of_time_reads_as_one() {
    let is_clockish = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        let hour = |at: usize| chars.get(at) == Some(&'时') && at > 0 && chars[at - 1].is_ascii_digit();
        let counts = |c: &char| c.is_ascii_digit() || " {".contains(*c);
        let short = chars.first() == Some(&'近')
            && chars.get(1).is_some_and(counts)
            && text.contains('时')
            && !text.contains("小时");
        short || (0..chars.len()).any(|at| hour(at) && chars.get(at + 1).is_some_and(char::is_ascii_digit))
    };
    let mut wrong: Vec<String> = pairs_of_code()
        .into_iter()
        .chain(pairs_of_loops())
        .filter(|pair| is_clockish(&pair.zh))
        .map(|pair| format!("{}: {}", pair.place, pair.zh))
        .collect();
    for path in below(&root().join("tests/snapshots")) {
        let text = text_of(&path);
        let lines = text
            .lines()
            .filter(|line| line.split_whitespace().any(is_clockish));
        wrong.extend(lines.map(|line| format!("{}: {line}", path.display())));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_word_of_the_glossary_stands_for_one_thing() {
    assert!(WORDS.len() >= 30, "{} words", WORDS.len());
    let (mut zh, mut en) = (BTreeSet::new(), BTreeSet::new());
    for word in WORDS {
        assert!(zh.insert(word.name.0), "{} stands twice", word.name.0);
        assert!(en.insert(word.name.1), "{} stands twice", word.name.1);
        for (zh, en) in [word.name, word.what, word.not] {
            assert!(is_han(zh) && !is_han(en) && !en.is_empty(), "{zh} / {en}");
        }
    }
    let said: String = pairs_of_code()
        .into_iter()
        .filter(|pair| !pair.place.contains("glossary"))
        .chain(pairs_of_loops())
        .map(|pair| pair.zh)
        .collect();
    let unsaid: Vec<&str> = zh.into_iter().filter(|word| !said.contains(word)).collect();
    assert_eq!(unsaid, Vec::<&str>::new(), "words that no text says");
}
