//! Text from outside, made harmless and measured in terminal cells.
//!
//! Names and messages may have been written by a model. [`clean`] is the one gate they pass, so
//! that no escape sequence, line break or invisible character reaches the terminal. Widths follow
//! two short tables instead of a crate for Unicode; where in doubt, they count too much rather than
//! too little. Terminals set to show ambiguous characters (`…`, `→`, `█`) as wide are not served.

use std::borrow::Cow;

/// Combining marks kept on one character; more only serve to smear over other lines.
const MARKS_KEPT: usize = 3;

/// Text from outside as one harmless run of at most `max` cells.
///
/// White space of any sort becomes a single space, control characters become pictures of
/// themselves, and characters that are invisible or turn the direction of writing are left out.
pub(crate) fn clean(raw: &str, max: usize) -> String {
    let mut text = String::new();
    let (mut used, mut marks, mut spaced) = (0, 0, false);
    for ch in raw.chars().filter_map(visible) {
        if ch == ' ' {
            spaced = !text.is_empty();
            continue;
        }
        let wide = cells_of(ch);
        marks = if wide == 0 { marks + 1 } else { 0 };
        if marks > MARKS_KEPT {
            continue;
        }
        if std::mem::take(&mut spaced) {
            text.push(' ');
            used += 1;
        }
        text.push(ch);
        used += wide;
        if used > max {
            break;
        }
    }
    cut(&text, max).into_owned()
}

/// The cells that clean text fills.
pub(crate) fn cells(text: &str) -> usize {
    text.chars().map(cells_of).sum()
}

/// The longest part of `text` that fits into `max` cells, with `…` where it was cut.
pub(crate) fn cut(text: &str, max: usize) -> Cow<'_, str> {
    if max == 0 {
        return Cow::Borrowed("");
    }
    let (mut used, mut kept) = (0, 0);
    for (at, ch) in text.char_indices() {
        used += cells_of(ch);
        if used > max {
            return Cow::Owned(format!("{}…", text[..kept].trim_end()));
        }
        if used < max {
            kept = at + ch.len_utf8();
        }
    }
    Cow::Borrowed(text)
}

/// What is shown for a character from outside, if anything.
fn visible(ch: char) -> Option<char> {
    match ch {
        _ if ch.is_whitespace() => Some(' '),
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(ch)),
        '\x7f' => Some('␡'),
        '\u{80}'..='\u{9f}' => Some(char::REPLACEMENT_CHARACTER),
        _ if within(HIDDEN, ch) => None,
        _ => Some(ch),
    }
}

/// The cells that one visible character fills.
fn cells_of(ch: char) -> usize {
    match ch {
        '\0'..'\u{300}' => 1,
        _ if within(MARKS, ch) => 0,
        _ if within(WIDE, ch) => 2,
        _ => 1,
    }
}

/// Whether a table of ranges holds `ch`.
///
/// A table lists where a range begins and where it has ended, in turn, so a character is within
/// one if it stands behind an odd number of them.
fn within(table: &[u32], ch: char) -> bool {
    table.partition_point(|&bound| bound <= u32::from(ch)) % 2 == 1
}

/// Characters that show nothing, join others, or turn the direction of what follows.
const HIDDEN: &[u32] = &[
    0xad, 0xae, 0x34f, 0x350, 0x61c, 0x61d, 0x115f, 0x1161, 0x17b4, 0x17b6, 0x180b, 0x1810, 0x200b,
    0x2010, 0x202a, 0x202f, 0x2060, 0x2070, 0x3164, 0x3165, 0xfe00, 0xfe10, 0xfeff, 0xff00, 0xffa0,
    0xffa1, 0xfff0, 0xfffc, 0x1bca0, 0x1bca4, 0x1d173, 0x1d17b, 0xe0000, 0xe1000,
];

/// Marks that stand on the character before them.
const MARKS: &[u32] = &[
    0x300, 0x370, 0x483, 0x48a, 0x591, 0x5be, 0x610, 0x61b, 0x64b, 0x660, 0x93c, 0x93d, 0x941,
    0x949, 0x94d, 0x94e, 0xe31, 0xe32, 0xe34, 0xe3b, 0xe47, 0xe4f, 0x1ab0, 0x1b00, 0x1dc0, 0x1e00,
    0x20d0, 0x2100, 0xfe20, 0xfe30,
];

/// East Asian characters and emoji, which fill two cells.
const WIDE: &[u32] = &[
    0x1100, 0x1200, 0x231a, 0x231c, 0x2329, 0x232b, 0x23e9, 0x23f4, 0x25fd, 0x25ff, 0x2614, 0x2616,
    0x2630, 0x2638, 0x2648, 0x2654, 0x267f, 0x2680, 0x268a, 0x2690, 0x2693, 0x2694, 0x26a1, 0x26a2,
    0x26aa, 0x26ac, 0x26bd, 0x26bf, 0x26c4, 0x26c6, 0x26ce, 0x26cf, 0x26d4, 0x26d5, 0x26ea, 0x26eb,
    0x26f2, 0x26f6, 0x26fa, 0x26fe, 0x2705, 0x2706, 0x270a, 0x270c, 0x2728, 0x2729, 0x274c, 0x274f,
    0x2753, 0x2758, 0x2795, 0x2798, 0x27b0, 0x27c0, 0x2b1b, 0x2b1d, 0x2b50, 0x2b56, 0x2e80, 0x303f,
    0x3041, 0xa4d0, 0xa960, 0xa980, 0xac00, 0xd7a4, 0xf900, 0xfb00, 0xfe10, 0xfe1a, 0xfe30, 0xfe70,
    0xff01, 0xff61, 0xffe0, 0xffe7, 0x16fe0, 0x18e00, 0x1aff0, 0x1b300, 0x1d300, 0x1d377, 0x1f000,
    0x1f100, 0x1f18e, 0x1f19b, 0x1f1e6, 0x1f650, 0x1f680, 0x1f700, 0x1f7e0, 0x1f800, 0x1f900,
    0x1fb00, 0x20000, 0x3fffe,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_pictures_and_white_space_one_space() {
        assert_eq!(clean("\x1b[31mred\x07\x7f\u{9b}", 40), "␛[31mred␇␡\u{fffd}");
        assert_eq!(clean("  two\r\n\tlines \u{2028} ", 40), "two lines");
    }

    #[test]
    fn invisible_characters_and_heaps_of_marks_are_left_out() {
        assert_eq!(clean("a\u{202e}b\u{200d}c\u{feff}\u{e0041}", 40), "abc");
        let heap = format!("o{}k", "\u{301}".repeat(1_000));
        assert_eq!(clean(&heap, 40), "o\u{301}\u{301}\u{301}k");
        assert_eq!(cells(&clean(&heap, 40)), 2);
    }

    #[test]
    fn wide_characters_fill_two_cells_and_are_never_halved() {
        assert_eq!(cells("日本🦀é"), 7);
        assert_eq!(clean("日本語", 6), "日本語");
        assert_eq!(clean("日本語", 5), "日本…");
        assert_eq!(clean("日本語", 4), "日…");
        assert_eq!(
            (clean("日本語", 1), clean("日本語", 0)),
            ("…".into(), String::new())
        );
    }

    #[test]
    fn tables_are_sorted_for_the_binary_search() {
        for table in [HIDDEN, MARKS, WIDE] {
            assert!(table.len().is_multiple_of(2));
            assert!(table.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
