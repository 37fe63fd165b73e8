//! Several programs on one directory, some of them killed.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::child::Child;
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::stage::{PATIENCE, Stage, overflowed};

/// Bytes of a segment: what a kill may make appear twice.
const SEGMENT: usize = 4 << 20;

/// Runs `procs` programs under `umask 000` and kills `kill` of them, one after the other, each at
/// a point by chance.
pub fn run(plan: &Plan) -> Verdict {
    let (procs, kills) = (plan.number("procs", 4, 8), plan.number("kill", 2, 4));
    let spans = plan.number("spans", 2_000, 100_000);
    let mut random = plan.random("procs");
    let mut verdict = Verdict::default();
    let stage = Stage::new(&plan.drilled);
    let spawn = |program: u64, reached: u64| {
        let arguments = format!("make 2 {spans} {reached}");
        let script = "umask 000; exec \"$0\" \"$@\"";
        let program = stage
            .through_shell(script, &arguments)
            .env("DRILL_PROGRAM", program.to_string());
        program.spawn()
    };
    let children: Vec<Child> = (0..procs)
        .map(|program| spawn(program, random.below(spans / 2)))
        .collect();
    let (mut files, mut overflow) = (0, 0);
    for (program, mut child) in (0_u64..).zip(children) {
        if program < kills {
            child.wait_for_stdout("reached", PATIENCE);
            files += check_modes(&stage, &mut verdict);
            overflow += stage
                .arenas()
                .iter()
                .map(|arena| overflowed(arena))
                .sum::<u64>();
            child.kill_9();
        } else {
            child.wait_for_stdout("ready", PATIENCE);
            files += check_modes(&stage, &mut verdict);
            child.send_line("deliver");
            child.wait(PATIENCE).assert_success();
        }
    }
    stage.deliver();
    let compared = stage.compare();
    verdict.add_whole("all programs", &compared);
    let most = usize::try_from(kills).unwrap_or(usize::MAX) * SEGMENT;
    let bytes = compared.duplicated_bytes;
    verdict.expect(bytes <= most, || {
        format!("{bytes} bytes of spans arrived once more")
    });
    verdict.expect(files > 0, || "no file was looked at".to_owned());
    say(&format!(
        "procs: {procs} programs, {kills} killed, open at the end and delivered as incomplete {}, bytes \
         delivered once more {bytes}, files looked at {files}, chunks outside of arenas at kills {overflow}",
        compared.incomplete
    ));
    verdict
}

/// Looks at the modes of all files and directories there are; how many these were.
fn check_modes(stage: &Stage, verdict: &mut Verdict) -> usize {
    let mut waiting = vec![stage.home().join("spooled")];
    waiting.extend(stage.arenas());
    let mut looked_at = 0;
    while let Some(path) = waiting.pop() {
        // What was delivered meanwhile is gone.
        let Ok(metadata) = fs::symlink_metadata(&path) else {
            continue;
        };
        looked_at += 1;
        let mode = metadata.permissions().mode() & 0o7777;
        let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
        verdict.expect(mode == wanted, || {
            format!("{} has mode {mode:o}", path.display())
        });
        if metadata.is_dir() {
            waiting.extend(entries(&path));
        }
    }
    looked_at
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    entries.flatten().map(|entry| entry.path()).collect()
}
