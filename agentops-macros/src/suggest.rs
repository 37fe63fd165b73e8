//! Find the word that was probably meant.

/// The candidate nearest to `word`, unless more than a third of it would have to change.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The candidate nearest to `word`, unless more than so many letters would have to change.
pub(crate) fn within<'a>(
    most: usize,
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let substituted = last[column] + usize::from(from != to);
            let mut best = substituted.min(last[column + 1] + 1).min(next[column] + 1);
            let swapped =
                row > 0 && column > 0 && *from == right[column - 1] && left[row - 1] == *to;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_neighbours_count_once() {
        assert_eq!(distance("nmae", "name"), 1);
        assert_eq!(distance("modell", "model"), 1);
        assert_eq!(distance("", "id"), 2);
        assert_eq!(distance("baggage", "baggage"), 0);
    }

    #[test]
    fn the_nearest_candidate_wins() {
        assert_eq!(nearest("modle", ["name", "model", "mode"]), Some("model"));
        assert_eq!(nearest("di", ["name", "id"]), Some("id"));
    }

    #[test]
    fn the_number_of_wrong_letters_can_be_limited() {
        assert_eq!(within(1, "opnai", ["openai"]), Some("openai"));
        assert_eq!(within(1, "opnia", ["openai"]), None);
    }

    #[test]
    fn far_words_are_not_suggested() {
        assert_eq!(nearest("frobnicate", ["name", "model", "id"]), None);
    }
}
