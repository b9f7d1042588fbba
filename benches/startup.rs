//! How long the window takes to show its first frame, against an empty eframe window.
//!
//! Both are whole processes, started in turn under the same display; the empty window is this
//! program started anew. Each writes a line when its first frame is drawn.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use eframe::egui;

const EMPTY_WINDOW_MARK: &str = "STATLENS_BENCH_EMPTY_WINDOW_MARK";
const RUNS: usize = 15;
const LIMIT: f64 = 1.5;
const PATIENCE: Duration = Duration::from_secs(20);

fn main() {
    if let Some(mark) = env::var_os(EMPTY_WINDOW_MARK) {
        empty_window(mark.into());
        return;
    }
    let folder = env::temp_dir().join(format!("statlens-bench-startup-{}", std::process::id()));
    let screen = Screen::start();
    let mut ratios: Vec<f64> = (0..RUNS)
        .map(|run| {
            let home = folder.join(run.to_string());
            fs::create_dir_all(&home).expect("the temporary folder can be written");
            let ours = statlens_to_first_frame(&screen.display, &home);
            let empty = empty_to_first_frame(&screen.display, &home);
            ours.as_secs_f64() / empty.as_secs_f64()
        })
        .collect();
    drop(screen);
    fs::remove_dir_all(&folder).ok();
    ratios.sort_by(f64::total_cmp);
    println!("claim first_frame: {:.2} (at most {LIMIT})", ratios[RUNS / 2]);
}

fn statlens_to_first_frame(display: &str, home: &Path) -> Duration {
    let log = home.join("logs/statlens.log");
    let mut command = Command::new(env!("CARGO_BIN_EXE_statlens"));
    command.arg("--sample").env("STATLENS_HOME", home).env("STATLENS_LOG", "debug");
    until_written(command, display, &log, "first frame")
}

fn empty_to_first_frame(display: &str, home: &Path) -> Duration {
    let mark = home.join("empty-window");
    let mut command = Command::new(env::current_exe().expect("this program has a path"));
    command.env(EMPTY_WINDOW_MARK, &mark);
    until_written(command, display, &mark, "first frame")
}

/// Starts the command and returns how long it took until `words` stood in `file`.
fn until_written(mut command: Command, display: &str, file: &Path, words: &str) -> Duration {
    command.env("DISPLAY", display).env_remove("WAYLAND_DISPLAY");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().expect("the program starts");
    while !fs::read_to_string(file).is_ok_and(|text| text.contains(words)) {
        assert!(start.elapsed() < PATIENCE, "no first frame of {command:?}");
        thread::sleep(Duration::from_micros(500));
    }
    let taken = start.elapsed();
    end(&mut child);
    taken
}

fn end(child: &mut Child) {
    child.kill().ok();
    child.wait().ok();
}

fn empty_window(mark: PathBuf) {
    struct Empty(Option<PathBuf>);
    impl eframe::App for Empty {
        fn ui(&mut self, _ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
            if let Some(mark) = self.0.take() {
                fs::write(mark, "first frame").expect("the mark can be written");
            }
        }
    }
    let options = eframe::NativeOptions {
        renderer: eframe::Renderer::Glow,
        viewport: egui::ViewportBuilder::default().with_inner_size([1600.0, 1000.0]),
        ..Default::default()
    };
    eframe::run_native("Empty", options, Box::new(|_| Ok(Box::new(Empty(Some(mark))))))
        .expect("a window opens");
}

/// A virtual screen of our own, so that no window manager or other load takes part.
struct Screen {
    display: String,
    server: Child,
}

impl Screen {
    fn start() -> Self {
        let number = 90 + std::process::id() % 900;
        let display = format!(":{number}");
        let server = Command::new("Xvfb")
            .args([&display, "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed (scripts/test installs it)");
        let socket = PathBuf::from(format!("/tmp/.X11-unix/X{number}"));
        let start = Instant::now();
        while !socket.exists() {
            assert!(start.elapsed() < PATIENCE, "Xvfb does not start");
            thread::sleep(Duration::from_millis(5));
        }
        Self { display, server }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}
