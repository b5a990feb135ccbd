//! By what somebody without an account is known again within a conversation, and nowhere else.
//!
//! A voice is 16 random bytes with our HMAC (RFC 2104) behind them, in a cookie or a private link: nobody can make one up. What
//! the database keeps of it is another HMAC over voice and conversation, so that two conversations cannot be laid side by side.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use civic::{Actor, Chance, PersonId};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use web::{Stop, Town};

/// Keeps the voice.
const COOKIE: &str = web::serve::VOICE_COOKIE;
/// Where frames of other sites are.
const FRAME_PATH: &str = "/embed/conversations";
/// For how long.
const MAX_AGE_SECONDS: i64 = 366 * 86_400;
/// Characters of a voice: 32 of chance, a dot, 64 of signature.
const LENGTH: usize = 97;

/// The secret of the town by which voices and challenges are signed.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    /// The key that the database holds.
    pub fn new(secret: &str) -> Self {
        Self(Hmac::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length"))
    }

    /// HMAC-SHA-256 of parts, in hexadecimal. The first part names the purpose; no part can hold a line break.
    pub fn sign(&self, parts: &[&str]) -> String {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part.as_bytes());
            mac.update(b"\n");
        }
        hex::encode(mac.finalize().into_bytes())
    }

    /// Whether a signature is ours, in constant time.
    pub fn is_signed(&self, parts: &[&str], signature: &str) -> bool {
        self.sign(parts).as_bytes().ct_eq(signature.as_bytes()).into()
    }
}

/// A voice whose signature is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice(String);

impl Voice {
    /// A new one.
    pub fn new(key: &Key, chance: &dyn Chance) -> Self {
        let mut bytes = [0_u8; 16];
        chance.fill(&mut bytes);
        let own = hex::encode(bytes);
        let signature = key.sign(&["voice", &own]);
        Self(format!("{own}.{signature}"))
    }

    /// Reads one; `None` for what we did not sign.
    pub fn read(key: &Key, text: &str) -> Option<Self> {
        if text.len() != LENGTH || !text.is_ascii() {
            return None;
        }
        let (own, signature) = text.split_once('.')?;
        let plain = own.len() == 32 && own.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (plain && key.is_signed(&["voice", own], signature)).then(|| Self(text.to_owned()))
    }

    /// The one in the cookies of a request.
    pub fn of(key: &Key, headers: &HeaderMap) -> Option<Self> {
        let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        Self::read(key, pairs.find(|(name, _)| *name == COOKIE)?.1)
    }

    /// As it stands in a cookie or a private link.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it for one conversation.
    fn who(&self, key: &Key, conversation: &str) -> String {
        format!("voice:{}", key.sign(&["who", &self.0, conversation]))
    }
}

/// Who takes part: an account, else a voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The account.
    pub actor: Actor,
    /// The names under which they may be known, the one that counts first; empty for nobody.
    pub names: Vec<String>,
}

impl Who {
    /// Whoever sent a request, with the voice in its cookie, as this conversation knows them.
    pub fn of(key: &Key, actor: &Actor, voice: Option<&Voice>, conversation: &str) -> Self {
        let voice = voice.map(|voice| voice.who(key, conversation));
        let person = actor.person.map(by_account);
        Self { actor: actor.clone(), names: person.into_iter().chain(voice).collect() }
    }

    /// Whoever answers in a frame of another site: by a voice alone, never by the account or the voice of the town's own pages.
    pub fn in_frame(key: &Key, actor: &Actor, voice: Option<&Voice>, conversation: &str) -> Self {
        Self { actor: actor.clone(), names: voice.map(|voice| voice.who(key, conversation)).into_iter().collect() }
    }

    /// Somebody who came by a program of ours: a simulated person, or one that was taken over.
    pub fn named(actor: Actor, name: String) -> Self {
        Self { actor, names: vec![name] }
    }

    /// Whether they can be known again.
    pub fn is_known(&self) -> bool {
        !self.names.is_empty()
    }
}

/// Whether a name is that of a voice.
pub fn is_voice(name: &str) -> bool {
    name.starts_with("voice:")
}

/// The name of somebody with an account.
pub fn by_account(person: PersonId) -> String {
    format!("person:{}", person.text())
}

/// Makes an answer one reader's own: kept by no cache, and with a voice for a visitor whose request had none (`voice`).
///
/// # Errors
/// A fault when the cookie cannot be a header; ours can.
pub fn give(
    town: &Town,
    key: &Key,
    actor: &Actor,
    voice: Option<&Voice>,
    mut answer: Response,
) -> Result<Response, Stop> {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if actor.person.is_none() && voice.is_none() {
        put(town, &Voice::new(key, town.chance()), &mut answer)?;
    }
    Ok(answer)
}

/// Puts a voice into the cookie of an answer.
///
/// # Errors
/// As [`give`].
pub fn put(town: &Town, voice: &Voice, answer: &mut Response) -> Result<(), Stop> {
    let secure = if town.settings().secure_cookies { "; Secure" } else { "" };
    set(voice, &format!("Path=/conversations; SameSite=Lax{secure}"), answer)
}

/// Puts the voice of a frame into the cookie of an answer: kept apart for each site around the frame (Partitioned, CHIPS), where
/// the browser does so. A town without https has no such cookies; there it is kept only in frames of the town's own site.
///
/// # Errors
/// As [`give`].
pub fn put_in_frame(town: &Town, voice: &Voice, answer: &mut Response) -> Result<(), Stop> {
    let apart = if town.settings().secure_cookies { "SameSite=None; Secure; Partitioned" } else { "SameSite=Lax" };
    set(voice, &format!("Path={FRAME_PATH}; {apart}"), answer)
}

fn set(voice: &Voice, how: &str, answer: &mut Response) -> Result<(), Stop> {
    let cookie = format!("{COOKIE}={}; Max-Age={MAX_AGE_SECONDS}; HttpOnly; {how}", voice.text());
    answer.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Stop::fault)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Key, Voice};
    use civic::SeededChance;

    #[test]
    fn nobody_makes_up_a_voice() {
        let (key, other) = (Key::new(&"a".repeat(64)), Key::new(&"b".repeat(64)));
        let voice = Voice::new(&key, &SeededChance::new(1));
        assert_eq!(Voice::read(&key, voice.text()), Some(voice.clone()));
        assert_eq!(Voice::read(&other, voice.text()), None);
        for at in [0, 31, 33, 96] {
            let mut forged = voice.text().to_owned();
            let letter = if &forged[at..=at] == "0" { "1" } else { "0" };
            forged.replace_range(at..=at, letter);
            assert_eq!(Voice::read(&key, &forged), None, "{at}");
        }
        let long = format!("{}0", voice.text());
        for nonsense in ["", ".", long.as_str()] {
            assert_eq!(Voice::read(&key, nonsense), None);
        }
        assert_ne!(voice.who(&key, "C-2222"), voice.who(&key, "C-3333"));
    }
}
