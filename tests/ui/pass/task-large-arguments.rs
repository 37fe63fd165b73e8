//! Arguments and results of a size that must not be copied often: a small stack is enough.
#![deny(warnings)]

const SIZE: usize = 64 * 1024;

struct Large([u8; SIZE]);

#[agentops::task]
fn sync(large: Large, index: usize) -> u8 {
    large.0[index]
}

#[agentops::task]
fn moved(mut large: Large) -> Large {
    large.0[0] = 1;
    large
}

#[agentops::task]
fn unit(large: &mut Large) {
    large.0[1] = 2;
}

#[agentops::task]
async fn later(large: Box<Large>) -> Result<Box<Large>, Box<Large>> {
    tokio::task::yield_now().await;
    if large.0[0] == 0 { Err(large) } else { Ok(large) }
}

#[agentops::task]
#[track_caller]
fn tracked(large: Large) -> usize {
    large.0.iter().map(|&byte| usize::from(byte)).sum()
}

fn calls() {
    let mut large = moved(Large([0; SIZE]));
    unit(&mut large);
    assert_eq!(sync(Large([3; SIZE]), 2), 3);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let large = runtime.block_on(later(Box::new(large))).unwrap_or_else(|large| large);
    assert_eq!(tracked(*large), 3);
}

fn main() {
    // Sixteen times of what is passed on.
    let thread = std::thread::Builder::new().stack_size(16 * SIZE);
    thread.spawn(calls).unwrap().join().unwrap();
    let captured = agentops::testing::capture(calls);
    assert_eq!(captured.spans.len(), 5);
}
