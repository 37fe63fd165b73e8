//! `agentops_tests::fuzzed::pause` on whatever the fuzzer finds.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| agentops_tests::fuzzed::pause(data));
