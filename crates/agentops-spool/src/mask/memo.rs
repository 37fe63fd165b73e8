//! Short texts that were looked at already and are clean.
//!
//! Most attributes have few values, and looking for secrets takes long beside
//! encoding a span. Kept are clean texts only, as a whole, so that no other is
//! taken for one, and each at the one place that its bytes name: there is never
//! more than a few KiB of them.

use std::fmt;

/// How many are kept, at most.
const PLACES: usize = 256;

/// Longer ones are not kept.
const LONGEST: usize = 64;

/// Texts that need not be looked at again.
#[derive(Default)]
pub(super) struct Memo {
    /// None until something is put in.
    places: Vec<Text>,
}

#[derive(Clone, Copy)]
struct Text {
    len: usize,
    bytes: [u8; LONGEST],
}

impl Memo {
    /// Whether `text` was put in and is still there.
    #[inline]
    pub(super) fn has(&self, text: &[u8]) -> bool {
        let kept = self.places.get(place(text));
        kept.is_some_and(|kept| kept.len == text.len() && kept.bytes.get(..kept.len) == Some(text))
    }

    /// Keeps `text` in place of another one.
    pub(super) fn put(&mut self, text: &[u8]) {
        let mut kept = Text {
            len: text.len(),
            bytes: [0; LONGEST],
        };
        let Some(bytes) = kept.bytes.get_mut(..text.len()) else {
            return;
        };
        bytes.copy_from_slice(text);
        if self.places.is_empty() {
            let none = Text {
                len: usize::MAX,
                bytes: [0; LONGEST],
            };
            self.places = vec![none; PLACES];
        }
        if let Some(place) = self.places.get_mut(place(text)) {
            *place = kept;
        }
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

/// Where `text` is kept, by its length and the words at its ends and in between.
#[inline]
fn place(text: &[u8]) -> usize {
    let [first, last] = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => [*first, *last].map(u64::from_le_bytes),
        _ => [
            text.iter()
                .fold(0, |word, byte| word << 8 | u64::from(*byte)),
            0,
        ],
    };
    let middle = text.get(text.len() / 3..).and_then(<[u8]>::first_chunk);
    let middle = middle.map_or(0, |middle| u64::from_le_bytes(*middle));
    let mixed = first ^ last.rotate_left(23) ^ middle.rotate_left(41) ^ text.len() as u64;
    // The highest bits depend on all others.
    let [.., high] = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes();
    usize::from(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_put_in_is_there() {
        let mut memo = Memo::default();
        let texts: Vec<String> = (0..2 * LONGEST).map(|len| "x".repeat(len)).collect();
        assert!(texts.iter().all(|text| !memo.has(text.as_bytes())));
        for text in &texts {
            memo.put(text.as_bytes());
            assert_eq!(memo.has(text.as_bytes()), text.len() <= LONGEST, "{text}");
            for other in ["y".repeat(text.len() + 1), format!("{text}x")] {
                assert!(!memo.has(other.as_bytes()), "{text} {other}");
            }
        }
    }

    #[test]
    fn texts_that_share_most_letters_have_places_of_their_own() {
        let mut places: Vec<_> = (0..64)
            .map(|n| place(format!("gpt-4o-mini-2026-{n:02}").as_bytes()))
            .collect();
        places.sort_unstable();
        places.dedup();
        assert!(places.len() > 40, "{places:?}");
    }
}
