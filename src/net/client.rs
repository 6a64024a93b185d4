//! The HTTP client: the only user of reqwest. Polite, bounded, and never silent about why something failed.
//!
//! It knows nothing of sources or channels: an [`Ask`] goes in, a [`Response`] or a [`PollError`] comes out, whatever the
//! status. It decompresses itself, through a limit; follows redirects on the same host only, and none that would make a
//! question of what is posted. Here, and nowhere else, the
//! secrets of an ask are cut out of what comes back: of a reply's headers and body as of a trouble's words.

use crate::domain::feed::PollError;
use crate::domain::secret::Secret;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::net::inflate::{Bad, Body};
use crate::net::{Ask, Method, Response, cut};
use reqwest::redirect;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use std::borrow::Cow;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;
use url::{Host, Url};

/// Redirects that are followed before they count as a circle.
const REDIRECTS: usize = 5;

/// How the client behaves where an [`Ask`] does not say.
#[derive(Clone, Debug)]
pub struct Manners {
    /// Where an upstream's keeper may write to: an address or a page, part of the `User-Agent`.
    pub contact: String,
    /// How long a whole exchange may take.
    pub timeout: Span,
    /// Most bytes of a body, compressed or not.
    pub most_bytes: u64,
    /// Further trust roots as PEM, such as an intranet's own; beside the machine's.
    pub roots: Vec<u8>,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            contact: String::new(),
            timeout: Span::secs(30),
            most_bytes: 32 << 20,
            roots: Vec::new(),
        }
    }
}

/// The reply to an ask, once it is complete.
pub type Exchange<'a> = Pin<Box<dyn Future<Output = Result<Response, PollError>> + Send + 'a>>;

/// What carries an ask to the other side and a reply back.
pub trait Wire: Send + Sync {
    /// Sends one ask and takes the whole reply, whatever its status, for as long as it takes.
    fn exchange<'a>(&'a self, ask: &'a Ask) -> Exchange<'a>;
}

/// Sends asks. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Client {
    wire: Arc<dyn Wire>,
    timeout: Span,
}

/// HTTP over TCP and TLS.
struct Http {
    /// Made at the first ask: reading the machine's trust roots takes longer than a picture, and no picture waits for them.
    ways: OnceCell<Ways>,
    manners: Manners,
    now: Box<dyn Fn() -> Moment + Send + Sync>,
}

/// Where an ask goes.
struct Ways {
    /// For loopback addresses: a proxy of the environment is not for them.
    near: Pair,
    /// For all others.
    far: Pair,
}

/// What asks and what posts: they follow different redirects.
struct Pair {
    get: reqwest::Client,
    post: reqwest::Client,
}

impl Client {
    /// A client; `now` tells when a reply was complete. Cannot fail: without roots of the machine it brings its own.
    pub fn new(manners: Manners, now: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        let timeout = manners.timeout;
        let http = Http {
            ways: OnceCell::new(),
            manners,
            now: Box::new(now),
        };
        Self::over(Arc::new(http), timeout)
    }

    /// A client over that wire; an exchange takes no longer than `timeout` where an [`Ask`] does not say.
    pub fn over(wire: Arc<dyn Wire>, timeout: Span) -> Self {
        Self { wire, timeout }
    }

    /// Sends one ask and takes the whole reply, whatever its status.
    ///
    /// # Errors
    /// No complete reply came, or it was larger than allowed. Neither holds a secret of the ask.
    pub async fn send(&self, ask: &Ask) -> Result<Response, PollError> {
        let limit = ask.timeout.unwrap_or(self.timeout);
        let limit = Duration::from_millis(u64::try_from(limit.ms()).unwrap_or(1));
        let answered = tokio::time::timeout(limit, self.wire.exchange(ask)).await;
        match answered {
            Ok(Ok(reply)) => Ok(without(&ask.secrets, reply)),
            Ok(Err(trouble)) => Err(trouble.in_words(|words| ask.redact(words))),
            Err(_) => Err(PollError::Silent),
        }
    }
}

impl Ways {
    fn new(manners: &Manners) -> Self {
        let tls = tls(&manners.roots);
        let builder = |follow: fn(redirect::Attempt<'_>) -> redirect::Action| {
            reqwest::Client::builder()
                .user_agent(user_agent(&manners.contact))
                .tls_backend_preconfigured(tls.clone())
                .redirect(redirect::Policy::custom(follow))
                .referer(false)
                .connect_timeout(Duration::from_secs(15))
        };
        let build = |builder: reqwest::ClientBuilder| {
            builder
                .build()
                .expect("TLS is given ready and the user agent is visible ASCII; nothing else can be refused")
        };
        let pair = |end: fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder| Pair {
            get: build(end(builder(follow))),
            post: build(end(builder(follow_posted))),
        };
        Self {
            near: pair(reqwest::ClientBuilder::no_proxy),
            far: pair(|builder| builder),
        }
    }

    fn request(&self, ask: &Ask) -> Result<reqwest::RequestBuilder, PollError> {
        let url =
            Url::parse(&ask.url).map_err(|error| PollError::Unreachable(Clean::new(&error.to_string())))?;
        let client = if is_near(&url) { &self.near } else { &self.far };
        let request = match ask.method {
            Method::Get => client.get.get(url),
            Method::Post => client.post.post(url),
        };
        let mut request = request.header("accept-encoding", "gzip, deflate");
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        Ok(match &ask.body {
            Some(body) => request.body(body.clone()),
            None => request,
        })
    }
}

impl Wire for Http {
    fn exchange<'a>(&'a self, ask: &'a Ask) -> Exchange<'a> {
        Box::pin(self.send(ask))
    }
}

impl Http {
    async fn send(&self, ask: &Ask) -> Result<Response, PollError> {
        let ways = self.ways.get_or_init(|| async { Ways::new(&self.manners) }).await;
        let response = ways.request(ask)?.send().await;
        let mut response = response.map_err(|error| trouble(&error))?;
        let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok());
        let most = ask.most_bytes.unwrap_or(self.manners.most_bytes);
        let room = ask.room.unwrap_or_default();
        let mut wire = 0_u64;
        if response.content_length().is_some_and(|length| length > most) {
            return Err(PollError::TooLarge(most));
        }
        let bad = |bad: Bad| match bad {
            Bad::TooLarge => PollError::TooLarge(most),
            Bad::Swollen(allowed) => PollError::TooLarge(allowed),
            Bad::Broken => PollError::Truncated,
            Bad::Unknown => PollError::Foreign(Clean::new(&bad.to_string())),
        };
        let mut body = Body::new(header("content-encoding"), most).map_err(bad)?;
        while let Some(piece) = response.chunk().await.map_err(|error| broken(&error))? {
            wire = wire.saturating_add(piece.len() as u64);
            body = body.take(&piece).map_err(bad)?;
        }
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        Ok(Response {
            status: response.status().as_u16(),
            headers: headers.collect(),
            body: body.end().map_err(bad)?,
            at: (self.now)(),
            room: room.of_wire(wire),
            most: ask.most,
        })
    }
}

/// The reply without the secrets that it may send back.
fn without(secrets: &[Secret], mut reply: Response) -> Response {
    if secrets.is_empty() {
        return reply;
    }
    for (_, value) in &mut reply.headers {
        *value = String::from_utf8_lossy(&cut::out_of(secrets, value.as_bytes())).into_owned();
    }
    // Two bytes a character would hide them.
    if reply.body.starts_with(b"\xff\xfe") || reply.body.starts_with(b"\xfe\xff") {
        reply.body = format!("\u{feff}{}", reply.text()).into_bytes();
    }
    if let Cow::Owned(body) = cut::out_of(secrets, &reply.body) {
        reply.body = body;
    }
    reply
}

/// `lookout/0.1.0 (+contact)`, only of characters that a header may hold.
fn user_agent(contact: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let contact: String = contact.chars().filter(char::is_ascii_graphic).collect();
    if contact.is_empty() {
        format!("lookout/{version}")
    } else {
        format!("lookout/{version} (+{contact})")
    }
}

fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// TLS with the machine's roots, or Mozilla's where it has none, and those of `pem`.
fn tls(pem: &[u8]) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(pem).flatten());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring provides both TLS 1.2 and 1.3");
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}

/// A redirect that is not followed; where it led.
#[derive(Debug, thiserror::Error)]
#[error("redirected to {0}")]
struct Redirected(String);

/// Follows a redirect to the same scheme, host and port, a few times.
fn follow(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let origin = attempt.previous().first().map(Url::origin);
    let is_same = origin.as_ref() == Some(&attempt.url().origin());
    if is_same && attempt.previous().len() <= REDIRECTS {
        return attempt.follow();
    }
    refuse(attempt, is_same)
}

/// The same where something was posted: only what says that it is to be posted again there (307, 308). After any other a
/// client asks by GET, and what was posted is lost.
fn follow_posted(attempt: redirect::Attempt<'_>) -> redirect::Action {
    if matches!(attempt.status().as_u16(), 307 | 308) {
        return follow(attempt);
    }
    let origin = attempt.previous().first().map(Url::origin);
    let is_same = origin.as_ref() == Some(&attempt.url().origin());
    refuse(attempt, is_same)
}

/// Names where it led; of another host no path, which may carry what is not ours.
fn refuse(attempt: redirect::Attempt<'_>, is_same: bool) -> redirect::Action {
    let target = attempt.url().origin().ascii_serialization();
    let path = if is_same { attempt.url().path() } else { "" };
    let to = format!("{target}{path}");
    attempt.error(Redirected(to))
}

/// What went wrong before the reply's head was there.
fn trouble(error: &reqwest::Error) -> PollError {
    let (mut last, mut at): (String, Option<&(dyn Error + 'static)>) = (String::new(), error.source());
    while let Some(cause) = at {
        if let Some(Redirected(to)) = cause.downcast_ref() {
            return PollError::Redirect(Clean::new(to));
        }
        if let Some(rustls::Error::InvalidCertificate(why)) = tls_error(cause) {
            return PollError::Certificate(Clean::new(&refused_for(why)));
        }
        last = cause.to_string();
        at = cause.source();
    }
    if error.is_connect() || error.is_builder() {
        PollError::Unreachable(Clean::new(&last))
    } else if error.is_timeout() {
        PollError::Silent
    } else {
        PollError::Truncated
    }
}

/// The fault of TLS that a cause is, or that it wraps: an error of the system is put around it, sometimes more than once.
fn tls_error<'e>(cause: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    if let Some(found) = cause.downcast_ref::<rustls::Error>() {
        return Some(found);
    }
    let inner = cause.downcast_ref::<std::io::Error>()?.get_ref()?;
    tls_error(inner)
}

/// Why a certificate is refused, in the words of `lang::trouble`, without times and names that change.
fn refused_for(why: &CertificateError) -> String {
    let says = format!("{why:?}");
    let known = [
        ("Expired", "expired"),
        ("NotValidYet", "not valid yet"),
        ("NotValidForName", "for another name"),
        ("UnknownIssuer", "unknown issuer"),
        ("CaUsedAsEndEntity", "self-signed"),
        ("Revoked", "revoked"),
    ];
    let found = known.iter().find(|(name, _)| says.contains(name));
    found.map_or_else(|| why.to_string(), |(_, words)| (*words).to_owned())
}

/// What went wrong within the body.
fn broken(error: &reqwest::Error) -> PollError {
    if error.is_timeout() {
        PollError::Silent
    } else {
        PollError::Truncated
    }
}
