//! `agentops_tests::fuzzed::journal` on whatever the fuzzer finds.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| agentops_tests::fuzzed::journal(data));
