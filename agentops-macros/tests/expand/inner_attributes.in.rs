#[agentops::session]
fn run(input: u32) -> u32 {
    #![allow(unused_variables)]
    //! Documentation inside.
    let unused = 1;
    input
}
