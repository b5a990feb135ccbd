//! The commands of the engines alone, without the server.

use clap::Parser;
use std::process::ExitCode;

#[derive(Parser)]
struct CommandLine {
    #[command(subcommand)]
    command: workbench::WorkbenchCommand,
}

fn main() -> ExitCode {
    match workbench::run(&CommandLine::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("polity: {refusal:#}");
            ExitCode::FAILURE
        }
    }
}
