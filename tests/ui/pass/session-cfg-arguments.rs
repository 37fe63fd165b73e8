//! Arguments, statements and whole functions that a `cfg` takes away.
#![deny(warnings)]

#[agentops::session(id = kept)]
fn either(#[cfg(all())] kept: u32, #[cfg(any())] gone: Missing) -> u32 {
    #[cfg(any())]
    let kept = gone;
    kept
}

#[agentops::session]
async fn later(#[cfg(any())] gone: Missing, #[cfg_attr(all(), allow(unused_variables))] spare: u32) -> u32 {
    3
}

#[cfg(any())]
#[agentops::session]
fn absent(gone: Missing) {}

#[cfg_attr(all(), agentops::session("named by cfg_attr"))]
fn present() {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(either(3), 3);
        assert_eq!(later(4).await, 3);
        present();
    });
    assert_eq!(
        captured.await.tree(),
        "session either\nsession later\nsession named by cfg_attr\n"
    );
}
