//! A body as it comes in: decompressed piece by piece into a buffer that never passes its limit, and never what an honest
//! body of so many bytes on the wire unfolds to.

use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io;
use std::io::Write;

/// Why a body could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Bad {
    /// It passed the limit, before or after decompression.
    #[error("the body is larger than allowed")]
    TooLarge,
    /// It unfolds to more than anything honest does; the bytes that were allowed for what came so far.
    #[error("the body unfolds to more than {0} bytes")]
    Swollen(u64),
    /// The compressed stream ended too early or is broken.
    #[error("the compressed body is broken")]
    Broken,
    /// A `Content-Encoding` that was not offered.
    #[error("the body's encoding is unknown")]
    Unknown,
}

/// How many times its bytes on the wire a compressed body may unfold to, beside [`free`]. Lists of readings and alerts
/// unfold to ten to sixty times, nothing but zeros to a thousand.
const UNFOLDS: usize = 200;

/// Bytes that any compressed body may unfold to, under that limit.
fn free(most: usize) -> usize {
    (most / 32).max(1 << 16)
}

/// A buffer that refuses more than its limit.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    /// What may be there after the bytes that came so far, at most [`Self::most`].
    allowed: usize,
    full: Option<Bad>,
}

impl Write for Bounded {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if piece.len() > self.allowed.saturating_sub(self.bytes.len()) {
            let why = if self.allowed < self.most {
                Bad::Swollen(self.allowed as u64)
            } else {
                Bad::TooLarge
            };
            self.full = Some(why);
            return Err(io::Error::other(why));
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body under way.
pub(super) struct Body {
    decoder: Decoder,
    /// Bytes that may still come over the wire.
    left: usize,
    /// Whether nothing came so far: no body is no broken body.
    empty: bool,
}

enum Decoder {
    Plain(Bounded),
    Gzip(MultiGzDecoder<Bounded>),
    /// `deflate`, before its first byte has told whether it is zlib (as the standard says) or raw (as some servers do).
    Deflate(Bounded),
    Zlib(ZlibDecoder<Bounded>),
    Raw(DeflateDecoder<Bounded>),
}

impl Body {
    /// Begins a body with the `Content-Encoding` of its reply and a limit in bytes.
    pub(super) fn new(encoding: Option<&str>, most: u64) -> Result<Self, Bad> {
        let left = usize::try_from(most).unwrap_or(usize::MAX);
        let out = Bounded {
            bytes: Vec::new(),
            most: left,
            allowed: left,
            full: None,
        };
        let decoder = match encoding.unwrap_or("").trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Decoder::Plain(out),
            "gzip" | "x-gzip" => Decoder::Gzip(MultiGzDecoder::new(out)),
            "deflate" => Decoder::Deflate(out),
            _ => return Err(Bad::Unknown),
        };
        Ok(Self {
            decoder,
            left,
            empty: true,
        })
    }

    /// Takes the next piece from the wire.
    pub(super) fn take(self, piece: &[u8]) -> Result<Self, Bad> {
        let left = self.left.checked_sub(piece.len()).ok_or(Bad::TooLarge)?;
        let mut decoder = self.decoder.settle(piece);
        decoder.allow(left);
        let written = match &mut decoder {
            Decoder::Plain(out) | Decoder::Deflate(out) => out.write_all(piece),
            Decoder::Gzip(to) => to.write_all(piece),
            Decoder::Zlib(to) => to.write_all(piece),
            Decoder::Raw(to) => to.write_all(piece),
        };
        match written {
            Ok(()) => Ok(Self {
                decoder,
                left,
                empty: self.empty && piece.is_empty(),
            }),
            Err(_) => Err(decoder.out().full.unwrap_or(Bad::Broken)),
        }
    }

    /// The whole body, once the wire has ended.
    pub(super) fn end(self) -> Result<Vec<u8>, Bad> {
        let mut decoder = self.decoder;
        if self.empty {
            return Ok(Vec::new());
        }
        let ended = match &mut decoder {
            Decoder::Plain(_) | Decoder::Deflate(_) => Ok(()),
            Decoder::Gzip(to) => to.try_finish(),
            Decoder::Zlib(to) => to.try_finish(),
            Decoder::Raw(to) => to.try_finish(),
        };
        match ended {
            Ok(()) => Ok(decoder.into_bytes()),
            Err(_) => Err(decoder.out().full.unwrap_or(Bad::Broken)),
        }
    }
}

impl Decoder {
    /// Decides between the two forms of `deflate` at the first byte: a zlib header's low half is always 8.
    fn settle(self, piece: &[u8]) -> Self {
        match (self, piece.first()) {
            (Self::Deflate(out), Some(first)) if first & 0x0f == 8 => Self::Zlib(ZlibDecoder::new(out)),
            (Self::Deflate(out), Some(_)) => Self::Raw(DeflateDecoder::new(out)),
            (other, _) => other,
        }
    }

    fn out(&self) -> &Bounded {
        match self {
            Self::Plain(out) | Self::Deflate(out) => out,
            Self::Gzip(to) => to.get_ref(),
            Self::Zlib(to) => to.get_ref(),
            Self::Raw(to) => to.get_ref(),
        }
    }

    fn out_mut(&mut self) -> &mut Bounded {
        match self {
            Self::Plain(out) | Self::Deflate(out) => out,
            Self::Gzip(to) => to.get_mut(),
            Self::Zlib(to) => to.get_mut(),
            Self::Raw(to) => to.get_mut(),
        }
    }

    /// What is compressed may unfold in proportion to what came, of which `left` bytes of the limit are left.
    fn allow(&mut self, left: usize) {
        if matches!(self, Self::Plain(_)) {
            return;
        }
        let out = self.out_mut();
        let wire = out.most.saturating_sub(left);
        out.allowed = out
            .most
            .min(free(out.most).saturating_add(wire.saturating_mul(UNFOLDS)));
    }

    fn into_bytes(mut self) -> Vec<u8> {
        std::mem::take(&mut self.out_mut().bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    fn read(encoding: &str, most: u64, wire: &[u8]) -> Result<Vec<u8>, Bad> {
        let mut body = Body::new(Some(encoding), most)?;
        for piece in wire.chunks(7) {
            body = body.take(piece)?;
        }
        body.end()
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut to = GzEncoder::new(Vec::new(), Compression::best());
        to.write_all(text).expect("into memory");
        to.finish().expect("into memory")
    }

    #[test]
    fn every_encoding_that_is_offered_is_read() {
        let text = b"a body that is said twice, a body that is said twice";
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(text).expect("into memory");
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(text).expect("into memory");
        for (encoding, wire) in [
            ("identity", text.to_vec()),
            ("GZip", gzip(text)),
            ("gzip", [gzip(&text[..9]), gzip(&text[9..])].concat()),
            ("deflate", zlib.finish().expect("into memory")),
            ("deflate", raw.finish().expect("into memory")),
        ] {
            assert_eq!(read(encoding, 100, &wire).as_deref(), Ok(&text[..]), "{encoding}");
        }
        assert_eq!(read("br", 100, b"x"), Err(Bad::Unknown));
    }

    #[test]
    fn a_bomb_is_refused_at_the_limit_and_half_a_stream_is_broken() {
        let bomb = gzip(&vec![0; 1 << 20]);
        assert!(bomb.len() < 2000);
        assert_eq!(read("gzip", 4096, &bomb), Err(Bad::TooLarge));
        assert_eq!(
            read("gzip", 1 << 21, &gzip(b"a body that ends too early")[..15]),
            Err(Bad::Broken)
        );
        assert_eq!(read("gzip", 100, b"<html>"), Err(Bad::Broken));
        assert_eq!(read("", 3, b"four"), Err(Bad::TooLarge));
    }

    #[test]
    fn what_unfolds_to_more_than_honest_bodies_do_is_refused_long_before_the_limit() {
        let zeros = gzip("0,".repeat(15_500_000).as_bytes());
        let most = 32 << 20;
        let allowed = free(most) + UNFOLDS * zeros.len();
        assert!(
            zeros.len() < 31_000 && allowed < 8 << 20,
            "{} {allowed}",
            zeros.len()
        );
        let Err(Bad::Swollen(at)) = read("gzip", most as u64, &zeros) else {
            panic!("31 MB of 30 kB are taken in");
        };
        assert!(at <= allowed as u64);
        let row = |n: u32| format!("{{\"station\":\"{n:05}A\",\"pm25\":{}}},", n * 7919 % 300);
        let rows = (0..40_000).map(row).collect::<Vec<_>>().concat();
        assert_eq!(
            read("gzip", most as u64, &gzip(rows.as_bytes())),
            Ok(rows.into_bytes())
        );
    }
}
