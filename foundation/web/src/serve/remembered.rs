//! Answers that are remembered for a moment: what many visitors read at the same time is made once.
//!
//! Only public reads by visitors are remembered, and only until this process commits anything or a second has passed, whichever
//! comes first. So nobody waits for their own change, and another process's change is seen within a second.

use crate::{
    Visit,
    visit::{Accepted, Credential},
};
use axum::{
    body::{Body, Bytes, HttpBody as _, to_bytes},
    http::{Extensions, HeaderMap, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use civic::{Language, Moment};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// Microseconds an answer is remembered at most.
const REMEMBERED_MICROS: i64 = 1_000_000;
/// Bytes one answer may have.
const ANSWER_LIMIT_BYTES: u64 = 256 * 1024;
/// Bytes all of them may have together; then all are forgotten.
const ALL_LIMIT_BYTES: usize = 24 * 1024 * 1024;

/// What makes two reads the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Question {
    address: String,
    accepted: Accepted,
    language: Language,
}

impl Question {
    /// The question of a visit whose answer may be shared; `None` for everybody who is known, and for everything but a read.
    pub(super) fn of(visit: &Visit) -> Option<Self> {
        let is_shared = visit.method == Method::GET && visit.credential == Credential::None && visit.flash.is_none();
        is_shared.then(|| Self {
            address: visit.uri.to_string(),
            accepted: visit.accepted,
            language: visit.t.language(),
        })
    }
}

struct Answer {
    commits: u64,
    at: Moment,
    headers: HeaderMap,
    extensions: Extensions,
    body: Bytes,
}

/// The answers of the last moment. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Remembered(Arc<RwLock<Kept>>);

#[derive(Default)]
struct Kept {
    answers: HashMap<Question, Answer>,
    bytes: usize,
}

impl Remembered {
    /// The answer to a question, when nothing was committed since and it is not old.
    pub(super) fn recall(&self, question: &Question, commits: u64, now: Moment) -> Option<Response> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let answer = kept.answers.get(question)?;
        let age = now.micros().saturating_sub(answer.at.micros());
        if answer.commits != commits || !(0..REMEMBERED_MICROS).contains(&age) {
            return None;
        }
        let mut response = Response::new(Body::from(answer.body.clone()));
        *response.headers_mut() = answer.headers.clone();
        *response.extensions_mut() = answer.extensions.clone();
        Some(response)
    }

    /// Keeps a good answer that began when `commits` had been made; streams and answers for one reader are let through.
    pub(super) async fn keep(&self, question: Question, commits: u64, at: Moment, response: Response) -> Response {
        let size = response.body().size_hint().exact();
        let is_private = response.headers().contains_key(header::SET_COOKIE)
            || response
                .headers()
                .get(header::CACHE_CONTROL)
                .is_some_and(|value| value.as_bytes().starts_with(b"no-store"));
        if response.status() != StatusCode::OK || is_private || size.is_none_or(|size| size > ANSWER_LIMIT_BYTES) {
            return response;
        }
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.bytes + body.len() > ALL_LIMIT_BYTES {
            *kept = Kept::default();
        }
        let (headers, extensions) = (parts.headers.clone(), parts.extensions.clone());
        let answer = Answer { commits, at, headers, extensions, body: body.clone() };
        kept.bytes += body.len();
        if let Some(before) = kept.answers.insert(question, answer) {
            kept.bytes -= before.body.len();
        }
        drop(kept);
        Response::from_parts(parts, Body::from(body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::headers::Embeddable;

    fn question(address: &str) -> Question {
        Question { address: address.to_owned(), accepted: Accepted::default(), language: Language::En }
    }

    /// What is recalled of an answer at 5 µs after 3 commits, asked when `commits` were made and at `now`.
    async fn recalled(response: Response, commits: u64, now: i64) -> Option<Response> {
        let remembered = Remembered::default();
        let given = remembered.keep(question("/a"), 3, Moment(5), response).await;
        assert_eq!(given.status(), StatusCode::OK);
        assert!(remembered.recall(&question("/b"), 3, Moment(5)).is_none());
        remembered.recall(&question("/a"), commits, Moment(now))
    }

    #[tokio::test]
    async fn an_answer_lives_until_a_commit_or_a_second() {
        let answer = recalled("words".into_response(), 3, 1_000_004).await.unwrap();
        assert_eq!(to_bytes(answer.into_body(), 99).await.unwrap(), "words");
        assert!(recalled("words".into_response(), 4, 6).await.is_none());
        assert!(recalled("words".into_response(), 3, 1_000_005).await.is_none());
        assert!(recalled("words".into_response(), 3, 4).await.is_none(), "the clock went back");
    }

    #[tokio::test]
    async fn what_is_for_one_reader_is_not_kept() {
        assert!(recalled(([(header::SET_COOKIE, "a=b")], "").into_response(), 3, 6).await.is_none());
        assert!(recalled(([(header::CACHE_CONTROL, "no-store")], "").into_response(), 3, 6).await.is_none());
        let stream = Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>("tick")]));
        assert!(recalled(Response::new(stream), 3, 6).await.is_none());
        let large = "x".repeat(usize::try_from(ANSWER_LIMIT_BYTES).unwrap() + 1);
        assert!(recalled(large.into_response(), 3, 6).await.is_none());
    }

    #[tokio::test]
    async fn what_marks_an_answer_stays_with_it() {
        let mut answer = "map".into_response();
        answer.extensions_mut().insert(Embeddable);
        assert!(recalled(answer, 3, 6).await.unwrap().extensions().get::<Embeddable>().is_some());
    }

    #[tokio::test]
    async fn the_memory_is_bounded() {
        let remembered = Remembered::default();
        let size = usize::try_from(ANSWER_LIMIT_BYTES).unwrap();
        for number in 0..=ALL_LIMIT_BYTES / size {
            remembered.keep(question(&number.to_string()), 0, Moment(0), "x".repeat(size).into_response()).await;
            assert!(remembered.0.read().unwrap().bytes <= ALL_LIMIT_BYTES);
        }
        assert!(remembered.recall(&question("0"), 0, Moment(0)).is_none());
    }
}
