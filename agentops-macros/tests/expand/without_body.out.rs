trait Tool {
    fn run(&self);
    ::core::compile_error! {
        "`#[agentops::session]` needs a function with a body; put it on the method in each `impl`, or on a function that calls the foreign one"
    }
}
