//! `unsafe`, `extern` and exported functions keep their type and their obligations.
#![deny(warnings, unsafe_op_in_unsafe_fn)]

/// # Safety
///
/// `input` is valid.
#[agentops::session]
unsafe extern "C" fn foreign(input: *const u32) -> u32 {
    unsafe { *input }
}

/// # Safety
///
/// `input` is valid.
#[agentops::session]
async unsafe fn later(input: *const u32) -> u32 {
    unsafe { *input }
}

#[agentops::session]
#[unsafe(no_mangle)]
pub extern "C" fn agentops_ui_exported(value: u32) -> u32 {
    value
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let pointer: unsafe extern "C" fn(*const u32) -> u32 = foreign;
        assert_eq!(unsafe { pointer(&3) }, 3);
        assert_eq!(unsafe { later(&4) }.await, 4);
        assert_eq!(agentops_ui_exported(5), 5);
    });
    assert_eq!(
        captured.await.tree(),
        "session foreign\nsession later\nsession agentops_ui_exported\n"
    );
}
