//! Standard Webhooks signatures: made by the `webhook` channel, checked by whoever receives one.
//!
//! HMAC-SHA256 over `id.timestamp.body`, sent as `v1,<base64>`; a secret is written `whsec_<base64>`, 24 to 64 bytes.
//! Not the transport: header names are given here, requests are made and read elsewhere.

use crate::domain::time::{Moment, Span};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// The message's own id, the same on every attempt: the idempotency key.
pub const ID_HEADER: &str = "webhook-id";
/// Unix seconds of the attempt.
pub const TIME_HEADER: &str = "webhook-timestamp";
/// One or more signatures, separated by spaces.
pub const SIGNATURE_HEADER: &str = "webhook-signature";
/// How far an attempt's time may lie from the receiver's clock.
pub const TOLERANCE: Span = Span::mins(5);

/// A signing key. Its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey(Vec<u8>);

/// What is signed: one attempt to send one message.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The message's id.
    pub id: &'a str,
    /// When the attempt is made.
    pub at: Moment,
    /// The body, byte for byte.
    pub body: &'a [u8],
}

/// Why a received signature is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    /// The attempt's time lies too far from now.
    #[error("the time of the message is too far from the clock")]
    Time,
    /// No signature fits any key.
    #[error("no signature fits")]
    Signature,
}

impl SigningKey {
    /// Reads `whsec_<base64>`; `None` unless it is that, with 24 to 64 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim().strip_prefix("whsec_")?).ok()?;
        (24..=64).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// A key of these bytes, for a receiver inside this process.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes.to_vec())
    }

    /// The text `whsec_<base64>`: a secret.
    pub fn secret_text(&self) -> String {
        format!("whsec_{}", STANDARD.encode(&self.0))
    }

    /// The signature `v1,<base64>` of one attempt.
    pub fn sign(&self, signed: &Signed<'_>) -> String {
        format!("v1,{}", STANDARD.encode(self.mac(signed).finalize().into_bytes()))
    }

    /// Whether one of the signatures in the header is this key's; compared in constant time.
    fn fits(&self, signed: &Signed<'_>, header: &str) -> bool {
        let given = header.split(' ').filter_map(|one| one.strip_prefix("v1,"));
        given
            .filter_map(|one| STANDARD.decode(one).ok())
            .any(|bytes| self.mac(signed).verify_slice(&bytes).is_ok())
    }

    fn mac(&self, signed: &Signed<'_>) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        let seconds = signed.at.ms().div_euclid(1000);
        mac.update(format!("{}.{seconds}.", signed.id).as_bytes());
        mac.update(signed.body);
        mac
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(***)")
    }
}

/// Checks a received attempt against the keys in force; `now` is the receiver's clock.
///
/// # Errors
/// The time lies more than [`TOLERANCE`] away, or no signature fits any key.
pub fn verify(keys: &[SigningKey], signed: &Signed<'_>, header: &str, now: Moment) -> Result<(), Forged> {
    if (now - signed.at).ms().saturating_abs() > TOLERANCE.ms() {
        return Err(Forged::Time);
    }
    let fits = keys.iter().any(|key| key.fits(signed, header));
    fits.then_some(()).ok_or(Forged::Signature)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector published with the Standard Webhooks libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const SIGNED: Signed<'_> = Signed {
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        at: Moment::from_ms(1_614_265_330_000),
        body: br#"{"test": 2432232314}"#,
    };
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn key() -> SigningKey {
        SigningKey::parse(SECRET).expect("the published secret")
    }

    #[test]
    fn the_published_vector_is_met() {
        assert_eq!(key().sign(&SIGNED), SIGNATURE);
        assert_eq!(key().secret_text(), SECRET);
        assert_eq!(verify(&[key()], &SIGNED, SIGNATURE, SIGNED.at), Ok(()));
    }

    #[test]
    fn one_fitting_signature_among_several_is_enough() {
        let other = SigningKey::from_bytes([7; 32]);
        let header = format!("v1,AAAA v2,x {} {SIGNATURE}", other.sign(&SIGNED));
        assert_eq!(verify(&[key()], &SIGNED, &header, SIGNED.at), Ok(()));
        assert_eq!(
            verify(&[other], &SIGNED, SIGNATURE, SIGNED.at),
            Err(Forged::Signature)
        );
    }

    #[test]
    fn a_changed_body_and_an_old_attempt_are_refused() {
        let changed = Signed {
            body: b"{}",
            ..SIGNED
        };
        assert_eq!(
            verify(&[key()], &changed, SIGNATURE, SIGNED.at),
            Err(Forged::Signature)
        );
        let late = SIGNED.at + Span::mins(6);
        assert_eq!(verify(&[key()], &SIGNED, SIGNATURE, late), Err(Forged::Time));
    }

    #[test]
    fn a_secret_of_another_form_or_length_is_none() {
        for text in [
            "",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_c2hvcnQ=",
            "whsec_%%%",
        ] {
            assert_eq!(SigningKey::parse(text), None, "{text}");
        }
        assert_eq!(format!("{:?}", key()), "SigningKey(***)");
    }
}
