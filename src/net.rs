//! Ask → Reply: HTTP as data. Sources and channels say what to ask and read the reply; only [`client`] sends.
//!
//! What surrounds a request is pure and stands beside it: what a reply lets us save next time ([`conditional`]), when
//! to ask again ([`retry`]), and the text of a body ([`text`]).

use crate::domain::secret::Secret;
use crate::domain::time::Moment;
use crate::domain::time::Span;
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
}

/// One HTTP answer, as data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, with their values.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// When it was complete.
    pub at: Moment,
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

impl Reply {
    /// The first header of that lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}
