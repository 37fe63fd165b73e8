//! The drills in their short form; `cargo xtask drill` has the long one.
#![cfg(all(target_os = "linux", not(agentops_plain)))]
#![allow(
    clippy::expect_used,
    reason = "support code of tests expects like the tests"
)]

use std::collections::HashMap;
use std::path::PathBuf;

use agentops_tests::drills::{self, plan::Plan, plan::Verdict};

/// Runs a drill in its short form.
fn short(name: &str) -> Verdict {
    let plan = Plan {
        drilled: PathBuf::from(env!("CARGO_BIN_EXE_drilled")),
        aborting: None,
        is_short: true,
        seed: 1,
        numbers: HashMap::new(),
    };
    drills::run(name, &plan).expect("there is a drill of this name")
}

/// Runs a drill and wants it to be passed, with spans in its account.
#[track_caller]
fn passes(name: &str) {
    let verdict = short(name);
    assert_eq!(verdict.wrong, [] as [String; 0], "{}", verdict.account);
    assert!(verdict.account.ended > 0, "{}", verdict.account);
    assert_eq!(verdict.account.lost, 0, "{}", verdict.account);
}

#[test]
fn killed_programs_lose_nothing() {
    passes("kill9");
}

#[test]
fn programs_lose_nothing_however_they_end() {
    passes("exits");
}

#[test]
fn programs_share_a_spool_while_some_are_killed() {
    passes("procs");
}

#[test]
fn every_status_is_answered_and_a_refused_span_is_put_aside_alone() {
    let verdict = short("status");
    assert_eq!(verdict.wrong, [] as [String; 0], "{}", verdict.account);
    assert_eq!(verdict.account.lost, 1, "{}", verdict.account);
}

#[test]
fn receiver_that_was_down_gets_everything() {
    passes("outage");
}

#[test]
fn damage_costs_the_record_that_it_is_in_but_the_whole_file_in_a_header() {
    let verdict = short("flips");
    let others = verdict
        .wrong
        .iter()
        .filter(|wrong| !wrong.starts_with("header of a "));
    assert_eq!(others.collect::<Vec<_>>(), [] as [&String; 0]);
    assert!(verdict.account.ended > 0, "{}", verdict.account);
    assert_eq!(verdict.account.altered, 0, "{}", verdict.account);
}

#[test]
fn disks_that_fail_cost_nothing_that_memory_can_hold() {
    passes("disk");
}

#[test]
fn secrets_are_found_nowhere() {
    let verdict = short("secrets");
    assert_eq!(verdict.wrong, [] as [String; 0], "{}", verdict.account);
    assert_eq!(verdict.account.altered, 0);
    assert_eq!(verdict.account.ended, 203);
}

#[test]
fn what_had_no_room_is_counted_also_by_who_adopts_it() {
    let verdict = short("overflow");
    assert_eq!(verdict.wrong, [] as [String; 0], "{}", verdict.account);
    assert!(verdict.account.lost > 0, "{}", verdict.account);
}

#[test]
fn power_that_goes_costs_a_second_at_most() {
    let verdict = short("power");
    assert_eq!(verdict.wrong, [] as [String; 0], "{}", verdict.account);
}
