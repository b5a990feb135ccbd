//! Addresses of files as other catalogues write them, made addresses of the web.

use crate::decide::is_web_address;

/// The address that is meant, seen from the catalogue: relative ones are resolved (RFC 3986, 5), and what no address may hold is escaped.
///
/// # Errors
/// Why it is none, in English.
pub(super) fn resolved(address: &str, base: &str) -> Result<String, String> {
    let address = address.trim();
    let shown = || address.chars().take(200).collect::<String>();
    if address.is_empty() {
        return Err("it has no address".to_owned());
    }
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let begins = address.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
    let own_scheme = begins.filter(|at| address[*at..].starts_with(':')).map(|at| address[..at].to_ascii_lowercase());
    let whole = match own_scheme.as_deref() {
        Some(own @ ("http" | "https")) => format!("{own}{}", &address[own.len()..]),
        Some(other) => return Err(format!("“{}” is no address of the web ({other})", shown())),
        None if address.starts_with("//") => format!("{scheme}:{address}"),
        None if address.starts_with('/') => format!("{scheme}://{host}{address}"),
        None => {
            let path = path.split(['?', '#']).next().unwrap_or_default();
            let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            format!("{scheme}://{host}/{folder}{}", address.trim_start_matches("./"))
        }
    };
    let escaped = escaped(&whole);
    if is_web_address(&escaped) { Ok(escaped) } else { Err(format!("“{}” is no address of the web", shown())) }
}

fn escaped(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        let is_escape = || address.get(at + 1..at + 3).is_some_and(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
        let is_plain = c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c) && (c != '%' || is_escape());
        if is_plain {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn addresses_are_resolved_and_escaped() {
        let base = "https://data.example/portal/catalog.json?x=1";
        for (address, wanted) in [
            ("https://x.example/a b.csv", "https://x.example/a%20b.csv"),
            ("/files/a.csv", "https://data.example/files/a.csv"),
            ("a.csv", "https://data.example/portal/a.csv"),
            ("//y.example/é.csv", "https://y.example/%C3%A9.csv"),
            (" HTTP://z.example/100%?q={1} ", "http://z.example/100%25?q=%7B1%7D"),
        ] {
            assert_eq!(resolved(address, base).as_deref(), Ok(wanted), "{address}");
        }
        for bad in ["", "ftp://x.example/a.csv", "javascript:alert(1)", "mailto:a@b.c", "http://"] {
            assert!(resolved(bad, base).is_err(), "{bad}");
        }
        assert!(resolved("ftp://x.example/a.csv", base).unwrap_err().contains("(ftp)"));
    }
}
