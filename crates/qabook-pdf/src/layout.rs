//! Sizes of page and type.

/// What the book is printed or read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// The sheet.
    pub paper: Paper,
    /// 14 pt type, for tired eyes.
    pub large_print: bool,
}

/// A sheet of paper, or a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 mm × 297 mm.
    #[default]
    A4,
    /// 148 mm × 210 mm.
    A5,
    /// 16:10, to be read on a screen: links have colours, addresses aren't written out.
    Screen,
}

impl Layout {
    /// Whether nobody will hold this on paper.
    #[must_use]
    pub fn is_screen(self) -> bool {
        self.paper == Paper::Screen
    }

    /// Lengths in mm: width, height, side margin, top margin, bottom margin.
    ///
    /// Side margins leave lines of about 42 汉字 on A4 and 33 on A5.
    fn page(self) -> [u32; 5] {
        match self.paper {
            Paper::A4 => [210, 297, 26, 26, 24],
            Paper::A5 => [148, 210, 17, 19, 18],
            Paper::Screen => [256, 160, 36, 18, 15],
        }
    }

    /// Size of the text in points. 10.5 pt is 五号, what Chinese books are set in.
    fn points(self) -> &'static str {
        match (self.large_print, self.paper) {
            (true, _) => "14pt",
            (_, Paper::A4) => "10.5pt",
            (_, Paper::A5) => "9.5pt",
            (_, Paper::Screen) => "12pt",
        }
    }

    /// How many letters of a table, of which two are as wide as a 汉字, fit into a line.
    pub(crate) fn table_letters(self) -> usize {
        match (self.paper, self.large_print) {
            (Paper::A4 | Paper::Screen, false) => 84,
            (Paper::A5, true) => 44,
            _ => 60,
        }
    }

    /// How many columns the index and a cheat-sheet have.
    fn columns(self) -> u32 {
        match (self.paper, self.large_print) {
            (Paper::A4, false) | (Paper::Screen, _) => 2,
            _ => 1,
        }
    }

    /// Lengths of a cheat-sheet in mm: side margin, top margin, bottom margin, space between columns.
    ///
    /// Columns hold lines of about 25 汉字 on A4: short enough to be read down, as one looks something up.
    fn sheet(self) -> [u32; 4] {
        match self.paper {
            Paper::A4 => [14, 19, 16, 8],
            Paper::A5 => [12, 16, 14, 6],
            Paper::Screen => [14, 16, 13, 10],
        }
    }

    /// Size of a cheat-sheet's text in points.
    fn sheet_points(self) -> &'static str {
        match (self.large_print, self.paper) {
            (true, _) => "14pt",
            (_, Paper::A4) => "10pt",
            (_, Paper::A5) => "9.5pt",
            (_, Paper::Screen) => "11.5pt",
        }
    }

    /// The entries of the Typst dictionary `settings` that say all this.
    pub(crate) fn typst(self) -> String {
        let [width, height, side, top, bottom] = self.page();
        // A drawing leaves room for its caption and some text.
        let picture = (height - top - bottom) * 3 / 4;
        let (screen, points, columns) = (self.is_screen(), self.points(), self.columns());
        let page = format!(
            "  screen: {screen},\n  size: {points},\n  page: (width: {width}mm, height: {height}mm, side: {side}mm, top: \
             {top}mm, bottom: {bottom}mm, picture: {picture}mm, columns: {columns}),\n"
        );
        let ([side, top, bottom, gutter], points) = (self.sheet(), self.sheet_points());
        page + &format!(
            "  sheet: (side: {side}mm, top: {top}mm, bottom: {bottom}mm, gutter: {gutter}mm, size: {points}),\n"
        )
    }
}
