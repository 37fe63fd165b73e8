//! What a test lets the collector answer.

use std::sync::Arc;

use crate::store::Request;

/// What a collector answers.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `None` closes the connection instead.
    pub(crate) status: Option<u16>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// An answer of this status.
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            status: Some(status),
            headers: headers.iter().map(owned).collect(),
            body: body.into(),
        }
    }

    /// No answer: the connection is closed after the request was received.
    pub fn hang_up() -> Self {
        Self {
            status: None,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A message of OTLP without fields is an empty body.
    pub(crate) fn success() -> Self {
        Self::new(200, &[("content-type", "application/x-protobuf")], [])
    }
}

/// A function that decides on an answer.
pub(crate) type AnswerFn = Arc<dyn Fn(&Request) -> Option<Answer> + Send + Sync>;
