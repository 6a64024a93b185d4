//! Drills (演练): a matter that is played and not so. Its title says that at its head, or that of a case it belongs under
//! does; whatever leaves the room about it then says so too.

/// What a drill is called, in small letters.
const WORDS: &[&str] = &["演练", "演习", "drill", "exercise"];

/// Brackets that the word may stand in.
const BRACKETS: &[(char, char)] = &[('【', '】'), ('[', ']'), ('［', '］'), ('(', ')'), ('（', '）')];

/// Splits a title into the mark of a drill at its head and the rest; `None` where it has none. The word alone is no mark:
/// a field beside a drill ground (演练场) may burn.
fn split(title: &str) -> Option<&str> {
    let title = title.trim_start();
    let bracket = BRACKETS.iter().find(|row| title.starts_with(row.0));
    let inside = bracket.and_then(|row| title.strip_prefix(row.0));
    let inside = inside.unwrap_or(title).trim_start();
    WORDS.iter().find_map(|word| {
        let head = inside.get(..word.len())?;
        let rest = inside.get(word.len()..)?.trim_start();
        let rest = match bracket {
            Some((_, close)) => rest.strip_prefix(*close)?,
            None => rest.strip_prefix([':', '：'])?,
        };
        head.eq_ignore_ascii_case(word).then(|| rest.trim_start())
    })
}

/// Whether a title says at its head that it is a drill: `【演练】…`, `演练：…`, `DRILL: …`.
pub fn is_marked(title: &str) -> bool {
    split(title).is_some()
}

/// The title without that mark.
pub fn unmarked(title: &str) -> &str {
    split(title).unwrap_or(title)
}

/// Whether a title speaks of a drill anywhere; whoever means one has to say so at its head.
pub fn is_mentioned(title: &str) -> bool {
    let title = title.to_lowercase();
    WORDS.iter().any(|word| title.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_is_marked_at_its_head_and_a_word_elsewhere_is_no_mark() {
        for (title, rest) in [
            ("【演练】马渚镇秸秆焚烧", "马渚镇秸秆焚烧"),
            (" [演练] 秸秆焚烧", "秸秆焚烧"),
            ("（演习）重污染天气", "重污染天气"),
            ("演练：秸秆焚烧", "秸秆焚烧"),
            ("DRILL: a fire", "a fire"),
            ("[Exercise] a fire", "a fire"),
        ] {
            assert!(is_marked(title), "{title}");
            assert_eq!(unmarked(title), rest);
        }
        for title in [
            "",
            "马渚镇秸秆焚烧",
            "演练场旁秸秆焚烧",
            "【演练场】秸秆焚烧",
            "马渚镇【演练】",
            "drill ground on fire",
            "2026年应急演练",
            "drillé: x",
        ] {
            assert!(!is_marked(title), "{title}");
            assert_eq!(unmarked(title), title);
        }
        assert!(is_mentioned("2026年应急演练") && is_mentioned("A Drill") && !is_mentioned("秸秆焚烧"));
    }
}
