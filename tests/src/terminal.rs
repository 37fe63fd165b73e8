//! Sessions on a terminal, without what differs between runs.

/// Replaces times, durations and ids, leaves bars out, and makes each gap one space.
///
/// ```
/// let line = "└ ✦ chat gpt-4o  77 → 24      ██████   66 ms  ok";
/// assert_eq!(agentops_tests::terminal::masked(line), "└ ✦ chat gpt-4o 77 → 24 <duration> ok\n");
/// ```
pub fn masked(text: &str) -> String {
    text.lines().map(|line| masked_line(line) + "\n").collect()
}

fn masked_line(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let mut words: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        let is_bar = word.chars().all(|ch| "█━".contains(ch));
        let is_unit = ["ns", "µs", "ms", "s"].contains(&word);
        let follows_number = words.last().is_some_and(|word| word.parse::<f64>().is_ok());
        if is_bar {
            continue;
        }
        if is_unit && follows_number {
            words.pop();
            words.push("<duration>");
        } else if word.len() == "00:00:00Z".len() && word.ends_with('Z') {
            words.push("<time>");
        } else if word.len() == 36 && word.matches('-').count() == 4 {
            words.push("<id>");
        } else {
            words.push(word);
        }
    }
    line[..indent].to_owned() + &words.join(" ")
}
