//! Markup as other programs write it, which is not as Excel does.

use workbook_reader::{Refusal, Workbook};

use crate::archive::{Part, archive, book, parts, wide_archive};
use crate::{notes, rows, text};

#[test]
fn cells_without_places_follow_one_another() {
    let file = book("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r=\"4\"><c><v>4</v></c></row>");
    assert_eq!(text(&file), "\"1\"\t\t\"3\"\n\n\n\"4\"\n");
}

#[test]
fn prefixes_comments_and_other_markup_change_nothing() {
    let sheet = "<x:sheetPr/><x:dimension ref=\"A1\"/><x:sheetData><!-- c --><x:row r=\"1\" spans=\"1:2\">\
                 <x:c r=\"A1\" t=\"inlineStr\"><x:is><x:t>a &amp; <![CDATA[<b>]]>&#xe9;</x:t></x:is></x:c>\
                 <x:c r=\"B1\"><x:v>2</x:v><x:extLst><x:ext><x:v>9</x:v></x:ext></x:extLst></x:c></x:row><?p i?>\
                 <x:other><x:row r=\"9\"><x:c><x:v>9</x:v></x:c></x:row></x:other></x:sheetData>";
    assert_eq!(text(&archive(&parts(sheet, "", ""))), "\"a & <b>é\"\t\"2\"\n");
}

#[test]
fn texts_in_pieces_are_joined_and_their_reading_is_left_out() {
    let strings = "<si><t>plain</t></si><si/><si><r><rPr><b/></rPr><t xml:space=\"preserve\">Ana </t></r><r><t>Sanz</t></r>\
                   <rPh sb=\"0\" eb=\"1\"><t>reading</t></rPh><phoneticPr/></si><si><t/></si><si><t>_x0009_end</t></si>";
    let cells: String = (0..5).map(|at| format!("<c t=\"s\"><v>{at}</v></c>")).collect();
    let file = archive(&parts(&format!("<sheetData><row>{cells}</row></sheetData>"), strings, ""));
    assert_eq!(text(&file), "\"plain\"\t\t\"Ana Sanz\"\t\t\"\tend\"\n");
}

#[test]
fn formats_are_those_of_the_cell_and_days_may_be_counted_from_1904() {
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/><numFmt numFmtId=\"165\" formatCode=\"d&quot;/&quot;m/yy\"/></numFmts>\
                  <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
                  <cellXfs><xf numFmtId=\"0\"><alignment/></xf><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"14\"/></cellXfs>\
                  <dxfs><xf numFmtId=\"14\"/></dxfs>";
    let cells: String = (0..5).map(|style| format!("<c s=\"{style}\"><v>44891</v></c>")).collect();
    let mut parts = parts(&format!("<sheetData><row>{cells}</row></sheetData>"), "", styles);
    let days = |day: &str| format!("\"44891\"\t\"44891\"\t\"{day}\"\t\"{day}\"\t\"44891\"\n");
    assert_eq!(text(&archive(&parts)), days("2022-11-26"));
    let with = parts[1].content.clone();
    let with =
        String::from_utf8(with).unwrap().replace("<sheets>", "<workbookPr date1904=\"true\"/><sheets>");
    parts[1] = Part::stored("xl/workbook.xml", with);
    assert_eq!(text(&archive(&parts)), days("2026-11-27"));
}

#[test]
fn formulas_errors_and_dates_as_text_are_told() {
    let file = book(
        "<row><c><f>A2</f></c><c t=\"str\"><f>A2</f><v/></c><c t=\"str\"><f t=\"shared\" si=\"0\"/><v>x</v></c>\
         <c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c t=\"d\"><v>2026-11-27T14:30:00</v></c><c t=\"d\"><v>2026-11-27T00:00:00</v></c></row>",
    );
    assert_eq!(text(&file), "\t\t\"x\"\t\"#DIV/0!\"\t\"2026-11-27 14:30:00\"\t\"2026-11-27\"\n");
    let expected = ["formula C1", "formula D1", "not_calculated A1", "date E1", "date F1", "error D1"];
    assert_eq!(notes(&file), expected);
}

#[test]
fn values_of_unknown_kinds_stay_as_they_are() {
    let file = book(
        "<row><c t=\"new\"><v>7.0</v></c><c><v>1,5</v></c><c t=\"b\"><v>2</v></c><c><v>1E+300</v></c><c><v> 5 </v></c></row>",
    );
    assert_eq!(text(&file), "\"7\"\t\"1,5\"\t\"2\"\t\"1E+300\"\t\"5\"\n");
}

#[test]
fn parts_are_found_under_the_names_of_windows_too() {
    let mut parts = parts("<sheetData><row><c><v>1</v></c></row></sheetData>", "", "");
    for part in &mut parts {
        part.name = part.name.replace('/', "\\").to_uppercase();
    }
    assert_eq!(text(&archive(&parts)), "\"1\"\n");
}

#[test]
fn archives_of_every_form_are_read() {
    let stored = parts("<sheetData><row><c><v>1</v></c></row></sheetData>", "", "");
    let deflated: Vec<Part> = stored.iter().map(|part| Part::deflated(&part.name, &part.content)).collect();
    for parts in [stored, deflated] {
        assert_eq!(text(&archive(&parts)), "\"1\"\n");
        assert_eq!(text(&wide_archive(&parts)), "\"1\"\n");
    }
}

#[test]
fn a_mark_of_utf8_at_the_beginning_is_none_of_the_text() {
    let mut parts = parts("<sheetData><row><c><v>1</v></c></row></sheetData>", "", "");
    for part in &mut parts {
        let content = [b"\xef\xbb\xbf", &*part.content].concat();
        *part = Part::stored(&part.name, content);
    }
    assert_eq!(text(&archive(&parts)), "\"1\"\n");
}

#[test]
fn a_sheet_says_its_size_or_is_counted() {
    let size = |sheet: &str| {
        let book = Workbook::open(archive(&parts(sheet, "", ""))).unwrap();
        (book.sheets()[0].rows, book.sheets()[0].columns)
    };
    let rows = "<sheetData><row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"C3\" s=\"1\"/></row><row r=\"5\"/><row r=\"7\"><c r=\"D7\"><v>1</v></c></row></sheetData>";
    assert_eq!(size(&format!("<dimension ref=\"A1:L50\"/>{rows}")), (50, 12));
    assert_eq!(size(&format!("<dimension ref=\"A1\"/>{rows}")), (5, 3));
    assert_eq!(size(rows), (5, 3));
}

#[test]
fn links_and_sheets_without_parts_are_no_sheets() {
    let parts = parts("<sheetData><row><c><v>1</v></c></row></sheetData>", "", "");
    let edit = |at: usize, from: &str, to: &str| {
        let mut parts = parts.clone();
        let content = String::from_utf8(parts[at].content.clone()).unwrap();
        assert!(content.contains(from));
        parts[at] = Part::stored(&parts[at].name, content.replace(from, to));
        rows(&archive(&parts))
    };
    let target = "Target=\"worksheets/sheet1.xml\"";
    assert_eq!(edit(2, target, &format!("{target} TargetMode=\"External\"")), Err(Refusal::NoRows));
    assert_eq!(edit(2, "/worksheet\"", "/chartsheet\""), Err(Refusal::NoRows));
    assert_eq!(edit(2, target, "Target=\"worksheets/none.xml\""), Err(Refusal::Damaged));
    assert_eq!(edit(1, "r:id=\"rId1\"", "r:id=\"rId7\""), Err(Refusal::NoRows));
    // The kinds of the strict form have another address before them.
    assert!(edit(2, "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/").is_ok());
}
