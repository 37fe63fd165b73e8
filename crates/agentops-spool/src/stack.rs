//! Notice that formatting a value goes too deep into the stack.
//!
//! `Serialize`, `Debug` and `Display` recurse as deep as the program's value does,
//! and a stack that overflows ends the process: no panic, nothing to catch. What
//! writes their output asks here at each piece of it, and gives up in time.

/// Bytes of stack that formatting one value may take: a quarter of what threads have.
///
/// JSON a hundred levels deep takes a tenth of it, without optimizations too.
const ROOM: usize = 512 << 10;

/// A place in the stack of the current thread.
#[derive(Clone, Copy, Debug)]
pub struct Stack(usize);

impl Stack {
    /// Where the caller stands, roughly.
    #[inline(never)]
    #[must_use]
    pub fn here() -> Self {
        let marker = 0_u8;
        Self(std::ptr::from_ref(&marker).addr())
    }

    /// Whether the caller stands so far from there that it had better return.
    #[must_use]
    pub fn is_deep(self) -> bool {
        // Away is deeper: whoever stood there has not returned.
        Self::here().0.abs_diff(self.0) > ROOM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(from: Stack) -> usize {
        let frame = std::hint::black_box([0_u8; 1 << 10]);
        match from.is_deep() {
            true => 0,
            false => levels(from) + usize::from(frame[0]) + 1,
        }
    }

    #[test]
    fn recursion_is_stopped_in_time() {
        assert!((50..=512).contains(&levels(Stack::here())));
    }
}
