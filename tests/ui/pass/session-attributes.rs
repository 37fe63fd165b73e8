//! Other attributes of a function still do what they do.
#![deny(warnings)]

mod library {
    #![deny(missing_docs, unused_must_use)]

    /// Documented once.
    #[must_use]
    #[inline]
    #[agentops::session]
    #[doc(alias = "go")]
    pub fn run(#[allow(unused_variables)] id: u32) -> u32 {
        #![allow(unused_mut)]
        let mut result = 3;
        result
    }

    /// Documented.
    #[deprecated]
    #[agentops::session]
    pub fn old() {}

    /// Documented.
    #[agentops::session]
    #[cold]
    #[expect(unused_variables, reason = "it is not read")]
    pub async fn later(spare: u32) {}
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(library::run(1), 3);
        #[expect(deprecated, reason = "the note is kept")]
        library::old();
        library::later(3).await;
        #[expect(unused_must_use, reason = "the attribute is kept")]
        library::run(2);
    });
    assert_eq!(
        captured.await.tree(),
        "session run\nsession old\nsession later\nsession run\n"
    );
}
