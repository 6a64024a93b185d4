//! Ask → Reply: HTTP as data. Sources and channels say what to ask and read the reply; only [`client`] sends.
//!
//! What surrounds a request is pure and stands beside it: what a reply lets us save next time ([`conditional`]), when
//! to ask again ([`retry`]), and the text of a body ([`text`]).

use crate::domain::feed::bounds::Most;
use crate::domain::secret::Secret;
use crate::domain::time::{Moment, Span};
use std::fmt;

pub mod client;
pub mod conditional;
mod cut;
mod inflate;
pub mod retry;
pub mod text;

/// The request methods in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// GET.
    #[default]
    Get,
    /// POST.
    Post,
}

/// One HTTP request, as data. Its `Debug` and every error made of it hide the secrets.
#[derive(Clone, Default, PartialEq)]
pub struct Ask {
    /// GET or POST.
    pub method: Method,
    /// The whole address, secrets included.
    pub url: String,
    /// Header names and values, secrets included.
    pub headers: Vec<(String, String)>,
    /// The body of a POST.
    pub body: Option<Vec<u8>>,
    /// Texts that must never be shown: keys, tokens, signatures. They are cut out of whatever comes back.
    pub secrets: Vec<Secret>,
    /// How long the whole exchange may take; the client's default where `None`.
    pub timeout: Option<Span>,
    /// Most bytes of body after decompression; the client's default where `None`.
    pub most_bytes: Option<u64>,
    /// Most memory that what is built of the reply may take; [`Memory::default`] where `None`.
    pub room: Option<Memory>,
    /// How much of the reply is read.
    pub most: Most,
}

/// One HTTP answer, as data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, with their values.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// When it was complete.
    pub at: Moment,
    /// The memory that what is built of it may take.
    pub room: Memory,
    /// How much of it is read.
    pub most: Most,
}

/// Memory in bytes that may be taken for one reply, its body included. Some kilobytes of compressed nothing unfold to
/// millions of values: what may be built grows with what came over the wire, up to what the configuration gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory(pub u64);

/// What any reply may take, however small.
const FLOOR: u64 = 24 << 20;

/// How many times what came over the wire may be taken beside that. Honest lists unfold to less than a hundred times.
const UNFOLDS: u64 = 200;

impl Default for Memory {
    fn default() -> Self {
        Self(192 << 20)
    }
}

impl Memory {
    /// What is left of it for a reply of so many bytes on the wire.
    #[must_use]
    pub fn of_wire(self, bytes: u64) -> Self {
        Self(self.0.min(FLOOR.saturating_add(bytes.saturating_mul(UNFOLDS))))
    }
}

impl Ask {
    /// A GET of `url`.
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// `text` with every secret replaced by `***`, in whatever way it is written there.
    pub fn redact(&self, text: &str) -> String {
        String::from_utf8_lossy(&cut::out_of(&self.secrets, text.as_bytes())).into_owned()
    }
}

impl fmt::Debug for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.method, self.redact(&self.url))
    }
}

impl Response {
    /// The first header of that lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}
