//! The look of a line in the terminal: its colours and its limits.

use crate::export::tree::text::{cells, cut};

/// The narrowest terminal that lines are fitted into.
const WIDTH_MIN: usize = 60;

/// What the terminal can show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Whether escape sequences for colour are written.
    pub(crate) color: bool,
    /// The terminal's width in cells; less than 60 counts as 60.
    pub(crate) width: usize,
}

impl Look {
    /// The cells that a line may fill.
    pub(crate) fn width(&self) -> usize {
        self.width.max(WIDTH_MIN)
    }

    /// An empty line for this terminal.
    pub(crate) fn line(&self) -> Line {
        Line::new(self.width(), self.color)
    }
}

/// How a piece of text is shown, as far as the terminal has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// As the terminal shows text by itself.
    Plain,
    /// What the eye should find first.
    Strong,
    /// What is there when looked for.
    Dim,
    /// Lines that only lead the eye.
    Faint,
    /// An agent, and the service it runs in.
    Agent,
    /// A call of a model.
    Llm,
    /// A call of a tool.
    Tool,
    /// A check of what goes in or comes out.
    Guardrail,
    /// Something that went well.
    Good,
    /// Something that ended early.
    Warn,
    /// Something that failed.
    Bad,
}

impl Paint {
    /// The parameters of the escape sequence, from the 256 colours that every terminal knows.
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Dim => "38;5;243",
            Self::Faint => "38;5;239",
            Self::Agent => "38;5;140",
            Self::Llm => "38;5;173",
            Self::Tool => "38;5;73",
            Self::Guardrail => "38;5;110",
            Self::Good => "38;5;72",
            Self::Warn => "38;5;221",
            Self::Bad => "38;5;203",
        }
    }
}

/// One line of output that knows how many cells it fills and never exceeds its limit.
pub(crate) struct Line {
    /// What has been put so far, with its escape sequences.
    text: String,
    /// The cells that `text` fills.
    used: usize,
    /// The cells that the line may fill.
    limit: usize,
    /// Whether escape sequences are written.
    color: bool,
}

impl Line {
    /// An empty line of at most `limit` cells.
    fn new(limit: usize, color: bool) -> Self {
        Self {
            text: String::new(),
            used: 0,
            limit,
            color,
        }
    }

    /// Appends text that is already clean, cut to what is left of the line.
    pub(crate) fn put(&mut self, paint: Paint, text: &str) {
        self.put_before(self.limit, paint, text);
    }

    /// Appends text that is already clean, cut so that it ends before the column `end`.
    pub(crate) fn put_before(&mut self, end: usize, paint: Paint, text: &str) {
        let text = cut(text, end.min(self.limit).saturating_sub(self.used));
        if text.is_empty() {
            return;
        }
        self.used += cells(&text);
        if self.color && paint != Paint::Plain {
            self.text
                .extend(["\x1b[", paint.code(), "m", &text, "\x1b[0m"]);
        } else {
            self.text.push_str(&text);
        }
    }

    /// Leaves a gap of so many cells.
    pub(crate) fn skip(&mut self, gap: usize) {
        self.pad_to(self.used.saturating_add(gap));
    }

    /// Fills with spaces up to `column`.
    pub(crate) fn pad_to(&mut self, column: usize) {
        let column = column.min(self.limit);
        self.text
            .extend(std::iter::repeat_n(' ', column.saturating_sub(self.used)));
        self.used = self.used.max(column);
    }

    /// The line with its line break, without spaces at its end.
    pub(crate) fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_never_exceeds_its_limit() {
        let mut line = Line::new(8, true);
        line.put_before(3, Paint::Plain, "abcdef");
        line.pad_to(5);
        line.put(Paint::Bad, "wxyz");
        line.pad_to(100);
        assert_eq!(line.finish(), "ab…  \x1b[38;5;203mwx…\x1b[0m\n");
    }

    #[test]
    fn a_gap_at_the_end_of_a_line_is_not_written() {
        let look = Look {
            color: false,
            width: 0,
        };
        let mut line = look.line();
        line.put(Paint::Bad, "end");
        line.skip(usize::MAX);
        line.put(Paint::Bad, "never");
        assert_eq!(line.finish(), "end\n");
    }
}
