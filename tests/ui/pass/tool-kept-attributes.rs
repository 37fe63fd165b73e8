//! Attributes of a function go on to do their work, above ours and below.
#![deny(warnings)]

mod library {
    #![deny(missing_docs)]

    /// Documented.
    #[agentops::tool]
    #[must_use = "it is a number"]
    #[inline(always)]
    pub fn above(value: u8) -> u8 {
        value
    }

    /// Documented.
    #[doc(hidden)]
    #[cold]
    #[inline(never)]
    #[must_use]
    #[agentops::tool]
    pub fn below(value: u8) -> u8 {
        value
    }

    #[doc = concat!("Documented by ", "a macro.")]
    #[agentops::tool]
    #[deprecated(since = "1", note = "use `above`")]
    pub async fn old(value: u8) -> u8 {
        value
    }

    /// Documented.
    #[agentops::tool]
    #[cfg_attr(all(), must_use)]
    #[cfg_attr(any(), no_such_attribute)]
    pub fn conditional(#[cfg(any())] gone: Gone, value: u8) -> u8 {
        value
    }

    #[cfg(any())]
    #[agentops::tool]
    pub fn gone(value: Gone) -> Gone {}

    #[agentops::tool]
    #[cfg(any())]
    pub fn gone_below(value: Gone) -> Gone {}

    #[agentops::tool]
    #[allow(missing_docs, non_snake_case, unused_variables)]
    pub fn Allowed(Value: u8) -> u8 {
        let Unused = 1;
        2
    }

    /// Documented.
    #[agentops::tool]
    #[rustfmt::skip]
    pub fn skipped() { }

    /// Documented.
    #[agentops::tool]
    #[must_use]
    pub async fn later() -> u8 {
        1
    }
}

#[agentops::tool]
#[unsafe(export_name = "agentops_ui_kept")]
#[allow(improper_ctypes_definitions)]
extern "C" fn exported(value: &str) -> u8 {
    value.len() as u8
}

unsafe extern "C" {
    #[link_name = "agentops_ui_kept"]
    #[allow(improper_ctypes)]
    safe fn imported(value: &str) -> u8;
}

struct Deprecated;

impl Deprecated {
    #[deprecated]
    #[agentops::tool]
    fn method(&self) -> u8 {
        1
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        #[expect(unused_must_use, reason = "it is kept")]
        library::above(1);
        #[expect(unused_must_use, reason = "it is kept")]
        library::below(2);
        #[expect(unused_must_use, reason = "it is kept")]
        library::conditional(3);
        #[expect(unused_must_use, reason = "a future does nothing")]
        library::later();
        assert_eq!(library::later().await, 1);
        #[expect(deprecated, reason = "it is kept")]
        let old = library::old(4).await;
        #[expect(deprecated, reason = "it is kept")]
        let method = Deprecated.method();
        library::skipped();
        assert_eq!((old, method, library::Allowed(5), imported("six")), (4, 1, 2, 3));
    })
    .await;
    assert_eq!(captured.spans.len(), 9);
    assert_eq!(exported("six"), 3);
}
