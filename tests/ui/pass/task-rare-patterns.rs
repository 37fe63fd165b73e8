//! Rare patterns among the arguments: units, or-patterns, macros, constants, bindings by `ref mut`.
#![deny(warnings)]

#[derive(Clone, Copy)]
struct Unit;

enum Single {
    Only(u8),
}

macro_rules! pair {
    ($left:ident, $right:ident) => {
        ($left, $right)
    };
}

macro_rules! byte {
    () => {
        u8
    };
}

#[agentops::task]
fn unit_struct(Unit: Unit, value: u8) -> u8 {
    value
}

#[agentops::task]
async fn unit_struct_later(Unit: Unit, (): (), value: u8) -> u8 {
    value
}

#[agentops::task]
fn either((Ok(value) | Err(value)): Result<u8, u8>) -> u8 {
    value
}

#[agentops::task]
fn variant(Single::Only(mut value): Single, &Single::Only(ref other): &Single) -> u8 {
    value += other;
    value
}

#[agentops::task]
fn by_ref_mut(&mut (ref mut left, right): &mut (u8, u8), mut whole @ (_, _): (u8, u8)) -> u8 {
    *left += right;
    whole.0 += 1;
    whole.0
}

#[agentops::task]
fn of_macros(pair!(left, right): (byte!(), byte!()), (..): (u8, u8, u8)) -> byte!() {
    left + right
}

#[agentops::task]
async fn of_macros_later(pair!(left, right): (byte!(), byte!())) -> Option<byte!()> {
    left.checked_sub(right)
}

#[agentops::task]
fn full_range(0..=255: u8, [first, middle @ .., last]: [u8; 4], [..]: [u8; 2]) -> usize {
    usize::from(first + last) + middle.len()
}

#[agentops::task]
fn named_like_the_function(named_like_the_function: u8) -> u8 {
    named_like_the_function
}

#[agentops::task]
fn changed_in_a_pattern((mut list, mut count): (Vec<u8>, u8), mut more: impl FnMut(u8)) -> Vec<u8> {
    while count > 0 {
        more(count);
        list.push(count);
        count -= 1;
    }
    list
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(unit_struct(Unit, 1) + unit_struct_later(Unit, (), 2).await, 3);
        assert_eq!(either(Ok(1)) + either(Err(2)), 3);
        assert_eq!(variant(Single::Only(1), &Single::Only(2)), 3);
        let mut sum = (1, 2);
        assert_eq!((by_ref_mut(&mut sum, (5, 5)), sum), (6, (3, 2)));
        assert_eq!(of_macros((1, 2), (3, 4, 5)), 3);
        assert_eq!(of_macros_later((1, 2)).await, None);
        assert_eq!(full_range(0, [1, 2, 3, 4], [5, 6]), 7);
        assert_eq!(named_like_the_function(1), 1);
        let mut seen = vec![];
        assert_eq!(changed_in_a_pattern((vec![], 2), |count| seen.push(count)), [2, 1]);
        assert_eq!(seen, [2, 1]);
    })
    .await;
    assert_eq!(captured.spans.len(), 11);
}
