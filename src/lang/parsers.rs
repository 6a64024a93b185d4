//! What parsers say of a text that they cannot read, in the person's language. They say it in English, and of the same text
//! always the same.

use crate::lang::Lang;
use std::borrow::Cow;

/// Why a piece of the configuration cannot be read. What is in no table is not said in another language: where it stands
/// is said anyway.
pub fn why(lang: Lang, said: &str) -> Cow<'_, str> {
    match (lang, said_in_chinese(said)) {
        (Lang::Zh, Some(words)) => words.into(),
        (Lang::Zh, None) if is_prose(said) => "写法不合规定".into(),
        (Lang::Zh | Lang::En, _) => said.into(),
    }
}

/// Why an answer cannot be read. What is in no table are the other side's own words.
pub fn of_answer(lang: Lang, said: &str) -> Cow<'_, str> {
    match (lang, said_in_chinese(said)) {
        (Lang::Zh, Some(words)) => words.into(),
        (Lang::Zh | Lang::En, _) => said.into(),
    }
}

fn said_in_chinese(said: &str) -> Option<String> {
    if let Some((what, place)) = said.split_once(" at line ") {
        let (line, rest) = place.split_once(" column ")?;
        let (column, rest) = rest.split_once(':').unwrap_or((rest, ""));
        let what = known(what)?;
        let tail = if rest.is_empty() {
            String::new()
        } else {
            format!("：{}", rest.trim_start())
        };
        return Some(format!("{what}（第 {line} 行第 {column} 列）{tail}"));
    }
    if let Some((at, _)) = said
        .strip_prefix("at position ")
        .and_then(|rest| rest.split_once(','))
    {
        return Some(format!("从第 {at} 字起写法不合规定"));
    }
    let said = said.split_once(" (os error").map_or(said, |(said, _)| said);
    let (what, wanted) = said.split_once(", expected ").unwrap_or((said, ""));
    let what = known(what)?;
    let wanted: Vec<&str> = wanted
        .split(", ")
        .filter(|token| token.starts_with('`'))
        .collect();
    Some(match &wanted[..] {
        [] => what.to_owned(),
        tokens => format!("{what}，应为 {}", tokens.join("、")),
    })
}

fn known(what: &str) -> Option<&'static str> {
    SAID.iter().find(|row| row.0 == what).map(|row| row.1)
}

/// Whether two words of a language stand beside each other in it: forms and examples have none.
fn is_prose(text: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words: Vec<&str> = text.split(' ').collect();
    words.windows(2).any(|two| two.iter().all(|word| is_word(word)))
}

/// What parsers say, and the same in Chinese.
const SAID: &[(&str, &str)] = &[
    // TOML
    ("duplicate key", "键重复"),
    ("carriage return must be followed by newline", "回车后须换行"),
    ("missing opening quote", "缺前引号"),
    ("invalid basic string", "引号未配对，或转义有误"),
    (
        "invalid multi-line basic string",
        "多行文字的引号未配对，或转义有误",
    ),
    ("invalid literal string", "单引号未配对"),
    ("missing comma between array elements", "列表各项之间缺逗号"),
    ("missing comma between key-value pairs", "各项之间缺逗号"),
    ("missing assignment between key-value pairs", "键与值之间缺等号"),
    ("extra assignment between key-value pairs", "多了等号"),
    ("extra `=`", "多了等号"),
    ("unexpected `=` in array", "列表里不能有等号"),
    ("extra comma in inline table", "多了逗号"),
    ("extra comma in array", "多了逗号"),
    ("unclosed table", "表头缺右方括号"),
    ("unclosed array table", "表头缺右方括号"),
    ("unclosed inline table", "缺右花括号"),
    ("unclosed array", "列表缺右方括号"),
    ("missing value", "缺值"),
    ("missing value for key", "键后缺值"),
    ("key with no value", "键后缺等号与值"),
    ("invalid value", "值写法有误"),
    ("invalid key-value pair", "键与值写法有误"),
    ("invalid unquoted key", "键里有须加引号的字"),
    ("unquoted keys cannot be empty", "键不能为空"),
    ("string values must be quoted", "文字须加引号"),
    ("unexpected key or value", "此处不能有键或值"),
    ("unexpected content", "此处不能有内容"),
    ("unexpected leading zero", "数字不能以 0 开头"),
    ("unexpected sign", "此处不能有正负号"),
    ("`_` may only go between digits", "下划线只能在数字之间"),
    (
        "cannot extend value of type inline table with a dotted key",
        "花括号里的表不能再加键",
    ),
    (
        "cannot extend value of type array with a dotted key",
        "列表不能再加键",
    ),
    // JSON
    ("expected value", "此处应有值"),
    ("trailing characters", "其后还有多余的字"),
    ("trailing comma", "多了逗号"),
    ("expected `:`", "缺冒号"),
    ("expected `,` or `]`", "缺逗号或右方括号"),
    ("expected `,` or `}`", "缺逗号或右花括号"),
    ("key must be a string", "键须加引号"),
    ("EOF while parsing a value", "未完即止"),
    ("EOF while parsing a list", "列表未完即止"),
    ("EOF while parsing an object", "对象未完即止"),
    ("EOF while parsing a string", "文字未完即止"),
    ("invalid number", "数写法有误"),
    ("invalid escape", "转义有误"),
    ("recursion limit exceeded", "嵌套过深"),
    // addresses
    ("empty host", "缺主机名"),
    ("invalid international domain name", "域名有误"),
    ("invalid port number", "端口有误"),
    ("invalid IPv4 address", "IPv4 地址有误"),
    ("invalid IPv6 address", "IPv6 地址有误"),
    ("invalid domain character", "域名里有不能用的字"),
    ("relative URL without a base", "不完整，缺 http:// 等开头"),
    // files
    ("No such file or directory", "没有这个文件"),
    ("Permission denied", "没有读取权限"),
    ("Is a directory", "这是目录"),
    ("stream did not contain valid UTF-8", "不是 UTF-8 文字"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::feed::PollError;
    use crate::domain::text::Clean;
    use crate::domain::time::CHINA;
    use crate::lang::trouble;
    use std::path::Path;

    #[test]
    fn no_fault_says_english_in_chinese() {
        let broken = [
            "room = ",
            "[room",
            "[[source]",
            "name = 余姚",
            "a = 'b",
            "a = \"b",
            "a = \"\\q\"",
            "a = [1 2]",
            "a = {b = 1 c = 2}",
            "a = 1\na = 2",
            "a",
            "a = 01",
            "= 1",
            "a == 1",
            "a = [1, 2",
            "a = 1 b = 2",
            "[[channel]]\nid = 'x'\nkind = 'webhook'\nurl = 'hook'",
            "[[channel]]\nid = 'x'\nkind = 'webhook'\nurl = 'http://'",
            "[[source]]\nid = 'x'\nurl = 'http://x:99999/'\n[source.answers]",
            "[[source]]\nid = 'x'\nurl = 'http://x/'\n[source.mapped]\nformat = 'json'\nrows = '$..['\n\
             time = { from = ['t'], form = 'unix' }\nsignal = { kind = 'fire', id = ['id'], title = 'x' }",
        ];
        for text in broken {
            let read = crate::config::checked::read(Path::new("x.toml"), text, &crate::bench::check::World);
            for fault in read.expect_err("it is broken") {
                let words = fault.words(Lang::Zh);
                assert!(
                    !is_prose(&words.replace(['：', '，', '「', '」'], " ")),
                    "{text}: {words}"
                );
            }
        }
    }

    #[test]
    fn an_answer_that_breaks_off_is_said_in_the_persons_language_and_the_rest_in_its_own_words() {
        for (body, zh) in [
            ("[1, 2", "列表未完即止（第 1 行第 5 列）"),
            ("[1 2]", "缺逗号或右方括号（第 1 行第 4 列）"),
            ("oops", "此处应有值（第 1 行第 1 列）"),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(body).expect_err("no JSON");
            let said = PollError::Foreign(Clean::new(&format!("{error}: {body}")));
            let words = trouble::what(Lang::Zh, &said, CHINA);
            assert_eq!(words, format!("应答无法解析：{zh}：{body}"));
            let code = trouble::of_code(Lang::Zh, &said.code());
            assert_eq!(code, words);
            assert!(trouble::what(Lang::En, &said, CHINA).ends_with(&format!("{error}: {body}")));
        }
        let page = PollError::Foreign(Clean::new("Log in to go on"));
        assert_eq!(
            trouble::what(Lang::Zh, &page, CHINA),
            "应答无法解析：Log in to go on"
        );
    }
}
