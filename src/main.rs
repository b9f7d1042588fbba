//! The Statlens program.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    statlens::cli::main()
}
