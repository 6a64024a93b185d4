//! Values of JSON members as text, whatever the upstream wrapped them in: `"35"`, `35` and `35.0` are one number.

use crate::domain::text::Clean;
use serde_json::Value;
use std::borrow::Cow;
use url::Url;

/// The text of a plain value; `None` for null, lists and objects.
pub(super) fn plain(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text.trim())),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(yes) => Some(Cow::Borrowed(if *yes { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The text of a member; empty where it is not there or not plain.
pub(super) fn text<'v>(row: &'v Value, name: &str) -> Cow<'v, str> {
    row.get(name).and_then(plain).unwrap_or_default()
}

/// The elements of a list; none where it is no list.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// An address on the web, such as a photo's; `None` for what is none.
pub(super) fn address(text: &str) -> Option<Clean> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| Clean::new(url.as_str()))
}
