//! What goes wrong with a poll, each kind told apart.

use crate::domain::feed::BadRow;
use crate::domain::feed::bounds::Passed;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// Why a poll gave nothing that could be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollError {
    /// The name could not be resolved, or nobody listens.
    Unreachable(Clean),
    /// The certificate was refused.
    Certificate(Clean),
    /// No answer within the time-out.
    Silent,
    /// The connection broke in the middle of the body.
    Truncated,
    /// The body passed the limit, before or after decompression; the limit in bytes.
    TooLarge(u64),
    /// A redirect to another host, or in a circle.
    Redirect(Clean),
    /// 401 or 403: the key is missing, wrong or expired.
    Key(u16),
    /// 429, or the upstream's own word for it; when it may be asked again, if told.
    TooOften(Option<Moment>),
    /// Another status than success.
    Status(u16, Clean),
    /// The body is not what the source speaks: HTML, another schema, broken JSON.
    Foreign(Clean),
    /// The upstream says in its own words that something is wrong.
    Said(Clean),
    /// There were so many rows, and not one was understood; the first flaw.
    NoneUnderstood(u32, Option<Box<BadRow>>),
    /// Nothing at all came where there must be something: no station, an empty body.
    Nothing,
    /// What is in the body would take more memory than there is for it; the limit in bytes.
    TooMuch(u64),
    /// There is more in the body than is read.
    Beyond(Passed),
}

impl PollError {
    /// Whether what was asked may have reached the other side, though no answer came: not where no connection was made,
    /// nor where the answer was that it is elsewhere.
    pub fn may_have_arrived(&self) -> bool {
        !matches!(
            self,
            Self::Unreachable(_) | Self::Certificate(_) | Self::Redirect(_)
        )
    }

    /// The same with other words of the other side's, such as without a secret.
    #[must_use]
    pub fn in_words(self, other: impl Fn(&str) -> String) -> Self {
        let say = |words: Clean| Clean::new(&other(words.as_str()));
        match self {
            Self::Unreachable(why) => Self::Unreachable(say(why)),
            Self::Certificate(why) => Self::Certificate(say(why)),
            Self::Redirect(to) => Self::Redirect(say(to)),
            Self::Status(status, why) => Self::Status(status, say(why)),
            Self::Foreign(why) => Self::Foreign(say(why)),
            Self::Said(why) => Self::Said(say(why)),
            Self::Silent
            | Self::Truncated
            | Self::TooLarge(_)
            | Self::Key(_)
            | Self::TooOften(_)
            | Self::NoneUnderstood(..)
            | Self::Nothing
            | Self::TooMuch(_)
            | Self::Beyond(_) => self,
        }
    }

    /// Its name in logs and in the ledger: its kind and, behind a colon, what the other side said; words for people are
    /// in `lang`.
    pub fn code(&self) -> String {
        match self {
            Self::Unreachable(why) => format!("unreachable: {why}"),
            Self::Certificate(why) => format!("certificate: {why}"),
            Self::Silent => "no answer in time".to_owned(),
            Self::Truncated => "answer broke off".to_owned(),
            Self::TooLarge(limit) => format!("answer too large: more than {limit} bytes"),
            Self::Redirect(to) => format!("redirected: {to}"),
            Self::Key(status) => format!("key refused: {status}"),
            Self::TooOften(_) => "asked too often".to_owned(),
            Self::Status(status, why) => format!("status {status}: {why}"),
            Self::Foreign(why) => format!("not understood: {why}"),
            Self::Said(why) => format!("said: {why}"),
            Self::NoneUnderstood(..) => "rows not understood".to_owned(),
            Self::Nothing => "nothing came".to_owned(),
            Self::TooMuch(limit) => format!("too much to take in: more than {limit} bytes"),
            Self::Beyond(passed) => passed.code(),
        }
    }
}
