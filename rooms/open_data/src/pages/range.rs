//! A part of a file (RFC 9110, section 14), so that a program can read the footer and the columns of a large one and leave the rest.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

/// The bytes that are asked for, or all of them. One range is answered; of several, and of what cannot be read, all is given, as
/// the RFC allows. `if-range` with another tag gives all too.
pub(super) fn of(headers: &HeaderMap, bytes: Bytes, tag: &str) -> Response {
    let whole = bytes.len();
    answered(headers, whole, tag, |from, length| bytes.slice(from..from + length).into())
}

/// The same of so many bytes, which `read` makes from a place on.
pub(super) fn answered(
    headers: &HeaderMap,
    whole: usize,
    tag: &str,
    read: impl FnOnce(usize, usize) -> Body,
) -> Response {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let is_same = text(header::IF_RANGE).is_none_or(|wanted| wanted == tag);
    let asked = text(header::RANGE).filter(|_| is_same).and_then(|range| asked(range, whole));
    let mut answer = match asked {
        None => ([(header::CONTENT_LENGTH, whole.to_string())], read(0, whole)).into_response(),
        Some(Err(())) => {
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{whole}"))]).into_response()
        }
        Some(Ok((from, to))) => {
            let length = to - from + 1;
            let part = [
                (header::CONTENT_RANGE, format!("bytes {from}-{to}/{whole}")),
                (header::CONTENT_LENGTH, length.to_string()),
            ];
            (StatusCode::PARTIAL_CONTENT, part, read(from, length)).into_response()
        }
    };
    answer.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    answer
}

/// The first and the last byte; `Err` where the file ends before them; `None` for what is no single range.
fn asked(range: &str, whole: usize) -> Option<Result<(usize, usize), ()>> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.trim().parse::<usize>();
    let last = whole.checked_sub(1);
    if from.trim().is_empty() {
        let length = number(to).ok()?;
        return Some(match last {
            Some(last) if length > 0 => Ok((whole.saturating_sub(length), last)),
            _ => Err(()),
        });
    }
    let from = number(from).ok()?;
    let to = if to.trim().is_empty() { usize::MAX } else { number(to).ok()? };
    if to < from {
        return None;
    }
    Some(last.filter(|last| from <= *last).map(|last| (from, to.min(last))).ok_or(()))
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn the_examples_of_the_rfc_and_what_is_none() {
        for (range, wanted) in [
            ("bytes=0-499", Some(Ok((0, 499)))),
            ("bytes=9500-", Some(Ok((9_500, 9_999)))),
            ("bytes=-500", Some(Ok((9_500, 9_999)))),
            ("bytes=0-99999", Some(Ok((0, 9_999)))),
            ("bytes=-99999", Some(Ok((0, 9_999)))),
            ("bytes=10000-", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=5-4", None),
            ("bytes=0-1,3-4", None),
            ("lines=0-1", None),
            ("bytes=a-b", None),
            ("bytes=99999999999999999999-", None),
        ] {
            assert_eq!(asked(range, 10_000), wanted, "{range}");
        }
        assert_eq!(asked("bytes=0-", 0), Some(Err(())));
    }
}
