//! Addresses: resolved (RFC 3986, 5.2) and made comparable (RFC 3986, 6.2.2).

use oxiri::Iri;

/// An address against the one it stands in; as it is where there is no base or it is no address.
pub fn resolve(base: &str, address: &str) -> String {
    match Iri::parse(base).ok().and_then(|base| base.resolve(address).ok()) {
        Some(resolved) => resolved.into_inner(),
        None => address.to_owned(),
    }
}

/// The same address in its plain form, to be compared.
pub fn normal(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let mut plain = String::with_capacity(address.len());
    let mut rest = address;
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => plain.push(char::from(byte)),
            Some(byte) => plain.push_str(&format!("%{byte:02X}")),
            None => {
                plain.push('%');
                rest = &rest[at + 1..];
                continue;
            }
        }
        rest = &rest[at + 3..];
    }
    plain.push_str(rest);
    let encoded: String = plain
        .chars()
        .map(|c| {
            let mut bytes = [0; 4];
            if c.is_ascii() {
                return c.to_string();
            }
            c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect()
        })
        .collect();
    match encoded.split_once("://") {
        Some((scheme, after)) => {
            let (host, path) = after.find('/').map_or((after, ""), |at| after.split_at(at));
            format!("{}://{}{path}", scheme.to_lowercase(), host.to_lowercase())
        }
        None => encoded,
    }
}

/// Whether it is an absolute address.
pub fn is_absolute(text: &str) -> bool {
    Iri::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{normal, resolve};

    #[test]
    fn addresses_are_resolved_and_compared() {
        assert_eq!(resolve("http://a.example/b/c.json", "../d.csv?x"), "http://a.example/d.csv?x");
        assert_eq!(resolve("", "d.csv"), "d.csv");
        assert_eq!(normal("HTTP://A.example/%7efoo%e2%89%a0#x"), normal("http://a.example/~foo≠"));
        assert_eq!(normal("a%"), "a%");
    }
}
