//! Where unreachable code is forbidden, the attribute adds none.
#![deny(warnings)]
#![forbid(unreachable_code)]

#[agentops::session]
fn early(text: &str) -> Result<u32, std::num::ParseIntError> {
    return text.parse();
}

#[agentops::session]
async fn early_later(text: &str) -> Result<u32, std::num::ParseIntError> {
    return text.parse();
}

#[agentops::session]
fn looped(list: &[u32]) -> u32 {
    let mut index = 0;
    loop {
        if list[index] > 2 {
            return list[index];
        }
        index += 1;
    }
}

#[agentops::session]
async fn unit(text: &str) {
    if text.is_empty() {
        return;
    }
    std::future::ready(()).await;
}

#[agentops::session]
fn labelled() -> u32 {
    'outer: {
        if early("1").is_ok() {
            break 'outer 1;
        }
        2
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(early("1"), Ok(1));
        assert!(early_later("x").await.is_err());
        assert_eq!(looped(&[1, 3]), 3);
        unit("").await;
        assert_eq!(labelled(), 1);
    });
    assert_eq!(
        captured.await.tree(),
        "session early\nsession early_later: error\nsession looped\nsession unit\n\
         session labelled\n  session early\n"
    );
}
