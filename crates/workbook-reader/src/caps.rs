//! How much is read at most. Everything beyond is refused before it takes memory.

/// The largest file, in bytes (1 MB = 1,000,000 bytes): that of an import.
pub const MAX_FILE_BYTES: usize = 32_000_000;
/// The most that a sheet or the table of texts may be when it is no longer compressed, in bytes. Two million cells with
/// every attribute that Excel writes come to about 150 MB.
pub const MAX_PART_BYTES: u64 = 256 * 1024 * 1024;
/// The most cells with something in them that are read of a sheet.
pub const MAX_CELLS: u32 = 2_000_000;
/// The most text that is kept of the workbook, and the most that is given for a sheet, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;

/// The most that a part without cells may be: lists of sheets, formats.
pub(crate) const MAX_SMALL_PART_BYTES: u64 = 16 * 1024 * 1024;
/// The most that is looked through while a workbook is opened, over all of its sheets.
pub(crate) const MAX_OPENING_BYTES: u64 = 2 * MAX_PART_BYTES;
/// The longest piece of markup or text between two pieces of markup. A cell holds 32,767 characters.
pub(crate) const MAX_PIECE_BYTES: usize = 1024 * 1024;
/// The most sheets.
pub(crate) const MAX_SHEETS: usize = 4096;
/// The most parts that the workbook's own part refers to: its sheets, and some for all of them.
pub(crate) const MAX_RELATIONS: usize = 2 * MAX_SHEETS;
/// The longest list of parts, in bytes: forty thousand parts.
pub(crate) const MAX_LIST_BYTES: u64 = 4 * 1024 * 1024;
/// The most styles of cells; Excel allows 65,490.
pub(crate) const MAX_STYLES: usize = 65_536;
