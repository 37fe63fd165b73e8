//! What `cargo xtask fuzz` feeds with bytes, fed with some thousands of inputs made by chance.

use agentops_tests::drills::random::Random;
use agentops_tests::fuzzed::{TARGETS, seeds};

const INPUTS: u64 = 2_000;

/// An input that makes sense, changed at some places, or bytes by chance.
fn input(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = match random.index(seeds.len() + 1).checked_sub(1) {
        Some(seed) => seeds[seed].clone(),
        None => (0..random.below(300))
            .map(|_| random.number().to_le_bytes()[0])
            .collect(),
    };
    for _ in 0..random.below(4) {
        let at = random.index(bytes.len());
        match random.below(4) {
            0 if !bytes.is_empty() => bytes[at] = random.number().to_le_bytes()[0],
            1 => bytes.truncate(at),
            2 => bytes.insert(at, random.number().to_le_bytes()[0]),
            _ => bytes.extend_from_within(at..),
        }
    }
    bytes
}

#[test]
fn no_bytes_from_outside_do_harm() {
    for (name, target) in TARGETS {
        let seeds = seeds(name);
        let mut random = Random::new(name.len() as u64);
        for seed in &seeds {
            target(seed);
        }
        for number in 0..INPUTS {
            let bytes = input(&seeds, &mut random);
            let outcome = std::panic::catch_unwind(|| target(&bytes));
            assert!(
                outcome.is_ok(),
                "{name}, input {number}: {:?}",
                bytes.escape_ascii().to_string()
            );
        }
    }
}
