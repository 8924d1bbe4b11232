//! The sixteen colours of a brand, from dark to light, and whether words on them can be read.

use json_value::Value;

/// How many steps there are.
const STEPS: usize = 16;

/// A brand's colours, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ramp(Vec<String>);

/// Why a host's colours are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RampFault {
    /// They are not sixteen texts such as `#0f6cbd`.
    NotARamp,
    /// Words on one of them, or in one of them, could not be read.
    Contrast {
        /// The colour, by its number in the ramp: 10 is the darkest, 160 the lightest.
        step: usize,
        /// The contrast that it has, in hundredths: 310 is 3.1 to 1.
        has: u32,
        /// The contrast that it needs, likewise.
        needs: u32,
    },
}

/// What the style sheet puts beside what (`style/tokens.css`): a colour of the ramp by its place, the colour beside it, and the
/// contrast that WCAG 2.2 asks for: 4.5 for words, 3 for what bounds.
const PAIRS: [(usize, Beside, u32); 17] = [
    // Words on filled controls, at rest, under the pointer and pressed, in both looks.
    (7, Beside::Grey(255), 450),
    (6, Beside::Grey(255), 450),
    (3, Beside::Grey(255), 450),
    // Links on the page and on a chosen row, in light.
    (6, Beside::Step(15), 450),
    (5, Beside::Grey(255), 450),
    (5, Beside::Step(15), 450),
    // The same in dark.
    (10, Beside::Grey(0x1f), 450),
    (10, Beside::Grey(0x2e), 450),
    (10, Beside::Step(1), 450),
    (11, Beside::Grey(0x1f), 450),
    (11, Beside::Step(1), 450),
    // What is found, and chosen rows, under words.
    (14, Beside::Grey(0x24), 450),
    (15, Beside::Grey(0x61), 450),
    (4, Beside::Grey(255), 450),
    (1, Beside::Grey(0xad), 450),
    // Lines that say where one is.
    (7, Beside::Grey(0xf5), 300),
    (9, Beside::Grey(0x1f), 300),
];

/// What stands beside a colour.
#[derive(Clone, Copy)]
enum Beside {
    /// A grey with this much of each part.
    Grey(u8),
    /// Another colour of the ramp.
    Step(usize),
}

impl Ramp {
    /// Reads sixteen colours, the darkest first, and checks what the style sheet puts beside each.
    pub(crate) fn read(value: &Value) -> Result<Self, RampFault> {
        let texts = value.as_array().filter(|texts| texts.len() == STEPS).ok_or(RampFault::NotARamp)?;
        let mut light = Vec::with_capacity(STEPS);
        let mut colours = Vec::with_capacity(STEPS);
        for text in texts {
            let text = text.as_str().ok_or(RampFault::NotARamp)?;
            light.push(luminance(parts(text).ok_or(RampFault::NotARamp)?));
            colours.push(text.to_ascii_lowercase());
        }
        for (at, beside, needs) in PAIRS {
            let other = match beside {
                Beside::Grey(part) => luminance([part; 3]),
                Beside::Step(other) => light[other],
            };
            let has = contrast(light[at], other);
            if has < needs {
                return Err(RampFault::Contrast { step: (at + 1) * 10, has, needs });
            }
        }
        Ok(Self(colours))
    }

    /// The colours with the names that the style sheet has for them: `--brand-10` and on.
    pub fn properties(&self) -> impl Iterator<Item = (String, &str)> {
        self.0
            .iter()
            .enumerate()
            .map(|(at, colour)| (["--brand-", &((at + 1) * 10).to_string()].concat(), colour.as_str()))
    }
}

fn parts(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// WCAG's relative luminance, in hundred-thousandths.
fn luminance(parts: [u8; 3]) -> u32 {
    let [red, green, blue] = parts.map(|part| LINEAR[usize::from(part)]);
    (red * 2_126 + green * 7_152 + blue * 722) / 10_000
}

/// WCAG's contrast of two luminances, in hundredths, rounded down.
fn contrast(one: u32, other: u32) -> u32 {
    let (light, dark) = (one.max(other) + 5_000, one.min(other) + 5_000);
    light * 100 / dark
}

/// How much light each value of a part of a colour is, in hundred-thousandths: the curve of sRGB, which would need powers.
const LINEAR: [u32; 256] = [
    0, 30, 61, 91, 121, 152, 182, 212, 243, 273, 304, 335, 368, 402, 439, 478, 518, 561, 605, 651, 700, 750,
    802, 857, 913, 972, 1033, 1096, 1161, 1229, 1298, 1370, 1444, 1521, 1600, 1681, 1764, 1850, 1938, 2029,
    2122, 2217, 2315, 2416, 2519, 2624, 2732, 2843, 2956, 3071, 3190, 3310, 3434, 3560, 3689, 3820, 3955,
    4092, 4231, 4374, 4519, 4667, 4817, 4971, 5127, 5286, 5448, 5613, 5781, 5951, 6125, 6301, 6480, 6663,
    6848, 7036, 7227, 7421, 7619, 7819, 8022, 8228, 8438, 8650, 8866, 9084, 9306, 9531, 9759, 9990, 10_224,
    10_462, 10_702, 10_946, 11_193, 11_444, 11_697, 11_954, 12_214, 12_477, 12_744, 13_014, 13_287, 13_563,
    13_843, 14_126, 14_413, 14_703, 14_996, 15_293, 15_593, 15_896, 16_203, 16_513, 16_827, 17_144, 17_465,
    17_789, 18_116, 18_447, 18_782, 19_120, 19_462, 19_807, 20_156, 20_508, 20_864, 21_223, 21_586, 21_953,
    22_323, 22_697, 23_074, 23_455, 23_840, 24_228, 24_620, 25_016, 25_415, 25_818, 26_225, 26_636, 27_050,
    27_468, 27_889, 28_315, 28_744, 29_177, 29_614, 30_054, 30_499, 30_947, 31_399, 31_855, 32_314, 32_778,
    33_245, 33_716, 34_191, 34_670, 35_153, 35_640, 36_131, 36_625, 37_124, 37_626, 38_133, 38_643, 39_157,
    39_676, 40_198, 40_724, 41_254, 41_789, 42_327, 42_869, 43_415, 43_966, 44_520, 45_079, 45_641, 46_208,
    46_778, 47_353, 47_932, 48_515, 49_102, 49_693, 50_289, 50_888, 51_492, 52_100, 52_712, 53_328, 53_948,
    54_572, 55_201, 55_834, 56_471, 57_112, 57_758, 58_408, 59_062, 59_720, 60_383, 61_050, 61_721, 62_396,
    63_076, 63_760, 64_448, 65_141, 65_837, 66_539, 67_244, 67_954, 68_669, 69_387, 70_110, 70_838, 71_569,
    72_306, 73_046, 73_791, 74_540, 75_294, 76_052, 76_815, 77_582, 78_354, 79_130, 79_910, 80_695, 81_485,
    82_279, 83_077, 83_880, 84_687, 85_499, 86_316, 87_137, 87_962, 88_792, 89_627, 90_466, 91_310, 92_158,
    93_011, 93_869, 94_731, 95_597, 96_469, 97_345, 98_225, 99_110, 100_000,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The house's own, `style/tokens.css`.
    const OWN: [&str; STEPS] = [
        "#061724", "#082338", "#0a2e4a", "#0c3b5e", "#0e4775", "#0f548c", "#115ea3", "#0f6cbd", "#2886de",
        "#479ef5", "#62abf5", "#77b7f7", "#96c6fa", "#b4d6fa", "#cfe4fa", "#ebf3fc",
    ];

    fn read(colours: &[&str]) -> Result<Ramp, RampFault> {
        Ramp::read(&Value::Array(colours.iter().map(|colour| Value::from(*colour)).collect()))
    }

    #[test]
    fn the_house_passes_its_own_check() {
        let ramp = read(&OWN).unwrap();
        let properties: Vec<_> = ramp.properties().collect();
        assert_eq!(properties.len(), STEPS);
        assert_eq!(properties[0], ("--brand-10".to_owned(), "#061724"));
        assert_eq!(properties[15], ("--brand-160".to_owned(), "#ebf3fc"));
    }

    #[test]
    fn a_colour_that_words_cannot_be_read_on_is_named() {
        let mut pale = OWN;
        pale[7] = "#7fb2e5";
        assert!(matches!(read(&pale), Err(RampFault::Contrast { step: 80, has: 200..300, needs: 450 })));
        let mut link = OWN;
        link[10] = "#115ea3";
        assert!(matches!(read(&link), Err(RampFault::Contrast { step: 110, .. })));
        let mut backwards = OWN;
        backwards.reverse();
        assert!(matches!(read(&backwards), Err(RampFault::Contrast { .. })));
    }

    #[test]
    fn what_is_no_ramp_is_none() {
        let mut odd = OWN;
        for wrong in
            ["", "#fff", "0f6cbd", "#0f6cb", "#0f6cbdf", "#+f6cbd", "#gggggg", "red", "url(x)", "#éé6c"]
        {
            odd[3] = wrong;
            assert_eq!(read(&odd), Err(RampFault::NotARamp), "{wrong}");
        }
        assert_eq!(read(&OWN[..15]), Err(RampFault::NotARamp));
        assert_eq!(Ramp::read(&Value::from("#0f6cbd")), Err(RampFault::NotARamp));
    }

    #[test]
    fn contrasts_are_those_of_wcag() {
        let of = |a: &str, b: &str| contrast(luminance(parts(a).unwrap()), luminance(parts(b).unwrap()));
        assert_eq!(of("#000000", "#ffffff"), 2_100);
        assert_eq!(of("#777777", "#ffffff"), 447);
        assert_eq!(of("#767676", "#ffffff"), 454);
        assert_eq!(of("#0f6cbd", "#0f6cbd"), 100);
        for (value, linear) in LINEAR.iter().enumerate() {
            let part = f64::from(u32::try_from(value).unwrap()) / 255.0;
            let exact = if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
            assert!((f64::from(*linear) - exact * 100_000.0).abs() <= 0.5, "{value}");
        }
    }
}
