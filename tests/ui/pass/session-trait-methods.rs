//! Default bodies of traits and methods of `impl Trait for`, also behind `dyn`.
#![deny(warnings)]

trait Tool {
    #[agentops::session(id = self.id())]
    fn run(&self) -> u32 {
        self.id() + 1
    }

    fn id(&self) -> u32;

    #[agentops::session]
    fn named() -> &'static str
    where
        Self: Sized,
    {
        std::any::type_name::<Self>()
    }
}

impl Tool for u32 {
    #[agentops::session]
    fn id(&self) -> u32 {
        *self
    }
}

struct Countdown(u32);

impl Iterator for Countdown {
    type Item = u32;

    #[agentops::session(fields(left = self.0))]
    fn next(&mut self) -> Option<Self::Item> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}

impl Drop for Countdown {
    #[agentops::session("drop countdown")]
    fn drop(&mut self) {}
}

fn main() {
    let captured = agentops::testing::capture(|| {
        let tool: &dyn Tool = &3;
        assert_eq!(tool.run(), 4);
        assert_eq!(u32::named(), "u32");
        assert_eq!(Countdown(1).collect::<Vec<_>>(), [0]);
    });
    // The option reads the id before the span has begun.
    assert_eq!(
        captured.tree(),
        "session id\nsession run\n  session id\nsession named\nsession next\nsession next\n\
         session drop countdown\n"
    );
}
