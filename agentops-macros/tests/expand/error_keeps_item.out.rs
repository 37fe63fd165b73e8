impl Agent {
    /// Stays callable.
    #[inline]
    pub fn run(&self, (a, b): (u32, u32)) -> u32 {
        a + b
    }
    ::core::compile_error! {
        "unknown option `nmae` of `#[agentops::session]`; did you mean `name`?"
    }
}
