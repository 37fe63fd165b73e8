trait Tool {
    fn run(&self);
    ::core::compile_error! {
        "`#[agentops::session]` needs a body; put it on the method in each `impl`, or give this one a default body"
    }
}
