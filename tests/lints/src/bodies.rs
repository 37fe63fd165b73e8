//! Bodies that say too much, do too much, or do nothing.
//!
//! Lints on `dbg!`, `todo!` and the like are among those that are compared, so these stand
//! here on purpose; nothing in this file is unfinished.

use std::collections::HashMap;
use std::sync::Mutex;

#[agentops::session]
pub fn needless_return(value: u8) -> u8 {
    return value;
}

#[agentops::session]
pub async fn needless_return_later(value: u8) -> u8 {
    let value = std::future::ready(value).await;
    return value;
}

#[agentops::session]
pub fn needless_return_unit(list: &mut Vec<u8>) {
    list.clear();
    return;
}

#[agentops::agent]
pub fn prints(value: u8) -> u8 {
    println!("{}", value);
    eprintln!("{value}");
    dbg!(value)
}

#[agentops::agent]
pub async fn prints_later(value: u8) {
    print!("{}", std::future::ready(value).await);
}

#[agentops::tool]
pub fn unit_value(list: &mut Vec<u8>) -> Option<()> {
    let nothing = list.clear();
    let _ = list.push(1);
    Some(list.push(2))
}

#[agentops::tool]
pub fn effects(_value: u8, list: &[u8]) {
    let _spare = 3;
    let _also = list.len();
    list.len();
    list.iter().map(|item| item + 1);
    3;
}

#[agentops::tool]
pub fn unused_results(map: &mut HashMap<u8, u8>, text: &str) {
    map.insert(1, 2);
    text.parse::<u8>();
    let _ = text.parse::<u8>();
    async {};
}

#[agentops::task]
pub fn conditions(list: &[u8]) -> bool {
    if { let first = list.first(); first.is_some() } {
        return true;
    }
    if list.len() == 0 {
        if list.first() == Some(&1) {
            return true;
        }
    }
    match list.iter().any(|item| { let doubled = item.wrapping_mul(2); doubled == 4 }) {
        true => true,
        false => false,
    }
}

#[agentops::task]
pub fn complex(a: u8, b: u8, c: u8) -> u8 {
    if a == 1 { if b == 1 { if c == 1 { return 1; } else { return 2; } } else if c == 2 { return 3; } }
    for x in 0..a { for y in 0..b { if x == y { for z in 0..c { if z == x { continue; } else if z == y { break; } } } } }
    while a > b { if b > c { if c > a { return 4; } else if a == c { return 5; } else { return 6; } } }
    match (a, b) { (1, 1) => { if c == 0 { 7 } else { 8 } } (2, _) => { if c == 1 { 9 } else { 10 } } _ => 11 }
}

#[agentops::task]
pub async fn complex_later(a: u8, b: u8, c: u8) -> u8 {
    if a == 1 { if b == 1 { if c == 1 { return 1; } else { return 2; } } else if c == 2 { return 3; } }
    for x in 0..a { for y in 0..b { if x == y { for z in 0..c { if z == x { continue; } else if z == y { break; } } } } }
    std::future::ready(()).await;
    match (a, b) { (1, 1) => { if c == 0 { 7 } else { 8 } } (2, _) => { if c == 1 { 9 } else { 10 } } _ => 11 }
}

#[agentops::workflow]
pub fn fallible(text: &str, list: &[u8]) -> u8 {
    let number: u8 = text.parse().unwrap();
    let other: u8 = text.parse().expect("a number");
    if number == 0 {
        panic!("zero");
    }
    assert!(other > 1);
    let wide = number as u32 + u32::from(list[0]);
    (wide / 2) as u8 + other
}

#[agentops::workflow]
pub fn unreachable_code(value: u8) -> u8 {
    if value == 1 {
        return 2;
        let after = 3;
    }
    loop {
        break;
    }
    value
}

#[agentops::workflow]
pub async fn unreachable_code_later(value: u8) -> u8 {
    return std::future::ready(value).await;
    3
}

#[agentops::workflow]
pub fn unreachable_code_unit() {
    return;
    let after = 3;
}

#[agentops::llm_call]
pub fn returns_a_binding(list: &[u8]) -> usize {
    let length = list.iter().map(|item| u8::clone(item)).count();
    length
}

#[agentops::llm_call]
pub fn returns_a_block(list: &[u8]) -> usize {
    { list.len() }
}

#[agentops::llm_call]
pub fn needless(text: &String) -> String {
    let copy = text.clone();
    let other = &copy;
    (&other).to_string().to_string().clone()
}

#[agentops::operation]
pub fn locked(list: &Mutex<Vec<u8>>) -> usize {
    match list.lock().unwrap().len() {
        0 => list.try_lock().map_or(1, |list| list.len()),
        length => length,
    }
}

#[agentops::operation]
pub fn if_let_rescope(list: &Mutex<Vec<u8>>) -> usize {
    if let Some(first) = list.lock().unwrap().first() {
        usize::from(*first)
    } else {
        0
    }
}

#[agentops::operation]
pub fn tail_temporary(list: &Mutex<Vec<u8>>) -> usize {
    let _kept = Box::new(list);
    list.lock().unwrap().iter().copied().map(usize::from).sum()
}

#[agentops::operation]
pub fn unused_items(value: u8) -> u8 {
    use std::fmt::Write;
    fn never_called() {}
    const NEVER_USED: u8 = 3;
    let closure = |spare: u8| value;
    let mut never_changed = 3;
    'label: loop {
        return value;
    }
}

#[agentops::operation]
pub fn todo_later() -> u8 {
    todo!("later")
}

#[agentops::operation]
fn never_called(value: u8) -> u8 {
    value
}

#[agentops::operation]
async fn never_called_later(value: u8) -> u8 {
    std::future::ready(value).await
}

#[agentops::operation]
pub fn empty() {}

#[agentops::operation]
pub fn stacked() -> u8 {
    let array = [0_u8; 600_000];
    array.first().copied().unwrap_or_default()
}

/// Nothing to find fault with.
#[agentops::session]
#[inline]
#[must_use]
pub fn clean(value: Option<u8>) -> u8 {
    value.map_or(1, |found| found.wrapping_add(1))
}
