//! Text as it stands in a paper written as Markdown: whatever somebody outside wrote is read as text, never as an image, a
//! heading, HTML, or a link that hides where it leads; an address that stands bare some readers make a link of. By
//! CommonMark 0.31 and the tables, strikethrough, footnotes and formulas of its usual readers.

/// What begins something wherever it stands.
const MARKS: &[char] = &['\\', '`', '*', '[', '<', '|', '~', '$'];

/// A paragraph: its lines, none of which begins a block.
pub(super) fn paragraph(text: &str) -> String {
    let lines = text.lines().map(|line| guarded(&inline(line.trim())));
    lines.collect::<Vec<_>>().join("\n")
}

/// A heading or a cell: one line.
pub(super) fn line(text: &str) -> String {
    let words = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let line = inline(words.trim());
    // A row of marks at the end of a heading closes it.
    match line.trim_end_matches('#') {
        "" => line.replace('#', "\\#"),
        before if before.len() < line.len() && before.ends_with(' ') => {
            format!(
                "{before}{}",
                line.get(before.len()..).unwrap_or("").replace('#', "\\#")
            )
        }
        _ => line,
    }
}

/// A line in which nothing begins anything.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let begins = match c {
            // Within a word it is a letter: `most_alarms`.
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after == '#' || after.is_ascii_alphabetic(),
            _ => MARKS.contains(&c),
        };
        out.extend(begins.then_some('\\'));
        out.push(c);
        before = c;
    }
    out
}

/// The same where a block could begin: a heading, a list, a quotation, a rule.
fn guarded(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at(digits);
    match rest.chars().next() {
        Some('#' | '>' | '+' | '-' | '=') if digits == 0 => format!("\\{line}"),
        Some('.' | ')') if digits > 0 => format!("{number}\\{rest}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::{ReportDocument, Row};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// What a reader makes of a paper whose every text is `text`: the texts of its title, its paragraph, its heading, its
    /// column and its cell; or what else it sees.
    fn read(text: &str) -> Result<Vec<String>, String> {
        let mut paper = ReportDocument::new(text.to_owned());
        paper.say(text.to_owned());
        let row = Row::new("key", vec![text.to_owned(), "end".to_owned()], Vec::new());
        paper.table(text, &[text, "end"], vec![row], "none");
        let written = paper.markdown();
        let mut texts: Vec<String> = Vec::new();
        for event in Parser::new_ext(
            &written,
            Options::ENABLE_TABLES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_MATH
                | Options::ENABLE_GFM,
        ) {
            #[expect(
                clippy::wildcard_enum_match_arm,
                reason = "whatever else there is, is none of ours"
            )]
            match event {
                Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::TableCell) => {
                    texts.push(String::new());
                }
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow) | Event::End(_) => {}
                Event::Text(piece) => texts.last_mut().ok_or("text outside")?.push_str(&piece),
                Event::SoftBreak => texts.last_mut().ok_or("break outside")?.push(' '),
                other => return Err(format!("{other:?} in {written}")),
            }
        }
        Ok(texts)
    }

    fn is_text(text: &str) -> Result<(), String> {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let texts = read(text)?;
        // Empty ones have no paragraph of their own; those of several paragraphs have more.
        let all = |texts: &[String]| words(&texts.join(" "));
        let wanted = words(&format!("{text} {text} {text} {text} end {text} end"));
        (all(&texts) == wanted)
            .then_some(())
            .ok_or(format!("{texts:?} of {text:?}"))
    }

    #[test]
    fn markup_from_outside_is_read_as_text() {
        for text in [
            "<script>alert(1)</script>",
            "[press here](https://evil.example)",
            "![x](https://evil.example/x.png)",
            "<https://evil.example>",
            "&lt;b&gt; &#60;",
            "**bold** _thin_ ~~gone~~ `code` $x$",
            "# title ##",
            "a\n---\nb\n===\n- c\n1. d\n2) e\n> f\n    code\n```\ng",
            "a | b\n---|---\nc | d",
            "[^1] [x]: https://evil.example",
            "\\[a](b) \\\\<b>",
            "most_alarms __x__ a_b_ _c",
            "#",
            "*",
            "<!-- gone -->",
            "end\\",
        ] {
            assert_eq!(is_text(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn plain_words_stay_as_they_are() {
        for text in [
            "泗门镇 2,300 µg/m³ (IAQI 63) · +5% — “x”",
            "most_alarms 1000; a & b, x > y, 3#",
            "10:00–12:00",
        ] {
            assert_eq!(
                (super::line(text), super::paragraph(text)),
                (text.to_owned(), text.to_owned())
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_feed_is_read_as_text(
            text in "[ a-c1_*`~<>/!#&;:=|$()\\[\\]\\\\\n.+^x-]{0,40}|\\PC{0,30}",
        ) {
            let text = text.trim().to_owned();
            prop_assert_eq!(is_text(&text), Ok(()));
        }
    }
}
