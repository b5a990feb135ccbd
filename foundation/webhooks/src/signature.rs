//! Standard Webhooks signatures (specification 1.0.0, "Symmetric"), pure.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use civic::Chance;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::{fmt, str::FromStr};

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// Bytes of a secret that we draw; the specification wants 24 to 64.
const LENGTH: usize = 32;

/// The secret that an endpoint shares with us.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// The text is not a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a secret: it is whsec_ and 24 to 64 bytes as base64")]
pub struct SecretError;

impl Secret {
    /// Draws a new one.
    pub fn draw(chance: &dyn Chance) -> Self {
        let mut bytes = vec![0; LENGTH];
        chance.fill(&mut bytes);
        Self(bytes)
    }

    /// As it is shown once and kept: `whsec_` and base64.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}", BASE64_STANDARD.encode(&self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl FromStr for Secret {
    type Err = SecretError;
    fn from_str(text: &str) -> Result<Self, SecretError> {
        let bytes = text.strip_prefix(PREFIX).and_then(|rest| BASE64_STANDARD.decode(rest).ok());
        bytes.filter(|bytes| (24..=64).contains(&bytes.len())).map(Self).ok_or(SecretError)
    }
}

/// The value of `webhook-signature`: for each secret `v1,` and the base64 of HMAC-SHA-256 over
/// `id.timestamp.payload`, apart by blanks, so that receivers go on while a secret is exchanged.
pub fn sign(secrets: &[Secret], id: &str, timestamp_seconds: i64, payload: &[u8]) -> String {
    let one = |secret: &Secret| {
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret.0).expect("HMAC takes a key of any length");
        mac.update(format!("{id}.{timestamp_seconds}.").as_bytes());
        mac.update(payload);
        format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
    };
    secrets.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Secret, sign};
    use civic::SeededChance;

    /// From the test of the reference libraries (standard-webhooks/standard-webhooks, `test_sign_function`).
    #[test]
    fn the_example_of_the_reference_library() {
        let secret: Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let signed = sign(
            std::slice::from_ref(&secret),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both =
            sign(&[secret.clone(), secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(both, format!("{signed} {signed}"));
    }

    #[test]
    fn a_secret_comes_back_as_it_went_and_nothing_else_does() {
        let secret = Secret::draw(&SeededChance::new(3));
        assert_eq!(secret.text().parse(), Ok(secret.clone()));
        assert!(secret.text().len() == 50 && !format!("{secret:?}").contains("whsec"));
        for wrong in ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!"] {
            assert!(wrong.parse::<Secret>().is_err(), "{wrong}");
        }
    }
}
