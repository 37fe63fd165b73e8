//! Bursts of all cases in turn, so that load on the machine meets all alike.

use super::burst::{WARM_SPANS, timed};
use super::producers::Producers;
use super::results::{Results, Row};
use super::stacks::{BURST, Case};

/// Rounds in which each case has its turn.
const ROUNDS: usize = 80;
/// Rounds before, which do not count.
const WARM_ROUNDS: usize = 3;
/// Bursts of one turn that count; one before does not, since another library has had the caches.
const IN_A_ROW: usize = 3;

/// Measures cases.
pub(crate) struct Rounds {
    producers: Producers,
    /// The works that are wanted; all where there is none.
    works: Vec<String>,
    results: Results,
}

impl Rounds {
    pub(crate) fn new(producers: Producers, works: Vec<String>) -> Self {
        Self {
            producers,
            works,
            results: Results::default(),
        }
    }

    /// Measures these cases together.
    pub(crate) fn run(&mut self, cases: &[Case]) {
        let is_wanted =
            |case: &&Case| self.works.is_empty() || self.works.iter().any(|work| work == case.work);
        let cases: Vec<Case> = cases.iter().filter(is_wanted).copied().collect();
        let mut bursts = vec![Vec::with_capacity(ROUNDS * IN_A_ROW); cases.len()];
        for round in 0..WARM_ROUNDS + ROUNDS {
            for nth in 0..cases.len() {
                // Each round begins elsewhere, so that nobody always follows the same neighbour.
                let nth = (nth + round) % cases.len();
                self.burst(&cases[nth]);
                let measured = (0..IN_A_ROW).map(|_| self.burst(&cases[nth]));
                if round < WARM_ROUNDS {
                    measured.for_each(drop);
                } else {
                    bursts[nth].extend(measured);
                }
            }
        }
        for (case, bursts) in cases.iter().zip(bursts) {
            let made = made(case) * ((WARM_ROUNDS + ROUNDS) * (1 + IN_A_ROW)) as u64;
            self.results
                .add(Row::new(case.work, case.stack, made, bursts));
        }
    }

    fn burst(&self, case: &Case) -> u64 {
        if case.work == "two-threads" {
            return self.producers.run(*case);
        }
        let nanos = timed(case, || ());
        (case.flush)();
        nanos
    }

    pub(crate) fn finish(self) -> Results {
        self.results
    }
}

/// Spans that one burst exports where the case records.
fn made(case: &Case) -> u64 {
    let spans = u64::from(BURST);
    match case.work {
        // A tree of the warming spans would be too large; it brings its own root.
        "tree" => spans,
        "two-threads" => 2 * (spans + u64::from(WARM_SPANS) + 1),
        "disabled" | "unsampled" | "unsampled-child" | "unsampled-llm-call" => 0,
        _ => spans + u64::from(WARM_SPANS) + 1,
    }
}
