//! The client itself.

use crate::{OutgoingRefusal, address, is_public};
use std::{
    fmt,
    io::{self, Read as _},
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use ureq::{
    Agent,
    config::Config,
    http::{Response, Uri, header::LOCATION},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// Redirects of a `get` that are followed, where the policy follows any.
const REDIRECTS_LIMIT: u8 = 3;
/// Addresses of one name that are tried (what the library has room for).
const ADDRESSES_LIMIT: usize = 16;
/// Bytes after which who asked is told how far it is.
const PIECE_BYTES: u64 = 256 * 1024;
/// Bytes of an answer's head.
const HEAD_LIMIT_BYTES: usize = 16 * 1024;

/// What may be asked, and how much of an answer is taken.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Whether `http://` is asked too. Only for tests, and for a network of one's own.
    pub plain_http: bool,
    /// Whether addresses are asked that are not public. Only for tests, and for a network of one's own.
    pub private_addresses: bool,
    /// Whether redirects of a `get` are followed, three at most.
    pub redirects: bool,
    /// Bytes of a body that are taken.
    pub body_limit_bytes: u64,
    /// How long everything together may take, from looking up the name to the last byte.
    pub patience: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            plain_http: false,
            private_addresses: false,
            redirects: false,
            body_limit_bytes: 1024 * 1024,
            patience: Duration::from_secs(10),
        }
    }
}

/// Names and values of headers.
pub type Headers<'h> = [(&'h str, &'h str)];

/// What the other side answered, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Its headers; values that are not text are left out.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether the status is 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The value of a header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }
}

/// Asks addresses that somebody else chose. Cheap to clone; it waits, so call it on a thread that may.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    policy: Policy,
}

type Lookup = dyn Fn(&Uri, &Config, NextTimeout) -> Result<Vec<SocketAddr>, ureq::Error> + Send + Sync;
type Judge = dyn Fn(IpAddr) -> bool + Send + Sync;

impl Client {
    /// A client under this policy.
    pub fn new(policy: Policy) -> Self {
        let anywhere = policy.private_addresses;
        Self::with(policy, Arc::new(look_up), Arc::new(move |address| anywhere || is_public(address)))
    }

    /// What it may ask.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    fn with(policy: Policy, look_up: Arc<Lookup>, judge: Arc<Judge>) -> Self {
        let config = Config::builder()
            // A proxy of the environment would be connected to instead of what was checked.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .max_response_header_size(HEAD_LIMIT_BYTES)
            .timeout_global(Some(policy.patience))
            .user_agent(concat!("Polity/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Checked { look_up, judge });
        Self { agent, policy }
    }

    /// Asks for what is there.
    ///
    /// # Errors
    /// [`OutgoingRefusal`].
    pub fn get(&self, url: &str, headers: &Headers<'_>) -> Result<Answer, OutgoingRefusal> {
        self.get_watched(url, headers, &mut |_, _| true)
    }

    /// The same, telling `seen` how many bytes of the answer are here and how many are announced; where it says `false`, no more
    /// are read.
    ///
    /// # Errors
    /// [`OutgoingRefusal`]; [`OutgoingRefusal::Stopped`] where `seen` wanted no more.
    pub fn get_watched(
        &self,
        url: &str,
        headers: &Headers<'_>,
        seen: &mut dyn FnMut(u64, Option<u64>) -> bool,
    ) -> Result<Answer, OutgoingRefusal> {
        let get = |uri: &Uri| {
            let mut request = self.agent.get(uri);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.call()
        };
        let response = self.follow(url, &get)?;
        self.take(response, seen)
    }

    /// Asks whether something is there, and takes nothing of it: by HEAD, and where that is not answered well by GET, whose body is not
    /// read. Answers the HTTP status.
    ///
    /// # Errors
    /// [`OutgoingRefusal`].
    pub fn status_of(&self, url: &str) -> Result<u16, OutgoingRefusal> {
        match self.follow(url, &|uri| self.agent.head(uri).call()) {
            Ok(response) if response.status().is_success() => return Ok(response.status().as_u16()),
            // A server that does not know HEAD says so, or breaks off; all else is the same for GET.
            Ok(_) | Err(OutgoingRefusal::Broken(_) | OutgoingRefusal::TooLarge) => {}
            Err(refusal) => return Err(refusal),
        }
        self.follow(url, &|uri| self.agent.get(uri).call()).map(|response| response.status().as_u16())
    }

    /// Asks, and follows redirects as far as the policy does.
    fn follow(
        &self,
        url: &str,
        ask: &dyn Fn(&Uri) -> Result<Response<ureq::Body>, ureq::Error>,
    ) -> Result<Response<ureq::Body>, OutgoingRefusal> {
        let mut uri = address::read(url, &self.policy)?;
        for _ in 0..=REDIRECTS_LIMIT {
            let response = ask(&uri).map_err(|error| refusal_of(&error))?;
            if !response.status().is_redirection() || !self.policy.redirects {
                return Ok(response);
            }
            uri = self.next(&uri, &response)?;
        }
        Err(OutgoingRefusal::Redirected)
    }

    /// Sends something. An answer that redirects is an answer like any other.
    ///
    /// # Errors
    /// [`OutgoingRefusal`].
    pub fn post(&self, url: &str, headers: &Headers<'_>, body: &[u8]) -> Result<Answer, OutgoingRefusal> {
        let uri = address::read(url, &self.policy)?;
        let mut request = self.agent.post(&uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.take(request.send(body).map_err(|error| refusal_of(&error))?, &mut |_, _| true)
    }

    /// Where a redirect leads; read and checked like the first address.
    fn next(&self, from: &Uri, response: &Response<ureq::Body>) -> Result<Uri, OutgoingRefusal> {
        let to = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        let to = to.ok_or(OutgoingRefusal::Redirected)?;
        let (Some(scheme), Some(authority)) = (from.scheme_str(), from.authority()) else {
            return Err(OutgoingRefusal::Redirected);
        };
        if to.starts_with('/') && !to.starts_with("//") {
            return address::read(&format!("{scheme}://{authority}{to}"), &self.policy);
        }
        address::read(to, &self.policy)
    }

    fn take(
        &self,
        response: Response<ureq::Body>,
        seen: &mut dyn FnMut(u64, Option<u64>) -> bool,
    ) -> Result<Answer, OutgoingRefusal> {
        let (head, body) = response.into_parts();
        // What claims too much is believed, and not waited for.
        if body.content_length().is_some_and(|length| length > self.policy.body_limit_bytes) {
            return Err(OutgoingRefusal::TooLarge);
        }
        let announced = body.content_length();
        let mut reader = body.into_reader().take(self.policy.body_limit_bytes + 1);
        let mut bytes = Vec::new();
        loop {
            let read = reader.by_ref().take(PIECE_BYTES).read_to_end(&mut bytes);
            if read.map_err(|error| refusal_of(&ureq::Error::from(error)))? == 0 {
                break;
            }
            if !seen(bytes.len() as u64, announced) {
                return Err(OutgoingRefusal::Stopped);
            }
        }
        if bytes.len() as u64 > self.policy.body_limit_bytes {
            return Err(OutgoingRefusal::TooLarge);
        }
        let headers = head.headers.iter();
        let headers =
            headers.filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        Ok(Answer { status: head.status.as_u16(), headers: headers.collect(), body: bytes })
    }
}

/// Looks a name up once for a connection, and gives only what may be connected to.
struct Checked {
    look_up: Arc<Lookup>,
    judge: Arc<Judge>,
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checked")
    }
}

impl Resolver for Checked {
    fn resolve(&self, uri: &Uri, config: &Config, left: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = (self.look_up)(uri, config, left)?;
        // One address of ours among public ones is enough: nobody has such a name by accident.
        if !found.iter().all(|address| (self.judge)(address.ip())) {
            return Err(ureq::Error::Other(Box::new(OutgoingRefusal::NotPublic)));
        }
        let mut checked = self.empty();
        found.into_iter().take(ADDRESSES_LIMIT).for_each(|address| checked.push(address));
        if checked.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(checked) }
    }
}

fn look_up(uri: &Uri, config: &Config, left: NextTimeout) -> Result<Vec<SocketAddr>, ureq::Error> {
    DefaultResolver::default().resolve(uri, config, left).map(|found| found.iter().copied().collect())
}

/// What went wrong, without any text of the other side.
fn refusal_of(error: &ureq::Error) -> OutgoingRefusal {
    match error {
        ureq::Error::Other(inner) => inner
            .downcast_ref::<OutgoingRefusal>()
            .cloned()
            .unwrap_or_else(|| OutgoingRefusal::Broken("it cannot be understood".to_owned())),
        ureq::Error::Timeout(_) => OutgoingRefusal::TooSlow,
        ureq::Error::HostNotFound => OutgoingRefusal::Unknown,
        ureq::Error::BadUri(_) => OutgoingRefusal::NotAnAddress,
        ureq::Error::LargeResponseHeader(..) | ureq::Error::BodyExceedsLimit(_) => OutgoingRefusal::TooLarge,
        ureq::Error::Io(error) => of_io(error),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => {
            OutgoingRefusal::Broken("its certificate is not good".to_owned())
        }
        _ => OutgoingRefusal::Broken("it cannot be understood".to_owned()),
    }
}

fn of_io(error: &io::Error) -> OutgoingRefusal {
    let why = match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => return OutgoingRefusal::TooSlow,
        io::ErrorKind::ConnectionRefused => "nobody listens there",
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof | io::ErrorKind::BrokenPipe => "it was cut off",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "it cannot be reached",
        // The resolver of the system says it in a text only.
        _ if error.to_string().contains("lookup") => return OutgoingRefusal::Unknown,
        _ => "it broke off",
    };
    OutgoingRefusal::Broken(why.to_owned())
}

#[cfg(test)]
mod tests;
