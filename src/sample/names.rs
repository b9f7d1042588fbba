//! Gamertags in many scripts, made of words that go together.

use super::chance::Chance;

/// A made-up name. Modern names have up to 12 characters, classic ones up to 15 of ASCII
/// (`XBOX-API.md`, section 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The modern gamertag without its suffix.
    pub(super) modern: String,
    /// The digits after the `#`; empty when there are none.
    pub(super) suffix: String,
    /// The classic gamertag. Unrelated to the modern one unless that is ASCII.
    pub(super) classic: String,
}

impl Name {
    /// Draws one. Not every draw is a new name.
    pub(super) fn draw(chance: &mut Chance) -> Self {
        let share = chance.unit();
        let script = SCRIPTS.iter().find(|script| share < script.up_to);
        match script {
            Some(script) => Self {
                modern: script.draw(chance),
                suffix: suffix(chance),
                classic: up_to_15(&format!("{}{}", latin(chance), chance.below(100))),
            },
            None => Self::draw_latin(chance),
        }
    }

    fn draw_latin(chance: &mut Chance) -> Self {
        let modern = latin(chance);
        let kind = chance.below(10);
        if kind < 3 && modern.len() <= 11 {
            let suffix = suffix(chance);
            return Self { classic: format!("{modern}{suffix}"), modern, suffix };
        }
        // Names from before modern gamertags: digits inside, up to 15 characters.
        let name = up_to_15(&match kind {
            3..6 => format!("{modern}{}", chance.below(100)),
            6 => format!("x{modern}{}x", chance.below(10)),
            7 => format!("{modern}{}", 1970 + chance.below(45)),
            _ => modern,
        });
        Self { modern: name.clone(), suffix: String::new(), classic: name }
    }
}

/// The longest that a classic gamertag can be.
fn up_to_15(name: &str) -> String {
    name.chars().take(15).collect()
}

fn suffix(chance: &mut Chance) -> String {
    if chance.happens(0.5) {
        format!("{:03}", 1 + chance.below(999))
    } else {
        format!("{:04}", 1000 + chance.below(9000))
    }
}

fn latin(chance: &mut Chance) -> String {
    let (first, second) = (chance.pick(&LATIN_FIRST), chance.pick(&LATIN_SECOND));
    let space = if chance.happens(0.2) { " " } else { "" };
    format!("{first}{space}{second}")
}

/// Words of one script: any first goes with any second.
struct Script {
    /// Names are of this script while a draw from `0.0..1.0` is below this and above the one before.
    up_to: f64,
    first: &'static [&'static str],
    between: &'static str,
    second: &'static [&'static str],
}

impl Script {
    fn draw(&self, chance: &mut Chance) -> String {
        format!("{}{}{}", chance.pick(self.first), self.between, chance.pick(self.second))
    }
}

static SCRIPTS: [Script; 8] = [
    Script {
        up_to: 0.08,
        first: &["Тихий", "Белый", "Ночной", "Лунный", "Старый", "Дикий", "Синий", "Медный", "Новый"],
        between: " ",
        second: &["Волк", "Лис", "Ворон", "Барс", "Кот", "Ёж", "Гром", "Дым", "Снег", "Жук"],
    },
    Script {
        up_to: 0.14,
        first: &["푸른", "하얀", "조용한", "빠른", "작은", "검은", "붉은", "달빛", "새벽"],
        between: " ",
        second: &["늑대", "고래", "여우", "바람", "구름", "호랑이", "참새", "나무", "별"],
    },
    Script {
        up_to: 0.22,
        first: &["星野", "月影", "風間", "青木", "白石", "黒川", "夜空", "桜井", "雪村", "森田"],
        between: "",
        second: &["ソラ", "ハル", "レン", "ユキ", "リク", "カイ", "アオイ", "ミナト", "さくら", "ひなた"],
    },
    Script {
        up_to: 0.26,
        first: &["ดาว", "ฟ้า", "เสือ", "นก", "ลม", "แมว", "ปลา", "ช้าง"],
        between: "",
        second: &["เหนือ", "ใต้", "คราม", "ทอง", "เงิน", "น้อย", "แดง", "ป่า"],
    },
    Script {
        up_to: 0.31,
        first: &["نجمة", "قمر", "صقر", "ذئب", "نمر", "بحر", "رعد", "فهد"],
        between: " ",
        second: &["الليل", "الصحراء", "الجبل", "الفجر", "الجنوب", "الرمال", "الغابة"],
    },
    Script {
        up_to: 0.35,
        first: &["तारा", "चाँद", "वायु", "शेर", "मोर", "नदी", "मेघ", "बाज"],
        between: " ",
        second: &["नील", "राज", "वीर", "दूत", "लाल", "रात", "धीर"],
    },
    Script {
        up_to: 0.4,
        first: &["Μαύρος", "Λευκός", "Ήσυχος", "Χρυσός", "Άγριος", "Κυανός"],
        between: " ",
        second: &["Λύκος", "Αετός", "Ίππος", "Γάτος", "Ύπνος"],
    },
    Script {
        up_to: 0.48,
        first: &["Łukasz", "Zoë", "Björn", "Jörg", "Renée", "Åsa", "Íñigo", "Ödön", "Çağla", "Žofia"],
        between: " ",
        second: &["Bór", "Müler", "Sørby", "Gómez", "Štěp", "Ågren", "Ünal", "Peña", "Đurić", "Öz"],
    },
];

static LATIN_FIRST: [&str; 44] = [
    "Amber", "Arctic", "Ash", "Azure", "Bold", "Brisk", "Calm", "Cedar", "Cobalt", "Copper", "Crimson",
    "Dusk", "Ember", "Faint", "Fern", "Flint", "Frost", "Ghost", "Gold", "Grim", "Hazel", "Iron", "Ivory",
    "Jade", "Lone", "Lucky", "Lunar", "Maple", "Misty", "Neon", "Night", "Onyx", "Pale", "Quick", "Rapid",
    "Rusty", "Sable", "Solar", "Stark", "Storm", "Swift", "Tidal", "Velvet", "Wild",
];

static LATIN_SECOND: [&str; 48] = [
    "Adder", "Badger", "Bear", "Bison", "Comet", "Crane", "Crow", "Drake", "Eagle", "Elk", "Falcon", "Finch",
    "Fox", "Gecko", "Hare", "Hawk", "Heron", "Ibex", "Jackal", "Kite", "Lark", "Lynx", "Mantis", "Marten",
    "Moth", "Newt", "Orbit", "Osprey", "Otter", "Owl", "Panda", "Pike", "Puma", "Quail", "Raven", "Robin",
    "Rook", "Seal", "Shrike", "Stag", "Stoat", "Swan", "Tern", "Toad", "Viper", "Wasp", "Wolf", "Wren",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PlayerEntry, PlayerRef};

    #[test]
    fn every_name_is_one_that_a_player_could_have() {
        let mut chance = Chance::of(&[3]);
        let names: Vec<Name> = (0..3000).map(|_| Name::draw(&mut chance)).collect();
        for name in &names {
            let unique = match name.suffix.as_str() {
                "" => name.modern.clone(),
                suffix => format!("{}#{suffix}", name.modern),
            };
            let entry = PlayerEntry::new(&unique);
            assert!(matches!(entry.read(), Ok(PlayerRef::Gamertag(_))), "{unique}");
            assert!(name.classic.is_ascii() && (1..=15).contains(&name.classic.len()), "{name:?}");
            assert!(name.suffix.is_empty() || name.modern.chars().count() <= 12, "{name:?}");
        }
        assert!(names.iter().any(|name| name.classic.len() == 15));
        assert!(names.iter().any(|name| name.classic.contains(' ')));
    }

    #[test]
    fn every_script_is_drawn() {
        let mut chance = Chance::of(&[4]);
        let all: String = (0..600).map(|_| Name::draw(&mut chance).modern).collect();
        for sign in ['л', '고', '星', 'ソ', 'า', 'ل', 'र', 'ς', 'ö', 'a'] {
            assert!(all.contains(sign), "{sign}");
        }
    }
}
