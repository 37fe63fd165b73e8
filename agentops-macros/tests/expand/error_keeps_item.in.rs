impl Agent {
    /// Stays callable.
    #[agentops::session(nmae = "run")]
    #[inline]
    pub fn run(&self, (a, b): (u32, u32)) -> u32 {
        a + b
    }
}
