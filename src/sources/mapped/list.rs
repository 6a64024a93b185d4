//! Whether the list that a map's rows stand in is there: no rows are an empty answer only where an empty list says so. A
//! text, a number or an object in its place is an error in the platform's own words.

use crate::sources::answer;
use serde_json::Value;
use serde_json_path::JsonPath;

/// What stands where the rows' list should be.
pub(super) enum Holds {
    /// A list, or several.
    List,
    /// Null where the map says that null means none, and nothing else.
    Nothing,
    /// Lists, and something else among them: what it says.
    Mixed(String),
    /// Something else: what it says.
    Other(String),
}

/// Follows `path` to the lists it selects from.
///
/// The last step of the path (`[*]`, a filter, a slice) selects from a list; `.*` also from an object whose members are
/// rows. Where the list itself stands in a list that is empty (`$.groups[*].items[*]`), that one answers for it.
pub(super) fn holds(body: &Value, path: &JsonPath, null_is_empty: bool) -> Holds {
    let text = path.to_string();
    let steps = steps(&text);
    let mut end = steps.len();
    while let Some(last) = end.checked_sub(1).and_then(|n| steps.get(n)) {
        let front = steps.get(..end - 1).unwrap_or_default().concat();
        let found = match JsonPath::parse(&format!("${front}")) {
            Ok(front) => front.query(body).all(),
            Err(_) => return Holds::Other(words(body)),
        };
        if !found.is_empty() {
            return judge(&found, last, null_is_empty);
        }
        end -= 1;
    }
    Holds::Other(words(body))
}

/// Whether the path's last step names its rows itself, so that no list is needed: `$.current`.
pub(super) fn is_plain(path: &JsonPath) -> bool {
    let steps = steps(&path.to_string());
    steps.last().is_none_or(|step| !selects(step) && step != ".*")
}

fn selects(step: &str) -> bool {
    step.starts_with("[*") || step.starts_with("[?") || (step.starts_with('[') && step.contains(':'))
}

fn judge(found: &[&Value], step: &str, null_is_empty: bool) -> Holds {
    let selects = selects(step);
    let members = step == ".*";
    let is_list = |value: &Value| match value {
        Value::Array(_) => selects || members,
        Value::Object(_) => members,
        Value::Null => null_is_empty,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    match found.iter().find(|value| !is_list(value)) {
        Some(other) if found.iter().any(|value| is_list(value)) => Holds::Mixed(words(other)),
        Some(other) => Holds::Other(words(other)),
        None if found.iter().all(|value| value.is_null()) => Holds::Nothing,
        None => Holds::List,
    }
}

/// The words of something that is no list: a text as it is, anything else as it is written.
fn words(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    answer::head(&text).as_str().to_owned()
}

/// The steps of a path after its `$`: `.data`, `['a.b']`, `[*]`, `[?@.x == 1]`.
fn steps(path: &str) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    let (mut depth, mut quote, mut dots) = (0_u32, None, 0);
    for c in path.chars().skip(1) {
        let begins = quote.is_none() && depth == 0 && (c == '[' || c == '.') && !(dots > 0 && c == '.');
        if begins && !(c == '[' && dots == 2) || steps.is_empty() {
            steps.push(String::new());
        }
        dots = if c == '.' && quote.is_none() && depth == 0 {
            dots + 1
        } else {
            0
        };
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '[') => depth += 1,
            (None, ']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(last) = steps.last_mut() {
            last.push(c);
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(body: &Value, path: &str) -> String {
        match holds(body, &JsonPath::parse(path).expect("a path"), false) {
            Holds::List => "list".to_owned(),
            Holds::Nothing => "nothing".to_owned(),
            Holds::Mixed(words) | Holds::Other(words) => words,
        }
    }

    #[test]
    fn only_a_list_holds_rows() {
        for (body, path, says) in [
            (json!({"data": []}), "$.data[*]", "list"),
            (json!([]), "$[*]", "list"),
            (json!({"data": "无权限"}), "$.data[*]", "无权限"),
            (json!({"data": 0}), "$.data[*]", "0"),
            (json!({"data": null}), "$.data[*]", "null"),
            (json!({"data": {"d": "[{}]"}}), "$.data[*]", "{\"d\":\"[{}]\"}"),
            (json!({"data": {}}), "$.data[?@.x]", "{}"),
            (json!({"data": []}), "$.data[?@['x'] == '[']", "list"),
            (json!({"code": 1}), "$.data[*]", "{\"code\":1}"),
            (json!({"data": {"a": {}}}), "$.data.*", "list"),
            (json!({"groups": []}), "$.groups[*].items[*]", "list"),
            (json!({"groups": [{"items": []}]}), "$.groups[*].items[*]", "list"),
            (
                json!({"groups": [{"items": []}, {"items": 7}]}),
                "$.groups[*].items[*]",
                "7",
            ),
            (
                json!({"groups": [{"other": 1}]}),
                "$.groups[*].items[*]",
                "{\"other\":1}",
            ),
            (json!({"a.b": {"c": []}}), "$['a.b']['c'][0:5]", "list"),
            (json!("[1]"), "$[*]", "[1]"),
        ] {
            assert_eq!(said(&body, path), says, "{body} {path}");
        }
    }
}
