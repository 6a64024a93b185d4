//! From what was typed to an expression: tokens first, then `or` over `and` over `not` over one term.

use crate::domain::query::text::{fold, narrow};
use crate::domain::query::{Condition, Expression, QueryFault, QueryFaultKind, Test, Wanted};
use crate::domain::time::Span;
use std::iter::Peekable;
use std::vec::IntoIter;

/// Deeper than this nobody types.
const DEEPEST: usize = 32;

/// The tests as they are typed, longest first so that `>=` is not taken for `>`.
const TESTS: &[(&str, Test)] = &[
    (">=", Test::AtLeast),
    ("<=", Test::AtMost),
    ("!=", Test::IsNot),
    (">", Test::More),
    ("<", Test::Less),
    ("=", Test::Is),
    (":", Test::Has),
];

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open,
    Close,
    Not,
    And,
    Or,
    Term(Expression),
}

/// A token with the character it begins at, from 1.
type Placed = (usize, Token);

/// The expression that was typed; `None` for nothing.
pub(super) fn parse(typed: &str) -> Result<Option<Expression>, QueryFault> {
    let tokens = tokens(typed)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    let mut parser = Parser {
        end: typed.chars().count() + 1,
        tokens: tokens.into_iter().peekable(),
    };
    let whole = parser.any(0)?;
    match parser.tokens.next() {
        Some((at, _)) => Err(fault(at, QueryFaultKind::StrayParenthesis)),
        None => Ok(Some(whole)),
    }
}

fn fault(at: usize, why: QueryFaultKind) -> QueryFault {
    QueryFault { at, why }
}

struct Parser {
    tokens: Peekable<IntoIter<Placed>>,
    end: usize,
}

impl Parser {
    fn any(&mut self, depth: usize) -> Result<Expression, QueryFault> {
        let mut parts = vec![self.all(depth)?];
        while self.take(&Token::Or) {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Expression::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Expression, QueryFault> {
        let mut parts = vec![self.not(depth)?];
        loop {
            let and = self.take(&Token::And);
            match self.tokens.peek() {
                Some((_, Token::Term(_) | Token::Not | Token::Open)) => parts.push(self.not(depth)?),
                Some((_, Token::And | Token::Or | Token::Close)) | None if !and => {
                    return Ok(one_or(parts, Expression::All));
                }
                Some((at, _)) => return Err(fault(*at, QueryFaultKind::NothingThere)),
                None => return Err(fault(self.end, QueryFaultKind::NothingThere)),
            }
        }
    }

    fn not(&mut self, depth: usize) -> Result<Expression, QueryFault> {
        let mut opposite = false;
        while self.take(&Token::Not) {
            opposite = !opposite;
        }
        let part = match self.tokens.next() {
            Some((_, Token::Term(term))) => term,
            Some((at, Token::Open)) => self.parenthesis(at, depth + 1)?,
            Some((at, Token::Close)) if depth == 0 => {
                return Err(fault(at, QueryFaultKind::StrayParenthesis));
            }
            Some((at, Token::Close | Token::And | Token::Or | Token::Not)) => {
                return Err(fault(at, QueryFaultKind::NothingThere));
            }
            None => return Err(fault(self.end, QueryFaultKind::NothingThere)),
        };
        Ok(if opposite {
            Expression::Not(Box::new(part))
        } else {
            part
        })
    }

    fn parenthesis(&mut self, at: usize, depth: usize) -> Result<Expression, QueryFault> {
        if depth > DEEPEST {
            return Err(fault(at, QueryFaultKind::TooDeep));
        }
        let inner = self.any(depth)?;
        if self.take(&Token::Close) {
            Ok(inner)
        } else {
            Err(fault(at, QueryFaultKind::OpenParenthesis))
        }
    }

    fn take(&mut self, token: &Token) -> bool {
        self.tokens.next_if(|(_, next)| next == token).is_some()
    }
}

fn one_or(mut parts: Vec<Expression>, many: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}

fn tokens(typed: &str) -> Result<Vec<Placed>, QueryFault> {
    let mut chars = typed.chars().map(narrow).zip(1..).peekable();
    let mut tokens = Vec::new();
    while let Some((c, at)) = chars.next_if(|_| true) {
        let sign = match c {
            _ if c.is_whitespace() => continue,
            '(' => Token::Open,
            ')' => Token::Close,
            '!' => Token::Not,
            '-' if chars.peek().is_some_and(|(next, _)| !next.is_whitespace()) => Token::Not,
            _ => {
                let word = word((c, at), &mut chars)?;
                tokens.push((at, term(&word, at)?));
                continue;
            }
        };
        tokens.push((at, sign));
    }
    Ok(tokens)
}

/// A word as typed: the characters of it, and whether each stood in quotes.
fn word(
    first: (char, usize),
    chars: &mut Peekable<impl Iterator<Item = (char, usize)>>,
) -> Result<Vec<(char, bool)>, QueryFault> {
    let mut word = Vec::new();
    let mut quote = None;
    let mut next = Some(first);
    while let Some((c, at)) = next {
        match (c, quote) {
            ('"', None) => quote = Some(at),
            ('"', Some(_)) => {
                quote = None;
                // A quoted word, even an empty one, is never a sign of the language.
                word.push(('\0', true));
            }
            _ => word.push((c, quote.is_some())),
        }
        let ends = |c: char| quote.is_none() && (c.is_whitespace() || matches!(c, '(' | ')'));
        next = chars.next_if(|(c, _)| !ends(*c));
    }
    match quote {
        Some(at) => Err(fault(at, QueryFaultKind::OpenQuote)),
        None => Ok(word),
    }
}

fn term(word: &[(char, bool)], at: usize) -> Result<Token, QueryFault> {
    let text = |part: &[(char, bool)]| -> String {
        let kept = part.iter().filter(|(c, _)| *c != '\0');
        kept.map(|(c, _)| *c).collect()
    };
    let plain = word.iter().all(|(_, quoted)| !quoted);
    match text(word).as_str() {
        "and" if plain => return Ok(Token::And),
        "or" if plain => return Ok(Token::Or),
        "not" if plain => return Ok(Token::Not),
        _ => {}
    }
    let is_name = |(c, quoted): &&(char, bool)| !quoted && (c.is_ascii_alphabetic() || *c == '_');
    let (name, rest) = word.split_at(word.iter().take_while(is_name).count());
    let sign = TESTS
        .iter()
        .find(|(sign, _)| !name.is_empty() && begins_with(rest, sign));
    let value = sign.map(|(sign, _)| rest.get(sign.len()..).unwrap_or_default());
    match (sign, value) {
        // An address is a word, not a field.
        (Some((_, test)), Some(value)) if !begins_with(value, "//") => {
            let key = text(name);
            if value.is_empty() {
                return Err(fault(at, QueryFaultKind::NoValue(key)));
            }
            let values = value.split(|(c, quoted)| *c == ',' && !quoted);
            let values = values.map(|value| wanted(&text(value))).collect();
            let test = *test;
            let condition = Condition {
                key,
                at,
                test,
                values,
            };
            Ok(Token::Term(Expression::Field(Box::new(condition))))
        }
        _ => Ok(Token::Term(Expression::Word(fold(&text(word))))),
    }
}

fn begins_with(word: &[(char, bool)], sign: &str) -> bool {
    word.len() >= sign.len() && sign.chars().zip(word).all(|(c, (d, quoted))| c == *d && !quoted)
}

fn wanted(text: &str) -> Wanted {
    Wanted {
        folded: fold(text),
        number: text.parse().ok().filter(|n: &f64| n.is_finite()),
        span: Span::parse(text),
    }
}
