//! A small loopback server: bodies by path, faults on demand, and a webhook that counts.
//!
//! Raw sockets and threads, so that it can be as broken as a real upstream: cut bodies, endless ones, silence.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// How a path answers.
#[derive(Clone)]
pub(crate) enum Answer {
    /// 200 with this body and content type.
    Body(Arc<[u8]>, &'static str),
    /// A status with a short text.
    Status(u16),
    /// 429, and in how many seconds it may be asked again.
    Later(u32),
    /// 200 with a web page instead of data.
    Html,
    /// Announces more than it sends, then closes.
    Truncated,
    /// Sends until the other side has had enough.
    Endless,
    /// A small body that becomes a huge one when decompressed.
    Bomb,
    /// Takes the request and never answers.
    Silence,
    /// This status, and whatever was asked in the body: address, headers and body, as they came, percent-encoded and in
    /// base64, as an error's words, as a robot's and as the title of a row.
    Echo(u16),
}

/// A request that came to the webhook.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// Header names in lower case.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
    /// The status it was answered with.
    pub status: u16,
}

#[derive(Default)]
struct Inner {
    answers: HashMap<String, Answer>,
    letters: Vec<Letter>,
    refusals: u32,
}

/// The server; it lives as long as the test's process.
#[derive(Clone)]
pub(crate) struct Upstream {
    address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
}

impl Letter {
    /// A header that must be there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or_else(|| panic!("no header {name}"), String::as_str)
    }
}

impl Upstream {
    /// Listens on a free loopback port.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
        let address = listener.local_addr().expect("its address");
        let upstream = Self {
            address,
            inner: Arc::default(),
        };
        let accepting = upstream.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let one = accepting.clone();
                std::thread::spawn(move || one.answer(stream));
            }
        });
        upstream
    }

    /// `http://127.0.0.1:port` and the path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on `path` answers so.
    pub(crate) fn set(&self, path: &str, answer: Answer) {
        self.inner
            .lock()
            .expect("no panic holds it")
            .answers
            .insert(path.to_owned(), answer);
    }

    /// The next `count` letters are answered with 500.
    pub(crate) fn refuse_letters(&self, count: u32) {
        self.inner.lock().expect("no panic holds it").refusals = count;
    }

    /// Letters so far.
    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.inner.lock().expect("no panic holds it").letters.clone()
    }

    fn answer(&self, mut stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        let mut first = String::new();
        reader.read_line(&mut first).ok()?;
        let target = first.split_whitespace().nth(1)?.to_owned();
        let path = target.split('?').next()?.to_owned();
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let length: usize = headers
            .get("content-length")
            .and_then(|v| v.parse().ok())
            .unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let answer = self
            .inner
            .lock()
            .expect("no panic holds it")
            .answers
            .get(&path)
            .cloned();
        if let Some(Answer::Echo(status)) = answer {
            let echo = echo(&target, &headers, &body);
            return write(&mut stream, status, "application/json", echo.as_bytes());
        }
        if path == "/hook" {
            let status = self.take_letter(headers, body);
            return write(&mut stream, status, "text/plain", b"noted");
        }
        respond(&mut stream, answer.unwrap_or(Answer::Status(404)))
    }

    fn take_letter(&self, headers: HashMap<String, String>, body: Vec<u8>) -> u16 {
        let mut inner = self.inner.lock().expect("no panic holds it");
        let status = if inner.refusals > 0 { 500 } else { 200 };
        inner.refusals = inner.refusals.saturating_sub(1);
        inner.letters.push(Letter {
            headers,
            body,
            status,
        });
        status
    }
}

fn respond(stream: &mut TcpStream, answer: Answer) -> Option<()> {
    match answer {
        Answer::Body(body, kind) => write(stream, 200, kind, &body),
        Answer::Status(status) => write(stream, status, "text/plain", b"no"),
        Answer::Later(secs) => {
            let head = format!(
                "HTTP/1.1 429 X\r\nretry-after: {secs}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).ok()
        }
        Answer::Html => write(
            stream,
            200,
            "text/html",
            b"<!doctype html><title>Log in</title><p>Please log in.</p>",
        ),
        Answer::Truncated => {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n[{\"StationCode\":";
            stream.write_all(head.as_bytes()).ok()
        }
        Answer::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2147483648\r\n\r\n[").ok()?;
            let block = vec![b' '; 1 << 16];
            while stream.write_all(&block).is_ok() {}
            Some(())
        }
        Answer::Bomb => {
            let body = bomb();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).ok()?;
            stream.write_all(&body).ok()
        }
        Answer::Silence => {
            // Until the other side hangs up.
            let mut end = [0; 1];
            stream.read(&mut end).map(|_| ()).ok()
        }
        // Told from the request, before it comes here.
        Answer::Echo(status) => write(stream, status, "text/plain", b""),
    }
}

fn write(stream: &mut TcpStream, status: u16, kind: &str, body: &[u8]) -> Option<()> {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()
}

/// 256 MB of spaces in about 256 kB.
fn bomb() -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![b' '; 1 << 20];
    for _ in 0..256 {
        gzip.write_all(&block).expect("memory");
    }
    gzip.finish().expect("memory")
}

/// What was asked, the parts that may hold a secret first, each in three ways of writing; slashes escaped as some
/// platforms do.
fn echo(target: &str, headers: &HashMap<String, String>, body: &[u8]) -> String {
    let named = ["authorization", "cookie", "x-key", "x-api-key"];
    let mut asked: Vec<String> = named
        .iter()
        .filter_map(|name| headers.get(*name).cloned())
        .collect();
    asked.push(target.to_owned());
    asked.push(String::from_utf8_lossy(body).into_owned());
    let encoded = |text: &String| {
        let percent = percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text);
        [percent.to_string(), base64]
    };
    let other = asked.iter().flat_map(encoded);
    let words = asked.iter().cloned().chain(other).collect::<Vec<_>>().join(" ; ");
    let row = serde_json::json!({ "id": "1", "time": super::bodies::hour().ms(), "title": words });
    let said = serde_json::json!({ "errcode": 310_000, "errmsg": words, "message": words, "rows": [row] });
    said.to_string().replace('/', "\\/")
}
