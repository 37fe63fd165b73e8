//! Find the records of a body that are refused, half by half.

use crate::otlp::split::Part;
use crate::queue::parts::Parts;
use crate::send::answer::{Answer, Later};

/// What was found out about a body.
#[derive(Debug)]
pub(super) struct Found {
    /// What became of its records.
    pub(super) parts: Parts,
    /// The status of the last refusal.
    pub(super) status: u16,
    /// Why the search ended before its time.
    pub(super) later: Option<Later>,
    /// The words of the last rejection.
    pub(super) message: String,
}

/// Sends a body of several records, which was refused as a whole, in parts; `None` if it has not two.
///
/// One record among `n` costs about `2 log n` requests. `post` ends the search with `None`.
pub(super) fn search(
    whole: &Part<'_>,
    status: u16,
    mut post: impl FnMut(&Part<'_>) -> Option<Answer>,
) -> Option<Found> {
    let (first, rest) = whole.halves()?;
    let mut found = Found {
        parts: Parts::default(),
        status,
        later: None,
        message: String::new(),
    };
    // What is next stands last.
    let mut open = vec![rest, first];
    while let Some(part) = open.pop() {
        let answer = post(&part);
        match answer {
            Some(Answer::Taken(partial)) => {
                found.parts.taken += part.records() as u64;
                found.parts.rejected += partial.rejected.min(part.records() as u64);
                if partial.rejected > 0 {
                    found.message = partial.message;
                }
            }
            Some(Answer::Refused(status)) => {
                found.status = status;
                match part.halves() {
                    Some((first, rest)) => open.extend([rest, first]),
                    None => found.parts.refused.push(part.as_bytes().to_vec()),
                }
            }
            Some(Answer::Later(later)) => {
                found.later = Some(later);
                open.push(part);
                break;
            }
            None => {
                open.push(part);
                break;
            }
        }
    }
    // Bodies in a row are one body.
    for part in open.iter().rev() {
        found.parts.rest.extend_from_slice(part.as_bytes());
        found.parts.left += part.records() as u64;
    }
    Some(found)
}
