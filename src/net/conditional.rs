//! Conditional requests: what was answered last is asked for only if it has changed, and reused if it has not.
//!
//! Pure bookkeeping for the desk's runner: [`Remembered::prepare`] before an ask, [`Remembered::settle`] after its reply.
//! Sources never see a 304: an upstream that lists everything active would otherwise seem to have ended it all.

use crate::net::{Ask, Method, Response};
use std::collections::BTreeMap;

/// Bodies above this are not kept; asking again for them is cheaper than the memory.
const MOST_BODY: usize = 4 << 20;

/// Most replies kept; the address that was not answered for longest goes first.
const MOST_KEPT: usize = 64;

/// The last good reply of each address that gave a validator. No `Debug`: addresses hold keys.
#[derive(Default)]
pub struct Remembered {
    kept: BTreeMap<String, Response>,
}

/// A reply, told apart by whether anything is new in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Settled {
    /// A reply of its own.
    New(Response),
    /// 304: the earlier reply, with the moment of this one.
    Unchanged(Response),
}

impl Settled {
    /// The reply to read.
    pub fn into_reply(self) -> Response {
        match self {
            Self::New(reply) | Self::Unchanged(reply) => reply,
        }
    }
}

impl Remembered {
    /// Adds `If-None-Match` and `If-Modified-Since` where an earlier reply allows it.
    pub fn prepare(&self, ask: &mut Ask) {
        if ask.method != Method::Get {
            return;
        }
        let Some(kept) = self.kept.get(&ask.url) else {
            return;
        };
        for (validator, header) in [("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")] {
            if let Some(value) = kept.header(validator) {
                ask.headers.push((header.to_owned(), value.to_owned()));
            }
        }
    }

    /// Keeps a good reply that can be asked for conditionally, and puts the kept one in the place of a 304.
    pub fn settle(&mut self, ask: &Ask, reply: Response) -> Settled {
        if reply.status == 304
            && let Some(kept) = self.kept.get_mut(&ask.url)
        {
            kept.at = reply.at;
            return Settled::Unchanged(kept.clone());
        }
        let can = reply.header("etag").is_some() || reply.header("last-modified").is_some();
        if ask.method == Method::Get && reply.status == 200 {
            if can && reply.body.len() <= MOST_BODY {
                self.make_room();
                self.kept.insert(ask.url.clone(), reply.clone());
            } else {
                self.kept.remove(&ask.url);
            }
        }
        Settled::New(reply)
    }

    /// Forgets an address, such as after a reply that could not be read.
    pub fn forget(&mut self, ask: &Ask) {
        self.kept.remove(&ask.url);
    }

    fn make_room(&mut self) {
        while self.kept.len() >= MOST_KEPT {
            let oldest = self.kept.iter().min_by_key(|(_, reply)| reply.at);
            let Some(url) = oldest.map(|(url, _)| url.clone()) else {
                return;
            };
            self.kept.remove(&url);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Moment;

    fn reply(status: u16, headers: &[(&str, &str)], body: &str, at: i64) -> Response {
        let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Response {
            status,
            headers: headers.collect(),
            body: body.as_bytes().to_vec(),
            at: Moment::from_ms(at),
            ..Response::default()
        }
    }

    #[test]
    fn an_unchanged_answer_is_the_earlier_one_at_the_new_moment() {
        let mut remembered = Remembered::default();
        let mut ask = Ask::get("http://x/a");
        remembered.prepare(&mut ask);
        assert_eq!(ask.headers, Vec::new());
        let first = reply(
            200,
            &[("etag", "\"1\""), ("last-modified", "yesterday")],
            "body",
            1,
        );
        assert_eq!(
            remembered.settle(&ask, first.clone()),
            Settled::New(first.clone())
        );
        remembered.prepare(&mut ask);
        assert_eq!(
            ask.headers,
            [
                ("If-None-Match".to_owned(), "\"1\"".to_owned()),
                ("If-Modified-Since".to_owned(), "yesterday".to_owned())
            ]
        );
        let mut again = first;
        again.at = Moment::from_ms(2);
        assert_eq!(
            remembered.settle(&ask, reply(304, &[], "", 2)),
            Settled::Unchanged(again)
        );
    }

    #[test]
    fn an_answer_without_validators_or_with_an_error_is_not_kept() {
        let mut remembered = Remembered::default();
        let mut ask = Ask::get("http://x/a");
        remembered.settle(&ask, reply(200, &[("etag", "\"1\"")], "good", 1));
        remembered.settle(&ask, reply(500, &[("etag", "\"2\"")], "bad", 2));
        remembered.prepare(&mut ask);
        assert_eq!(ask.headers.len(), 1, "the error changed nothing");
        let mut ask = Ask::get("http://x/a");
        remembered.settle(&ask, reply(200, &[], "good", 3));
        remembered.prepare(&mut ask);
        assert_eq!(ask.headers, Vec::new());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut remembered = Remembered::default();
        for n in 0..200 {
            let ask = Ask::get(format!("http://x/{n}"));
            remembered.settle(&ask, reply(200, &[("etag", "\"1\"")], "x", n));
        }
        assert_eq!(remembered.kept.len(), MOST_KEPT);
        assert!(remembered.kept.contains_key("http://x/199"));
    }
}
