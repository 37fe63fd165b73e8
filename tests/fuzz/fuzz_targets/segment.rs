//! `agentops_tests::fuzzed::segment` on whatever the fuzzer finds.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| agentops_tests::fuzzed::segment(data));
