//! What cannot be understood in a filter, in words. Called by seats and the command line.

use crate::domain::query::{QueryFault, QueryFaultKind};
use crate::lang::{Lang, fill};

/// The fault in one line, with its place in what was typed.
pub fn words(lang: Lang, fault: &QueryFault) -> String {
    let (at, none) = (fault.at, &String::new());
    let (text, name) = match &fault.why {
        QueryFaultKind::OpenQuote => (lang.pick("引号没有配对", "the quote is not closed"), none),
        QueryFaultKind::OpenParenthesis => (lang.pick("括号没有配对", "the parenthesis is not closed"), none),
        QueryFaultKind::StrayParenthesis => {
            (lang.pick("多余的右括号", "the parenthesis closes nothing"), none)
        }
        QueryFaultKind::NothingThere => (lang.pick("这里缺少条件", "something is missing here"), none),
        QueryFaultKind::NoValue(name) => (lang.pick("「{name}」后缺少值", "“{name}” has no value"), name),
        QueryFaultKind::NoField(name) => {
            let text = lang.pick("筛选中没有字段「{name}」", "the filter knows no field “{name}”");
            (text, name)
        }
        QueryFaultKind::NeverSo(name, value) => {
            let text = lang.pick(
                "字段「{name}」没有「{value}」这个值",
                "“{name}” is never “{value}”",
            );
            return placed(lang, at, &fill(text, &[("name", name), ("value", value)]));
        }
        QueryFaultKind::TooDeep => (
            lang.pick("括号嵌套过深", "too many parentheses within each other"),
            none,
        ),
    };
    placed(lang, at, &fill(text, &[("name", name)]))
}

fn placed(lang: Lang, at: usize, words: &str) -> String {
    let place = lang.pick("第 {at} 字：{words}", "{words} (character {at})");
    fill(place, &[("at", &at), ("words", &words)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::Query;

    #[test]
    fn a_fault_names_its_place_in_both_languages() {
        let fault = Query::parse("a (b").expect_err("it is not closed");
        assert_eq!(words(Lang::Zh, &fault), "第 3 字：括号没有配对");
        assert_eq!(
            words(Lang::En, &fault),
            "the parenthesis is not closed (character 3)"
        );
    }
}
