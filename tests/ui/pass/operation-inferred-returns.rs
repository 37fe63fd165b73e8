//! Results whose type only the signature tells: literals, `collect`, `into`, `default`, `parse`.
#![deny(warnings)]

use std::collections::{BTreeMap, HashSet};

macro_rules! functions {
    ($attribute:meta) => {
        use super::*;

        #[$attribute]
        pub fn literal() -> u64 {
            1 << 40
        }

        #[$attribute]
        pub fn float() -> f32 {
            if literal() > 1 {
                return 1.5;
            }
            2.0
        }

        #[$attribute]
        pub async fn literal_later() -> i8 {
            if float() > 2.0 {
                return 3;
            }
            -128
        }

        #[$attribute]
        pub fn optional() -> Option<u16> {
            None
        }

        #[$attribute]
        pub async fn result() -> Result<Vec<u8>, String> {
            Ok(vec![])
        }

        #[$attribute]
        pub fn collected(text: &str) -> BTreeMap<usize, HashSet<char>> {
            text.split(' ').map(|word| (word.len(), word.chars().collect())).collect()
        }

        #[$attribute]
        pub fn collected_results(text: &str) -> Result<Vec<i16>, std::num::ParseIntError> {
            text.split(' ').map(str::parse).collect()
        }

        #[$attribute]
        pub async fn converted(value: u8) -> u128 {
            value.into()
        }

        #[$attribute]
        pub fn defaulted() -> (u8, String, Option<Box<[u8]>>) {
            Default::default()
        }

        #[$attribute]
        pub fn parsed(text: &str) -> u32 {
            text.parse().unwrap_or_else(|_| 7)
        }

        #[$attribute]
        pub fn summed(list: &[u8]) -> u32 {
            list.iter().map(|&value| u32::from(value)).sum()
        }

        #[$attribute]
        pub fn array() -> [u64; 2] {
            let mut array = [0; 2];
            array[1] = 1;
            array
        }

        #[$attribute]
        pub fn integer_of_a_variable() -> i64 {
            let value = 5_000_000_000;
            value
        }

        pub fn seen() -> String {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let numbers = (literal(), float(), optional(), parsed("x"), summed(&[255, 255]), array());
            let more = (integer_of_a_variable(), defaulted(), collected_results("1 -2"));
            let later = runtime.block_on(async { (literal_later().await, result().await, converted(3).await) });
            format!("{numbers:?} {more:?} {later:?} {:?}", collected("a bb").keys())
        }
    };
}

mod plain {
    functions!(cfg(all()));
}

mod annotated {
    functions!(agentops::operation);
}

mod tool {
    functions!(agentops::tool);
}

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(annotated::seen(), plain::seen());
        assert_eq!(tool::seen(), plain::seen());
    });
    assert_eq!(captured.spans.len(), 2 * 16);
}
