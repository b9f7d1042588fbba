//! The program itself, in a real window under a virtual display.

use std::{path::Path, process::Command};

/// Runs the program under Xvfb with its own empty home.
fn picture(home: &Path, file: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new("xvfb-run");
    command
        .args(["-a", "-s", "-screen 0 1920x1200x24", env!("CARGO_BIN_EXE_statlens"), "--screenshot"])
        .arg(file)
        .args(arguments)
        .env("STATLENS_HOME", home)
        .env("WINIT_X11_SCALE_FACTOR", "1")
        .env_remove("WAYLAND_DISPLAY");
    command.output().expect("xvfb-run is not installed: install the packages xvfb and xauth")
}

#[test]
fn pictures_have_the_size_and_theme_that_was_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let cases = [("1600x1000", 1600, 1000, "dark"), ("1280x720", 1280, 720, "light")];
    for (size, width, height, theme) in cases {
        let file = home.path().join(format!("{theme}.png"));
        let output = picture(home.path(), &file, &["--sample", "--size", size, "--theme", theme]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let image = image::open(&file).unwrap().to_rgb8();
        assert_eq!(image.dimensions(), (width, height), "{theme}");
        let corner = image.get_pixel(2, 2).0;
        let light = corner.iter().all(|channel| *channel > 0x80);
        assert_eq!(light, theme == "light", "{corner:?}");
        let colors: std::collections::HashSet<[u8; 3]> = image.pixels().map(|pixel| pixel.0).collect();
        assert!(colors.len() > 100, "a picture with nothing in it: {} colours", colors.len());
    }
}

#[test]
fn a_screen_that_is_not_there_is_named() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("none.png");
    let output = picture(home.path(), &file, &["--screen", "nowhere"]);
    assert!(!output.status.success());
    let words =
        String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(words.contains("nowhere"), "{words}");
    assert!(!file.exists());
}
