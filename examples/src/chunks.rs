//! A streamed answer: the provider's chunks, one after the other.

use std::collections::VecDeque;
use std::pin::Pin;

use futures_util::stream::{self, Stream};
use reqwest::Response;
use serde_json::Value;

use crate::error::Error;
use crate::sse::EventReader;

/// The chunks of a streamed answer, unchanged; an error is the last item.
pub type Chunks = Pin<Box<dyn Stream<Item = Result<Value, Error>> + Send>>;

/// What marks the end of the chunks.
const DONE: &str = "[DONE]";

/// The chunks of this response.
pub(crate) fn read(response: Response) -> Chunks {
    let reading = Reading {
        response,
        reader: EventReader::default(),
        events: VecDeque::new(),
    };
    Box::pin(stream::unfold(Some(reading), |reading| async {
        let mut reading = reading?;
        match reading.next().await? {
            Ok(chunk) => Some((Ok(chunk), Some(reading))),
            Err(error) => Some((Err(error), None)),
        }
    }))
}

/// A response that is read.
struct Reading {
    response: Response,
    reader: EventReader,
    /// Events that have come and not been handed on.
    events: VecDeque<String>,
}

impl Reading {
    /// The next chunk; none after the mark of the end.
    async fn next(&mut self) -> Option<Result<Value, Error>> {
        loop {
            match self.events.pop_front() {
                Some(event) if event.trim() == DONE => return None,
                Some(event) => return Some(parse(&event)),
                None => match self.response.chunk().await {
                    Ok(Some(bytes)) => self.events.extend(self.reader.read(&bytes)),
                    Ok(None) => return Some(Err(Error::Cut(None))),
                    Err(error) => return Some(Err(Error::Cut(Some(error)))),
                },
            }
        }
    }
}

/// A chunk, or the error that the provider sent in its place.
fn parse(event: &str) -> Result<Value, Error> {
    let chunk: Value = serde_json::from_str(event).map_err(Error::Malformed)?;
    if chunk["error"].is_null() {
        return Ok(chunk);
    }
    Err(Error::broken_off(&chunk))
}
