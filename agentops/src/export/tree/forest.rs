//! The shape of a session: which span hangs under which.
//!
//! Spans arrive in the order in which they ended, from programs that may lose some, repeat an id
//! or even name each other as parents. Every span gets a place nevertheless, no place leads back
//! to itself, and no step recurses, so a hundred thousand levels are as good as one.

use std::collections::HashMap;

/// What decides the place of a span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The span's id.
    pub(crate) id: u64,
    /// The id of the span it ran in; 0 for none.
    pub(crate) parent_id: u64,
    /// When it began.
    pub(crate) start: u64,
    /// Whether it may be the root under which all others hang.
    pub(crate) is_root: bool,
}

/// The spans as trees, each named by its index in the links it was made of.
pub(crate) struct Forest {
    /// The span under which all others hang, if it was kept.
    pub(crate) root: Option<usize>,
    /// The spans right below the root, by start time.
    pub(crate) top: Vec<usize>,
    /// The children of each span, by start time.
    children: Vec<Vec<usize>>,
}

/// Where a span stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The span's index.
    pub(crate) index: usize,
    /// How many spans it hangs under, the root left aside.
    pub(crate) depth: usize,
    /// Whether it is the last of its siblings.
    pub(crate) is_last: bool,
}

impl Forest {
    /// Finds each span its place. The root is the one of the marked spans that has no parent and
    /// began first.
    pub(crate) fn of(links: &[Link]) -> Self {
        let mut parents = parents_of(links);
        let root = (0..links.len())
            .filter(|&index| links[index].is_root)
            .min_by_key(|&index| (parents[index].is_some(), links[index].start));
        if let Some(root) = root {
            parents[root] = None;
        }
        cut_circles(&mut parents);

        let mut order: Vec<usize> = (0..links.len()).collect();
        order.sort_by_key(|&index| links[index].start);
        let mut top = Vec::new();
        let mut children = vec![Vec::new(); links.len()];
        for index in order.into_iter().filter(|&index| Some(index) != root) {
            match parents[index].filter(|&parent| Some(parent) != root) {
                Some(parent) => children[parent].push(index),
                None => top.push(index),
            }
        }
        Self {
            root,
            top,
            children,
        }
    }

    /// The places below the root, from top to bottom.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> {
        let mut waiting = Vec::new();
        push_siblings(&mut waiting, &self.top, 0);
        std::iter::from_fn(move || {
            let place = waiting.pop()?;
            push_siblings(&mut waiting, &self.children[place.index], place.depth + 1);
            Some(place)
        })
    }
}

/// The parent of each span, if it is there; of several with one id, the first.
fn parents_of(links: &[Link]) -> Vec<Option<usize>> {
    let mut by_id = HashMap::with_capacity(links.len());
    for (index, link) in links.iter().enumerate() {
        by_id.entry(link.id).or_insert(index);
    }
    // An id of 0 is no id, so it is nobody's parent.
    by_id.remove(&0);
    let parent_of = |link: &Link| by_id.get(&link.parent_id).copied();
    links.iter().map(parent_of).collect()
}

/// Frees one span of every circle of parents, so that the circle hangs somewhere.
fn cut_circles(parents: &mut [Option<usize>]) {
    // The walk that came by each span. Meeting a span of an earlier walk ends this one, so none is
    // left twice; meeting one of the same walk means that it has gone round.
    let mut seen = vec![None; parents.len()];
    for walk in 0..parents.len() {
        let mut next = Some(walk);
        while let Some(index) = next {
            if seen[index] == Some(walk) {
                parents[index] = None;
            }
            next = parents[index].filter(|_| seen[index].is_none());
            seen[index].get_or_insert(walk);
        }
    }
}

/// Puts siblings on the stack, the first on top.
fn push_siblings(waiting: &mut Vec<Place>, siblings: &[usize], depth: usize) {
    waiting.extend(
        siblings
            .iter()
            .enumerate()
            .rev()
            .map(|(nth, &index)| Place {
                index,
                depth,
                is_last: nth + 1 == siblings.len(),
            }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spans given as id, parent and start; the one with id 1 may be the root.
    fn forest(links: &[(u64, u64, u64)]) -> Forest {
        let link = |&(id, parent_id, start)| Link {
            id,
            parent_id,
            start,
            is_root: id == 1,
        };
        Forest::of(&links.iter().map(link).collect::<Vec<_>>())
    }

    /// The places as index and depth.
    fn places(forest: &Forest) -> Vec<(usize, usize)> {
        forest
            .places()
            .map(|place| (place.index, place.depth))
            .collect()
    }

    #[test]
    fn children_follow_their_parent_by_start() {
        let forest = forest(&[(4, 2, 9), (3, 2, 5), (2, 1, 1), (5, 1, 0), (1, 0, 0)]);
        assert_eq!(forest.root, Some(4));
        assert_eq!(places(&forest), [(3, 0), (2, 0), (1, 1), (0, 1)]);
        let is_last: Vec<bool> = forest.places().map(|place| place.is_last).collect();
        assert_eq!(is_last, [false, true, false, true]);
    }

    #[test]
    fn spans_without_their_parent_hang_at_the_top() {
        let forest = forest(&[(1, 77, 0), (2, 99, 1), (3, 0, 2), (0, 0, 3), (4, 0, 4)]);
        assert_eq!(forest.root, Some(0));
        assert_eq!(places(&forest), [(1, 0), (2, 0), (3, 0), (4, 0)]);
    }

    #[test]
    fn circles_are_cut_and_every_span_is_shown_once() {
        let circles = [(2, 4, 0), (3, 2, 1), (4, 3, 2), (5, 5, 3), (6, 3, 4)];
        let forest = forest(&circles);
        assert_eq!(places(&forest), [(0, 0), (1, 1), (2, 2), (4, 2), (3, 0)]);
    }

    #[test]
    fn the_root_is_freed_from_a_circle() {
        let forest = forest(&[(1, 2, 0), (2, 1, 1)]);
        assert_eq!((forest.root, places(&forest)), (Some(0), vec![(1, 0)]));
    }

    #[test]
    fn repeated_ids_keep_both_spans_and_children_stay_with_the_first() {
        let forest = forest(&[(1, 0, 0), (2, 1, 1), (2, 1, 2), (3, 2, 3), (1, 0, 0)]);
        assert_eq!(forest.root, Some(0));
        assert_eq!(places(&forest), [(4, 0), (1, 0), (3, 1), (2, 0)]);
    }
}
