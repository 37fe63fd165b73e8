//! Compile errors as users see them, and functions that must compile and behave.

#[test]
fn mistakes_are_told_at_their_token() {
    trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}

#[test]
fn sound_functions_compile_and_record() {
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}
