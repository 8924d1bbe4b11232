use super::*;

fn show(code: &str, number: &str) -> String {
    let number = Decimal::parse(number).unwrap();
    Format::parse(code).apply(&number, false).unwrap_or_else(|| "as typed".to_owned())
}

#[test]
fn digits_are_written_as_the_format_wants_them() {
    for (code, number, text) in [
        ("00000", "1234", "01234"),
        ("00000", "28001", "28001"),
        ("00000", "123456", "123456"),
        ("00000", "0", "00000"),
        ("00000", "-12", "-00012"),
        ("00000;-00000", "12", "00012"),
        ("00000;-00000", "-12", "as typed"),
        ("00000", "1.5", "as typed"),
        ("00000", "0.5", "as typed"),
        ("00000\\-0000", "123456789", "12345-6789"),
        ("000\\-00\\-0000", "12345678", "012-34-5678"),
        ("0#\" \"##\" \"##\" \"##\" \"##", "612345678", "06 12 34 56 78"),
        ("\"+34 \"000000000", "612345678", "+34 612345678"),
        ("00", "1E+50", "as typed"),
        ("[Red]000", "7", "007"),
        ("000_)", "7", "007"),
        ("General", "7", "as typed"),
        ("0", "7", "as typed"),
        ("0 \"€\"", "7", "as typed"),
        ("#,##0", "1234", "as typed"),
        ("0.00", "7", "as typed"),
        ("00%", "7", "as typed"),
        ("00.00E+00", "7", "as typed"),
        ("[<=9999999]000\\-0000;000\\-000\\-0000", "7", "as typed"),
        ("@", "7", "as typed"),
        ("# ?/?", "7", "as typed"),
        ("", "7", "as typed"),
    ] {
        assert_eq!(show(code, number), text, "{code} of {number}");
    }
}

#[test]
fn dates_are_known_by_their_letters() {
    for (code, shown) in [
        ("dd/mm/yyyy", Shown::Date),
        ("d\\-mmm\\-yy", Shown::Date),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Shown::Date),
        ("[$-C0A]d \"de\" mmmm \"de\" yyyy;@", Shown::Date),
        ("mmmm", Shown::Date),
        ("yyyy\"年\"m\"月\"d\"日\"", Shown::Date),
        ("d.m.yy h:mm", Shown::DateTime),
        ("yyyy\\-mm\\-dd\"T\"hh:mm:ss.000", Shown::DateTime),
        ("h:mm AM/PM", Shown::Time),
        ("mm:ss", Shown::Time),
        ("[h]:mm:ss", Shown::Elapsed),
        ("[mm]:ss", Shown::Elapsed),
    ] {
        assert_eq!(Format::parse(code), Format::Date(shown), "{code}");
    }
    for code in ["\"d\"0", "[Red]0", "\\d0", "0\" días\"", "_d0"] {
        assert_eq!(Format::parse(code), Format::Plain, "{code}");
    }
}

#[test]
fn a_code_that_breaks_off_is_read_to_its_end() {
    for code in ["\\", "_", "*", "\"00", "[", "[$", "00\\"] {
        Format::parse(code);
    }
}
