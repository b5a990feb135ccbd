//! An answer that the reader has already is not sent again (RFC 9110, section 13).

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use jiff::{Zoned, fmt::rfc2822};

/// What a reader says of the answer they have.
pub(super) struct Known {
    tags: Vec<HeaderValue>,
    since: Option<HeaderValue>,
}

impl Known {
    /// Read off a request; `None` where nothing is said, and for what is no read.
    pub(super) fn of(method: &Method, headers: &HeaderMap) -> Option<Self> {
        let tags: Vec<HeaderValue> = headers.get_all(header::IF_NONE_MATCH).into_iter().cloned().collect();
        let since = headers.get(header::IF_MODIFIED_SINCE).cloned();
        (method.is_safe() && (!tags.is_empty() || since.is_some())).then_some(Self { tags, since })
    }

    /// The answer, without its body where the reader has it.
    pub(super) fn spared(&self, mut response: Response) -> Response {
        if !matches!(response.status(), StatusCode::OK | StatusCode::PARTIAL_CONTENT) || !self.has(response.headers()) {
            return response;
        }
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_RANGE, header::CONTENT_DISPOSITION] {
            response.headers_mut().remove(name);
        }
        response
    }

    /// Where tags are sent, the day counts for nothing (section 13.2.2).
    fn has(&self, headers: &HeaderMap) -> bool {
        if self.tags.is_empty() {
            let moment = |value: Option<&HeaderValue>| value.and_then(|value| value.to_str().ok()).and_then(moment);
            let pair = moment(headers.get(header::LAST_MODIFIED)).zip(moment(self.since.as_ref()));
            return pair.is_some_and(|(changed, since)| changed <= since);
        }
        headers.get(header::ETAG).is_some_and(|tag| self.tags.iter().any(|known| names(known, tag)))
    }
}

/// Whether a request says that its reader has the answer with this tag, so that it need not even be made.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let Ok(tag) = HeaderValue::from_str(tag) else { return false };
    headers.get_all(header::IF_NONE_MATCH).into_iter().any(|known| names(known, &tag))
}

/// Whether a list of tags names this one; strong or weak is the same here (section 13.1.2).
fn names(list: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(list), Ok(tag)) = (list.to_str(), tag.to_str()) else { return false };
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.trim() == "*" || list.split(',').any(|one| bare(one) == bare(tag))
}

fn moment(text: &str) -> Option<Zoned> {
    rfc2822::parse(text).ok()
}

#[cfg(test)]
mod tests {
    use super::{Known, is_known};
    use axum::{
        body::Body,
        http::{HeaderMap, Method, Request, Response, StatusCode},
    };

    fn spared(status: u16, own: &[(&str, &str)], sent: &[(&str, &str)]) -> StatusCode {
        let answer =
            own.iter().fold(Response::builder().status(status), |all, (name, value)| all.header(*name, *value));
        let request = sent.iter().fold(Request::builder(), |all, (name, value)| all.header(*name, *value));
        let request = request.body(()).unwrap();
        let answer = answer.body(Body::from("words")).unwrap();
        Known::of(&Method::GET, request.headers()).map_or(answer.status(), |known| known.spared(answer).status())
    }

    #[test]
    fn what_is_known_is_not_sent_again_and_nothing_else_is_held_back() {
        let (tag, day) = (("etag", "W/\"a\""), ("last-modified", "Thu, 26 Nov 2026 10:00:00 GMT"));
        let older = ("if-modified-since", "Thu, 26 Nov 2026 09:59:59 GMT");
        let same = ("if-modified-since", "Thu, 26 Nov 2026 10:00:00 GMT");
        for (status, own, sent, wanted) in [
            (200, &[tag][..], &[("if-none-match", "\"a\"")][..], 304),
            (206, &[tag], &[("if-none-match", "\"b\", W/\"a\"")], 304),
            (200, &[tag], &[("if-none-match", "*")], 304),
            (200, &[tag], &[("if-none-match", "\"b\"")], 200),
            (200, &[tag, day], &[("if-none-match", "\"b\""), same], 200),
            (200, &[day], &[same], 304),
            (200, &[day], &[older], 200),
            (200, &[day], &[("if-modified-since", "yesterday")], 200),
            (200, &[], &[("if-none-match", "\"a\""), same], 200),
            (404, &[tag, day], &[("if-none-match", "\"a\"")], 404),
            (200, &[tag, day], &[], 200),
        ] {
            assert_eq!(spared(status, own, sent).as_u16(), wanted, "{status} {own:?} {sent:?}");
        }
        assert!(
            Known::of(
                &Method::POST,
                &HeaderMap::from_iter([(axum::http::header::IF_NONE_MATCH, "*".parse().unwrap())])
            )
            .is_none()
        );
        assert!(!is_known(&HeaderMap::new(), "\"a\""));
    }
}
