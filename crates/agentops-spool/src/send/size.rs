//! How much is put into one request: less after one that was too big.

/// Bodies are put together to requests of about this many bytes.
const LARGEST: usize = 1 << 20;

/// Requests are not made smaller than this, whatever is refused.
const SMALLEST: usize = 16 << 10;

/// So many requests are taken before larger ones are tried again.
const TAKEN: u32 = 64;

/// The size of requests to one endpoint.
#[derive(Debug)]
pub(super) struct RequestSize {
    bytes: usize,
    taken: u32,
}

impl Default for RequestSize {
    fn default() -> Self {
        Self {
            bytes: LARGEST,
            taken: 0,
        }
    }
}

impl RequestSize {
    /// About how many bytes the next request may have.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Notes that a request of `len` bytes was too big; `false` if the next will be no smaller.
    pub(super) fn shrink(&mut self, len: usize) -> bool {
        self.bytes = (len / 2).clamp(SMALLEST, self.bytes);
        self.taken = 0;
        self.bytes < len
    }

    /// Notes that a request was taken.
    pub(super) fn took(&mut self) {
        self.taken += 1;
        if self.taken >= TAKEN {
            self.taken = 0;
            self.bytes = self.bytes.saturating_mul(2).min(LARGEST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_shrink_at_once_and_grow_slowly() {
        let mut size = RequestSize::default();
        assert!(size.shrink(100 << 20));
        assert_eq!(size.bytes(), LARGEST);
        assert!(size.shrink(LARGEST));
        assert!(size.shrink(LARGEST / 2));
        assert_eq!(size.bytes(), LARGEST / 4);
        for _ in 1..TAKEN {
            size.took();
        }
        assert_eq!(size.bytes(), LARGEST / 4);
        size.took();
        assert_eq!(size.bytes(), LARGEST / 2);
        assert!(!size.shrink(1));
        assert_eq!(size.bytes(), SMALLEST);
        assert!(size.shrink(LARGEST));
        assert_eq!(size.bytes(), SMALLEST);
    }
}
