//! The HTTP client against a loopback server that answers byte by byte as it was told: every way an upstream fails.

#![expect(clippy::indexing_slicing, reason = "a test says why by failing")]

use flate2::Compression;
use flate2::write::GzEncoder;
use lookout::domain::feed::PollError;
use lookout::domain::secret::Secret;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::net::client::{Client, Manners};
use lookout::net::retry::allowed_at;
use lookout::net::{Ask, Method, Response};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does once it has read a request.
#[derive(Clone)]
enum Does {
    /// Writes these bytes and closes.
    Says(Vec<u8>),
    /// Writes the head, then the same piece for ever.
    Streams(&'static str),
    /// Keeps the connection open and says nothing.
    Hangs,
    /// Repeats the request's head as the body.
    Echoes,
    /// Leads what is asked of its root to another page of its own with this status, and repeats the head there.
    Leads(u16),
}

/// A server on a free port of loopback; its address. It ends with the test's runtime.
async fn serve(does: Does) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, does.clone()));
        }
    });
    format!("http://{address}")
}

async fn answer(mut stream: TcpStream, does: Does) {
    let mut head = vec![0; 4096];
    let n = stream.read(&mut head).await.unwrap_or(0);
    let head = String::from_utf8_lossy(&head[..n]).into_owned();
    match does {
        Does::Says(bytes) => drop(stream.write_all(&bytes).await),
        Does::Leads(status) if head.split(' ').nth(1) == Some("/") => {
            let led = format!(
                "HTTP/1.1 {status} X\r\nLocation: /landed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            drop(stream.write_all(led.as_bytes()).await);
        }
        Does::Echoes | Does::Leads(_) => drop(stream.write_all(&ok("", head.as_bytes())).await),
        Does::Hangs => std::future::pending().await,
        Does::Streams(start) => {
            let piece = vec![b'x'; 65_536];
            let mut open = stream.write_all(start.as_bytes()).await.is_ok();
            while open {
                open = stream.write_all(&piece).await.is_ok();
            }
        }
    }
    drop(stream.shutdown().await);
}

fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn noon() -> Moment {
    Moment::parse_rfc3339("2026-11-23T12:00:00Z").expect("a fixed text")
}

fn client() -> Client {
    let manners = Manners {
        contact: "https://example.org/duty\n".to_owned(),
        ..Manners::default()
    };
    Client::new(manners, noon)
}

async fn get(does: Does) -> Result<Response, PollError> {
    client().send(&Ask::get(serve(does).await)).await
}

fn says(head: &str) -> Does {
    Does::Says(head.as_bytes().to_vec())
}

#[tokio::test]
async fn a_request_says_who_asks_and_a_reply_says_when_it_was_complete() {
    let reply = get(Does::Echoes).await.expect("a whole reply");
    let head = reply.text().to_lowercase();
    let agent = format!(
        "user-agent: lookout/{} (+https://example.org/duty)",
        env!("CARGO_PKG_VERSION")
    );
    assert!(head.contains(&agent), "{head}");
    assert!(head.contains("accept-encoding: gzip, deflate"), "{head}");
    assert_eq!((reply.status, reply.at), (200, noon()));
}

#[tokio::test]
async fn an_error_status_is_a_reply_with_its_words() {
    let wire = "HTTP/1.1 500 No\r\nContent-Length: 4\r\nConnection: close\r\n\r\noops";
    let reply = get(says(wire)).await.expect("a whole reply");
    assert_eq!((reply.status, reply.text().as_ref()), (500, "oops"));
}

#[tokio::test]
async fn too_many_requests_say_when_to_come_back_in_seconds_or_as_a_date() {
    for value in ["120", "Mon, 23 Nov 2026 12:02:00 GMT"] {
        let wire = format!("HTTP/1.1 429 Slow\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n");
        let reply = get(says(&wire)).await.expect("a whole reply");
        assert_eq!(
            allowed_at(&reply, noon()),
            Some(noon() + Span::mins(2)),
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_truncated() {
    let short = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
    assert_eq!(get(says(short)).await, Err(PollError::Truncated));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf";
    assert_eq!(get(says(chunked)).await, Err(PollError::Truncated));
}

#[tokio::test]
async fn an_endless_stream_is_cut_at_the_limit() {
    let address = serve(Does::Streams("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n")).await;
    let mut ask = Ask::get(&address);
    ask.most_bytes = Some(1 << 20);
    assert_eq!(client().send(&ask).await, Err(PollError::TooLarge(1 << 20)));
    let announced = "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n";
    let announced = get(Does::Streams(announced)).await;
    assert_eq!(announced, Err(PollError::TooLarge(32 << 20)));
}

#[tokio::test]
async fn a_gzip_bomb_is_refused_and_honest_gzip_is_read() {
    let gzip = |bytes: &[u8]| {
        let mut to = GzEncoder::new(Vec::new(), Compression::best());
        to.write_all(bytes).expect("into memory");
        to.finish().expect("into memory")
    };
    let header = "Content-Encoding: gzip\r\n";
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100_000);
    let refused = get(Does::Says(ok(header, &bomb))).await;
    assert!(
        matches!(refused, Err(PollError::TooLarge(most)) if most < 16 << 20),
        "{refused:?}"
    );
    let read = get(Does::Says(ok(header, &gzip(b"[1, 2]")))).await;
    assert_eq!(read.expect("a whole reply").body, b"[1, 2]");
    let half = gzip(b"[1, 2, 3, 4, 5, 6, 7]");
    let half = get(Does::Says(ok(header, &half[..15]))).await;
    assert_eq!(half, Err(PollError::Truncated));
}

#[tokio::test]
async fn silence_ends_with_the_time_out() {
    let mut ask = Ask::get(serve(Does::Hangs).await);
    ask.timeout = Some(Span::from_ms(50));
    assert_eq!(client().send(&ask).await, Err(PollError::Silent));
    let mut ask = Ask::get(serve(Does::Streams("HTTP/1.1 200 OK\r\nX: ")).await);
    ask.timeout = Some(Span::from_ms(500));
    assert!(
        client().send(&ask).await.is_err(),
        "a head without end is no reply"
    );
}

/// What is posted stays posted: the pages of the web that make a GET of it lose an order without a word.
#[tokio::test]
async fn what_is_posted_never_becomes_a_question_where_it_is_led_elsewhere() {
    for status in [301, 302, 303, 307, 308] {
        for method in [Method::Get, Method::Post] {
            let url = serve(Does::Leads(status)).await;
            let ask = Ask {
                method,
                url: format!("{url}/"),
                body: (method == Method::Post).then(|| b"go".to_vec()),
                ..Ask::default()
            };
            let got = client().send(&ask).await;
            let arrived = got.map(|reply| reply.text().lines().next().unwrap_or("").to_owned());
            let expected = match (method, status) {
                (Method::Get, _) => Ok("GET /landed HTTP/1.1".to_owned()),
                (Method::Post, 307 | 308) => Ok("POST /landed HTTP/1.1".to_owned()),
                (Method::Post, _) => Err(PollError::Redirect(Clean::new(&format!("{url}/landed")))),
            };
            assert_eq!(arrived, expected, "{status} {method:?}");
        }
    }
}

#[tokio::test]
async fn a_redirect_is_followed_on_the_same_host_only_and_not_in_a_circle() {
    let away =
        "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.invalid/x?key=s3cret\r\nContent-Length: 0\r\n\r\n";
    let away = get(says(away)).await;
    assert_eq!(
        away,
        Err(PollError::Redirect(Clean::new("http://elsewhere.invalid")))
    );
    let circle = "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let circle = get(says(circle)).await;
    assert!(
        matches!(&circle, Err(PollError::Redirect(to)) if to.as_str().ends_with("/again")),
        "{circle:?}"
    );
}

#[tokio::test]
async fn nobody_there_is_told_apart_and_a_secret_stays_secret() {
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = gone.local_addr().expect("bound");
    drop(gone);
    let mut ask = Ask::get(format!("http://{address}/s3cret/area"));
    ask.secrets = vec![Secret::new("s3cret")];
    let trouble = client().send(&ask).await;
    assert!(matches!(trouble, Err(PollError::Unreachable(_))), "{trouble:?}");
    assert!(!format!("{trouble:?} {ask:?}").contains("s3cret"));
    let unreadable = client().send(&Ask::get("nowhere")).await;
    assert!(matches!(unreadable, Err(PollError::Unreachable(_))));
}

#[tokio::test]
async fn a_plain_answer_to_tls_is_not_a_reply() {
    let address = serve(says("HTTP/1.1 200 OK\r\n\r\n")).await;
    let ask = Ask::get(address.replace("http:", "https:"));
    assert!(matches!(
        client().send(&ask).await,
        Err(PollError::Unreachable(_))
    ));
}

/// An https server with one of the certificates of `fixtures/tls`; its address. It serves one connection.
fn https(certificate: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls");
    let chain = CertificateDer::from_pem_file(folder.join(certificate)).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).expect("its key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring provides them")
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .expect("they belong together");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut tls = ServerConnection::new(Arc::new(config)).expect("a server");
        let mut both = rustls::Stream::new(&mut tls, &mut stream);
        let mut head = [0; 4096];
        if std::io::Read::read(&mut both, &mut head).is_ok() {
            both.write_all(&ok("", b"served")).ok();
        }
    });
    format!("https://{address}")
}

#[tokio::test]
async fn a_refused_certificate_is_named_with_its_reason() {
    let authority = include_bytes!("fixtures/tls/authority.pem").to_vec();
    let manners = Manners {
        roots: authority,
        ..Manners::default()
    };
    let client = Client::new(manners, noon);
    for (certificate, why) in [
        ("expired.pem", "expired"),
        ("name.pem", "for another name"),
        ("self.pem", "self-signed"),
    ] {
        let answered = client.send(&Ask::get(https(certificate))).await;
        assert_eq!(
            answered,
            Err(PollError::Certificate(Clean::new(why))),
            "{certificate}"
        );
    }
    let good = client.send(&Ask::get(https("good.pem"))).await;
    assert_eq!(good.expect("a good one is taken").body, b"served");
}
