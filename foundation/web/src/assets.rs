//! The files of the front end, embedded in the binary by `build.rs`.
//!
//! Their names carry a hash of their content, so they may be kept for ever
//! (`Cache-Control: public, max-age=31536000, immutable`).

/// A file as it is served.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Its address, as `/assets/style-1A2B3C4D.css`.
    pub path: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
    /// Its content compressed by gzip, where that makes it smaller.
    pub gzip: Option<&'static [u8]>,
    /// Its content compressed by Brotli (RFC 7932), where that makes it smaller.
    pub brotli: Option<&'static [u8]>,
    /// Its media type.
    pub mime: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// How long browsers may keep an asset.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The asset at this address.
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

impl Asset {
    /// The best form for a reader whose `Accept-Encoding` this is, with the name of its coding.
    pub fn for_reader(&self, accept_encoding: &str) -> (&'static [u8], Option<&'static str>) {
        let accepts = |coding: &str| {
            accept_encoding.split(',').any(|offer| {
                let mut parts = offer.split(';').map(str::trim);
                let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
                named && !parts.any(|weight| weight == "q=0" || weight == "q=0.0")
            })
        };
        match (self.brotli, self.gzip) {
            (Some(bytes), _) if accepts("br") => (bytes, Some("br")),
            (_, Some(bytes)) if accepts("gzip") => (bytes, Some("gzip")),
            _ => (self.bytes, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{APP_CSS, APP_JS, ASSETS, Asset, EDITION, PRELOAD, find};

    #[test]
    fn every_path_a_page_names_is_embedded() {
        assert!(find(APP_CSS).is_some_and(|css| css.mime.starts_with("text/css") && css.bytes.len() > 10_000));
        for path in APP_JS.iter().chain(PRELOAD) {
            assert!(find(path).is_some(), "{path} is missing");
        }
        assert_eq!(EDITION == "full", APP_JS.is_some());
        assert!(find("/assets/../build.rs").is_none());
    }

    #[test]
    fn the_entry_script_stays_small() {
        let script = APP_JS.and_then(find).and_then(|script| script.gzip);
        assert!(script.is_none_or(|bytes| bytes.len() < 6_000), "the entry is past its 6 kB");
    }

    #[test]
    fn nothing_points_to_another_site() {
        for asset in ASSETS.iter().filter(|asset| asset.mime.starts_with("text/css")) {
            let text = String::from_utf8_lossy(asset.bytes);
            assert!(!text.contains("url(http") && !text.contains("url(\"http"), "{} loads from elsewhere", asset.path);
        }
    }

    #[test]
    fn readers_get_the_coding_they_accept() {
        let asset = Asset { path: "/a", bytes: b"abc", gzip: Some(b"g"), brotli: Some(b"b"), mime: "text/css" };
        assert_eq!(asset.for_reader("gzip, deflate, br"), (&b"b"[..], Some("br")));
        assert_eq!(asset.for_reader("gzip, br;q=0"), (&b"g"[..], Some("gzip")));
        assert_eq!(asset.for_reader(""), (&b"abc"[..], None));
    }
}
