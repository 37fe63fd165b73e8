//! Sessions and the lines that come of them.

use super::*;

/// A moment at which all sessions of these tests begin.
const START: u64 = 1_722_175_331_000_000_000;

const PLAIN: Look = Look {
    color: false,
    width: 80,
};

/// A span that starts and ends so many milliseconds into the session.
fn row(ids: (u64, u64), kind: &str, name: &str, millis: (u64, u64)) -> Row {
    Row {
        span_id: ids.0,
        parent_id: ids.1,
        kind: kind.to_owned(),
        name: name.to_owned(),
        model: None,
        input_tokens: None,
        output_tokens: None,
        start_nanos: START + millis.0 * 1_000_000,
        end_nanos: START + millis.1 * 1_000_000,
        status: RowStatus::Ok,
    }
}

/// A call of a model, with what it cost.
fn chat(ids: (u64, u64), tokens: (u64, u64), millis: (u64, u64)) -> Row {
    Row {
        model: Some("claude-sonnet-4".to_owned()),
        input_tokens: Some(tokens.0),
        output_tokens: Some(tokens.1),
        ..row(ids, "llm_call", "chat", millis)
    }
}

/// A row with another end.
fn ended(row: Row, status: RowStatus) -> Row {
    Row { status, ..row }
}

fn tree(spans: Vec<Row>) -> SessionTree {
    SessionTree {
        title: "Fix the flaky test".to_owned(),
        service: "code-fixer".to_owned(),
        id: "4bf92f35".to_owned(),
        start_nanos: START,
        spans,
        omitted: 0,
    }
}

/// A session of 8.4 s with an agent that asks a model and reads a file, in the order of their end.
fn planner() -> SessionTree {
    tree(vec![
        chat((3, 2), (3_100, 612), (0, 6_700)),
        row((4, 2), "tool", "read_file", (6_800, 6_920)),
        row((2, 1), "agent", "planner", (0, 8_300)),
        row((1, 0), "session", "fix", (0, 8_400)),
    ])
}

/// The lines of a session of one second around `spans`, without the header and the total.
fn lines(mut spans: Vec<Row>, look: &Look) -> Vec<String> {
    spans.push(row((1, 0), "session", "fix", (0, 1_000)));
    let text = render(&tree(spans), look);
    let lines: Vec<&str> = text.lines().collect();
    let inner = &lines[1..lines.len() - 1];
    inner.iter().map(|&line| line.to_owned()).collect()
}

/// Renders at every width and checks that no line is wider than the terminal.
#[track_caller]
fn assert_fits(tree: &SessionTree) {
    for width in (0..240).chain([1_000, usize::MAX]) {
        let look = Look {
            color: false,
            width,
        };
        let text = render(tree, &look) + &summary(tree, &look);
        for line in text.lines() {
            assert!(cells(line) <= width.max(60), "{width}: {line}");
            assert_eq!(line, line.trim_end(), "{width}");
            assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}

#[test]
fn a_session_is_a_header_a_tree_and_a_total() {
    let expected = "\
✓ Fix the flaky test   code-fixer   14:02:11Z   4 spans   8.4 s   3.1k → 612 tokens
└ ◇ agent planner                       ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━   8.3 s  ok
  ├ ✦ chat claude-sonnet-4  3.1k → 612  ██████████████████████████████████           6.7 s  ok
  └ ⚒ read_file                                                           █         120 ms  ok
total  1 llm call   3.1k → 612 tokens   8.4 s   session 4bf92f35
";
    let look = Look {
        width: 100,
        ..PLAIN
    };
    assert_eq!(render(&planner(), &look), expected);
}

#[test]
fn a_narrow_terminal_has_no_waterfall() {
    let expected = "\
✓ Fix the flaky test   code-fixer   4 spans   8.4 s   3.1k → 612 tokens
└ ◇ agent planner                        8.3 s  ok
  ├ ✦ chat claude-sonnet-4  3.1k → 612   6.7 s  ok
  └ ⚒ read_file                         120 ms  ok
total  1 llm call   3.1k → 612 tokens   8.4 s   session 4bf92f35
";
    assert_eq!(render(&planner(), &PLAIN), expected);
}

#[test]
fn a_summary_is_one_line() {
    let expected = "✓ Fix the flaky test  code-fixer  4 spans  8.4 s  3.1k → 612 tokens\n";
    assert_eq!(summary(&planner(), &PLAIN), expected);
}

#[test]
fn colours_are_written_only_when_asked_for() {
    let look = Look {
        color: true,
        width: 100,
    };
    let text = render(&planner(), &look);
    assert!(text.starts_with("\x1b[38;5;72m✓ \x1b[0m\x1b[1mFix the flaky test\x1b[0m   "));
    assert!(text.contains("\x1b[38;5;173m✦\x1b[0m chat \x1b[38;5;243mclaude-sonnet-4\x1b[0m  "));

    let mut bare = String::new();
    for part in text.split('\x1b') {
        let escape = part.find('m').filter(|_| part.starts_with('['));
        bare.push_str(escape.map_or(part, |end| &part[end + 1..]));
    }
    let plain = Look {
        color: false,
        ..look
    };
    assert_eq!(bare, render(&planner(), &plain));
}

#[test]
fn each_end_of_a_span_is_told() {
    let tool = |id| row((id, 1), "tool", "run", (id * 10, id * 10 + 5));
    let open = ended(row((7, 1), "task", "wait", (70, 70)), RowStatus::Incomplete);
    let spans = vec![
        ended(tool(2), RowStatus::Error("exit 101".to_owned())),
        ended(tool(3), RowStatus::Error("\u{200b}".to_owned())),
        ended(tool(4), RowStatus::Panicked("out of\nbounds".to_owned())),
        ended(tool(5), RowStatus::Cancelled),
        open,
    ];
    let expected = [
        "├ ⚒ run        5.0 ms  exit 101",
        "├ ⚒ run        5.0 ms  error",
        "├ ⚒ run        5.0 ms  panicked: out of bounds",
        "├ ⚒ run        5.0 ms  cancelled",
        "└ · task wait       –  incomplete",
    ];
    assert_eq!(lines(spans, &PLAIN), expected);
}

#[test]
fn the_header_says_why_a_session_failed() {
    let headline = |status| {
        let root = ended(row((1, 0), "session", "fix", (0, 1_200)), status);
        summary(&tree(vec![root]), &PLAIN)
    };
    let told =
        |mark, reason| format!("{mark} Fix the flaky test  code-fixer  1 span  1.2 s{reason}\n");
    let error = RowStatus::Error("budget used up".to_owned());
    assert_eq!(headline(error), told("✗", "  budget used up"));
    let panic = RowStatus::Panicked(String::new());
    assert_eq!(headline(panic), told("✗", "  panicked"));
    assert_eq!(headline(RowStatus::Cancelled), told("⊘", "  cancelled"));
    assert_eq!(headline(RowStatus::Incomplete), told("○", "  incomplete"));
    assert_eq!(headline(RowStatus::Ok), told("✓", ""));
}

#[test]
fn a_session_whose_own_span_was_lost_is_told_by_its_rows() {
    let failed = RowStatus::Error("exit 1".to_owned());
    let spans = vec![
        row((3, 9), "tool", "read_file", (100, 200)),
        ended(row((4, 9), "tool", "run_tests", (300, 900)), failed),
    ];
    let expected = "✗ Fix the flaky test  code-fixer  2 spans  800 ms  exit 1\n";
    assert_eq!(summary(&tree(spans), &PLAIN), expected);
    let empty = "✓ Fix the flaky test  code-fixer  0 spans  0 ns\n";
    assert_eq!(summary(&tree(Vec::new()), &PLAIN), empty);
}

#[test]
fn spans_without_their_parent_hang_under_the_session() {
    let spans = vec![
        row((4, 99), "tool", "orphan", (200, 300)),
        row((3, 2), "tool", "child", (100, 150)),
        row((2, 1), "agent", "planner", (0, 500)),
    ];
    let expected = [
        "├ ◇ agent planner  500 ms  ok",
        "│ └ ⚒ child         50 ms  ok",
        "└ ⚒ orphan         100 ms  ok",
    ];
    assert_eq!(lines(spans, &PLAIN), expected);
}

#[test]
fn guides_lead_to_later_siblings() {
    let spans = vec![
        row((2, 1), "agent", "a", (0, 9)),
        row((3, 2), "task", "b", (1, 5)),
        row((4, 3), "tool", "c", (2, 3)),
        row((5, 2), "workflow", "d", (6, 8)),
        row((6, 5), "guardrail", "e", (7, 8)),
        row((7, 1), "tool", "f", (9, 10)),
    ];
    let expected = [
        "├ ◇ agent a          9.0 ms  ok",
        "│ ├ · task b         4.0 ms  ok",
        "│ │ └ ⚒ c            1.0 ms  ok",
        "│ └ · workflow d     2.0 ms  ok",
        "│   └ ⛨ guardrail e  1.0 ms  ok",
        "└ ⚒ f                1.0 ms  ok",
    ];
    assert_eq!(lines(spans, &PLAIN), expected);
}

#[test]
fn omitted_spans_are_counted_and_owned_up_to() {
    let text = render(
        &SessionTree {
            omitted: 12,
            ..planner()
        },
        &PLAIN,
    );
    assert!(text.contains("   16 spans   "), "{text}");
    let expected = "\n… 12 more spans, not kept and not in the total\ntotal  1 llm call";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn only_calls_of_models_count_towards_the_tokens() {
    let mut session = planner();
    session.spans[2].input_tokens = Some(3_100);
    session.spans.push(Row {
        output_tokens: None,
        ..chat((5, 2), (900, 0), (7_000, 7_100))
    });
    let text = render(&session, &PLAIN);
    assert!(text.contains("3.1k → –"), "{text}");
    assert!(
        text.contains("total  2 llm calls   4.0k → 612 tokens   8.4 s"),
        "{text}"
    );
}

#[test]
fn hostile_texts_stay_on_their_line() {
    let hostile =
        "\x1b]0;gone\x07\x1b[2J\r\n\u{202e}\u{9b}31m日本🦀 o\u{301}\u{301}\u{301}\u{301}\u{301}";
    let mut session = planner();
    hostile.clone_into(&mut session.title);
    hostile.clone_into(&mut session.service);
    hostile.clone_into(&mut session.id);
    for row in &mut session.spans {
        row.name = hostile.repeat(9);
        row.model = Some(hostile.to_owned());
        row.status = RowStatus::Error(hostile.repeat(20));
    }
    session.spans[0].kind = hostile.to_owned();
    assert_fits(&session);
    let text = render(&session, &PLAIN);
    assert_eq!(text.lines().count(), 5);
    assert!(
        text.starts_with("✗ ␛]0;gone␇␛[2J �31m日本🦀 o\u{301}\u{301}\u{301}   4 spans   8.4 s   ␛"),
        "{text}"
    );
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    assert_fits(&planner());
    let mut spans: Vec<Row> = (2..60)
        .map(|id| chat((id, id - 1), (u64::MAX, u64::MAX), (id, 1 << id.min(40))))
        .collect();
    spans[7].status = RowStatus::Panicked("index out of bounds ".repeat(30));
    assert_fits(&tree(spans));
}

#[test]
fn wide_characters_keep_the_columns() {
    let spans = vec![
        row((2, 1), "tool", "日本語", (0, 1)),
        row((3, 1), "tool", "search", (1, 3)),
    ];
    let expected = ["├ ⚒ 日本語  1.0 ms  ok", "└ ⚒ search  2.0 ms  ok"];
    assert_eq!(lines(spans, &PLAIN), expected);
}

#[test]
fn bars_stay_within_the_session() {
    let mut early = row((2, 1), "tool", "early", (0, 100));
    early.start_nanos = 0;
    let spans = vec![
        early,
        row((3, 1), "tool", "middle", (500, 750)),
        row((4, 1), "task", "late", (900, 5_000)),
        row((5, 1), "tool", "after", (6_000, 6_000)),
        ended(row((6, 1), "tool", "open", (950, 0)), RowStatus::Incomplete),
    ];
    let look = Look {
        width: 100,
        ..PLAIN
    };
    let bars: Vec<String> = lines(spans, &look)
        .iter()
        .map(|line| line.chars().skip(15).take(44).collect())
        .collect();
    let blank = |cells| " ".repeat(cells);
    assert_eq!(bars[0], "████".to_owned() + &blank(40));
    assert_eq!(bars[1], blank(21) + "███████████" + &blank(12));
    assert_eq!(bars[2], blank(38) + "━━━━" + &blank(2));
    assert_eq!(bars[3], blank(40) + "██" + &blank(2));
    assert_eq!(bars[4], blank(41) + "█" + &blank(2));
}

#[test]
fn a_hundred_thousand_levels_are_shown_without_recursion() {
    let deep = |id| row((id, id - 1), "task", "step", (id, 200_000));
    let lines = lines((2..100_002).map(deep).collect(), &PLAIN);
    assert_eq!(lines.len(), 100_000);
    assert!(lines[1].starts_with("  └ · task step"), "{}", lines[1]);
    let bottom = lines[99_999].trim_start();
    assert!(bottom.starts_with("┄ · task step"), "{bottom}");
}

#[test]
fn circles_and_repeated_ids_are_shown_once_each() {
    let spans = vec![
        row((2, 3), "task", "a", (0, 1)),
        row((3, 2), "task", "b", (1, 2)),
        row((4, 4), "task", "self", (2, 3)),
        row((4, 1), "task", "again", (3, 4)),
        row((1, 4), "session", "other", (4, 5)),
    ];
    let expected = [
        "├ · task a           1.0 ms  ok",
        "│ └ · task b         1.0 ms  ok",
        "└ · task self        1.0 ms  ok",
        "  └ · session other  1.0 ms  ok",
        "    └ · task again   1.0 ms  ok",
    ];
    assert_eq!(lines(spans, &PLAIN), expected);
}
