//! The spans below the header, in columns.
//!
//! Label, tokens, waterfall, duration and status stand under each other, so every text is made
//! ready and measured before the first line is written. The label may take two thirds of what the
//! figures leave, the status takes the rest, and the waterfall grows into what neither needs.

use crate::export::tree::figure::flow;
use crate::export::tree::forest::{Forest, Place};
use crate::export::tree::row::{Face, Row};
use crate::export::tree::style::{Line, Look, Paint};
use crate::export::tree::text::{cells, clean};

/// The narrowest terminal that leaves room for the waterfall.
const WIDTH_WITH_BARS: usize = 100;
/// The waterfall's narrowest and widest column.
const BARS: (usize, usize) = (20, 42);
/// The widest column of labels; longer ones are cut.
const LABEL_MAX: usize = 104;
/// The cells that a name keeps beside the deepest indentation.
const NAME_ROOM: usize = 24;
/// The fewest and most levels that are told apart by their indentation.
const LEVELS: (usize, usize) = (2, 40);
/// The widest word for a kind.
const KIND_MAX: usize = 12;
/// The widest column of tokens.
const TOKENS_MAX: usize = 17;
/// The space between two columns.
const GAP: usize = 2;

/// The time that the waterfall shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Its first moment.
    pub(crate) start: u64,
    /// Its last moment.
    pub(crate) end: u64,
}

/// A line for every row below the root.
pub(crate) fn table(rows: &[Row], forest: &Forest, window: Window, look: &Look) -> String {
    let entry = |place: Place| Entry::of(&rows[place.index], place, look);
    let entries: Vec<Entry<'_>> = forest.places().map(entry).collect();
    let columns = Columns::of(&entries, look);
    // For each level on the way down, whether a line leads on to a later sibling.
    let mut guides = Vec::new();
    let mut text = String::new();
    for entry in &entries {
        guides.truncate(entry.place.depth);
        guides.push(!entry.place.is_last);
        let mut line = look.line();
        line.put(Paint::Faint, &indent(&guides, columns.levels));
        entry.put(&mut line, &columns, window);
        text.push_str(&line.finish());
    }
    text
}

/// A row with its texts made ready, so that columns can be measured before they are printed.
struct Entry<'a> {
    /// The row itself.
    row: &'a Row,
    /// Where it stands.
    place: Place,
    /// How its kind looks.
    face: Face,
    /// The word for its kind, the name and the model, each with its colour; some may be empty.
    label: [(Paint, String); 3],
    /// The tokens in and out.
    tokens: String,
    /// How long it took.
    took: String,
    /// How it ended.
    status: String,
}

impl<'a> Entry<'a> {
    /// Makes the texts of a row ready.
    fn of(row: &'a Row, place: Place, look: &Look) -> Self {
        let face = Face::of(row);
        let kind = if face.is_known { "" } else { &row.kind };
        let model = row.model.as_deref().unwrap_or_default();
        Self {
            label: [
                (Paint::Dim, clean(kind, KIND_MAX)),
                (face.name, clean(&row.name, LABEL_MAX)),
                (Paint::Dim, clean(model, LABEL_MAX)),
            ],
            tokens: clean(&flow(row.input_tokens, row.output_tokens), TOKENS_MAX),
            took: row.took(),
            status: row.status.told(look.width()),
            row,
            place,
            face,
        }
    }

    /// The cells that the indentation, the glyph and the label would fill.
    fn label_cells(&self, levels: usize) -> usize {
        let word = |text: &str| if text.is_empty() { 0 } else { 1 + cells(text) };
        let words: usize = self.label.iter().map(|(_, text)| word(text)).sum();
        indent_cells(self.place.depth, levels) + 1 + words
    }

    /// Writes everything behind the indentation.
    fn put(&self, line: &mut Line, columns: &Columns, window: Window) {
        line.put(self.face.paint, self.face.glyph);
        for (paint, text) in self.label.iter().filter(|(_, text)| !text.is_empty()) {
            line.put_before(columns.label, Paint::Plain, " ");
            line.put_before(columns.label, *paint, text);
        }
        let mut column = columns.label + GAP;
        if columns.tokens > 0 {
            line.pad_to(column);
            line.put(Paint::Plain, &self.tokens);
            column += columns.tokens + GAP;
        }
        if columns.bars > 0 {
            let (first, end) = window.bar(self.row, columns.bars);
            line.pad_to(column + first);
            line.put(self.face.bar_paint, &self.face.bar.repeat(end - first));
            column += columns.bars + GAP;
        }
        column += columns.took;
        line.pad_to(column - cells(&self.took));
        line.put(Paint::Plain, &self.took);
        line.pad_to(column + GAP);
        line.put(self.row.status.paint(), &self.status);
    }
}

/// The widths of the columns, which are the same on every line.
struct Columns {
    /// Indentation, glyph, kind, name and model.
    label: usize,
    /// Tokens; 0 when no row has any.
    tokens: usize,
    /// The waterfall; 0 when there is no room for it.
    bars: usize,
    /// Durations.
    took: usize,
    /// The levels that are told apart by their indentation.
    levels: usize,
}

impl Columns {
    /// Gives every column what its longest text needs, as far as the terminal goes.
    fn of(entries: &[Entry<'_>], look: &Look) -> Self {
        let tokens = widest(entries, |entry| cells(&entry.tokens));
        let took = widest(entries, |entry| cells(&entry.took));
        let status = widest(entries, |entry| cells(&entry.status));
        let is_wide = look.width() >= WIDTH_WITH_BARS;
        let bars = if is_wide { BARS.0 } else { 0 };

        let figures = [tokens, bars, took].into_iter().filter(|&width| width > 0);
        let room = look.width() - GAP - figures.map(|width| width + GAP).sum::<usize>();
        let label_max = (room / 3 * 2).min(LABEL_MAX);
        let levels = (label_max.saturating_sub(NAME_ROOM) / 2).clamp(LEVELS.0, LEVELS.1);
        let label = widest(entries, |entry| entry.label_cells(levels)).min(label_max);

        let spare = (room - label).saturating_sub(status);
        let bars = if is_wide { BARS.1.min(bars + spare) } else { 0 };
        Self {
            label,
            tokens,
            bars,
            took,
            levels,
        }
    }
}

impl Window {
    /// The cells of a waterfall of so many that lie between the start and the end of a row.
    fn bar(self, row: &Row, width: usize) -> (usize, usize) {
        let whole = u128::from(self.end.saturating_sub(self.start).max(1));
        let cell = |moment: u64| {
            let since = u128::from(moment.min(self.end).saturating_sub(self.start));
            usize::try_from((since * width as u128 + whole / 2) / whole).unwrap_or(width)
        };
        let end = if row.is_open() {
            self.end
        } else {
            row.end_nanos
        };
        let first = cell(row.start_nanos).min(width - 1);
        (first, cell(end).max(first + 1))
    }
}

/// The most cells that any entry needs.
fn widest(entries: &[Entry<'_>], cells: impl Fn(&Entry<'_>) -> usize) -> usize {
    entries.iter().map(cells).max().unwrap_or(0)
}

/// The lines that lead to a row; below the last level, a mark that levels were left out.
fn indent(guides: &[bool], levels: usize) -> String {
    let Some((&leads_on, above)) = guides.split_last() else {
        return String::new();
    };
    let lines = above.iter().take(levels);
    let mut indent: String = lines
        .map(|&leads_on| if leads_on { "│ " } else { "  " })
        .collect();
    indent.push_str(match leads_on {
        _ if above.len() > levels => "┄ ",
        true => "├ ",
        false => "└ ",
    });
    indent
}

/// The cells that [`indent`] fills.
fn indent_cells(depth: usize, levels: usize) -> usize {
    2 + 2 * depth.min(levels)
}
