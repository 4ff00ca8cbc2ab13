package pdf

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Paper is what stands on a paper, in the words of its reader.
type Paper struct {
	Lang    string // of the words, "fr"
	Title   string
	Sender  []string // the first line is the name
	To      []string
	Facts   []Fact // beside the address: number, date
	Columns []Column
	Rows    [][]Cell
	Sums    []Sum
	Notes   []Note
	Footer  string    // on every page
	Page    string    // before the number of a page, "Page"
	At      time.Time // when it was made
}

// Fact is a name with its value.
type Fact struct{ Name, Value string }

// Column is a column of the table. Share is its part of the width.
type Column struct {
	Title string
	Share float64
	End   bool // figures stand at its end
}

// Cell is a field of the table, with something small below.
type Cell struct{ Text, Sub string }

// Sum is a line below the table. Strong is what it all comes to.
type Sum struct {
	Label, Amount string
	Strong        bool
}

// Note is a paragraph with a heading, "" for none.
type Note struct{ Title, Text string }

const family = "go"

// Measures of the layout, in millimetres; A4 is 210 by 297.
const (
	margin   = 18.0
	width    = 210 - 2*margin
	bottom   = 297 - 24.0 // where the foot of a page begins
	line     = 5.0
	small    = 4.0 // a line of fine print
	gap      = 6.0
	leastRow = 7.0
	sumsAt   = 0.45 // the part of the width that stays free beside the sums
	sumLabel = 0.65 // the part of the sums that their labels take
)

// Sizes of type, in points, and how dark it is drawn.
const (
	normal, fine, heading = 9.5, 8.0, 16.0
	black, grey, rule     = 30, 110, 200
)

// Write draws the paper.
func (p *Paper) Write(w io.Writer) error {
	d := &drawing{Fpdf: fpdf.New("P", "mm", "A4", ""), paper: p}
	d.AddUTF8FontFromBytes(family, "", goregular.TTF)
	d.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	d.SetCatalogSort(true)
	d.SetCreationDate(p.At)
	d.SetModificationDate(p.At)
	d.SetLang(p.Lang)
	d.SetTitle(p.Title, true)
	d.SetMargins(margin, margin, margin)
	d.SetAutoPageBreak(false, 0)
	d.AliasNbPages("")
	d.SetFooterFunc(d.foot)
	d.AddPage()
	d.head()
	d.table()
	d.sums()
	d.notes()
	if err := d.Output(w); err != nil {
		return fmt.Errorf("draw paper %s: %w", p.Title, err)
	}
	return nil
}

// drawing is a paper on its way onto pages.
type drawing struct {
	*fpdf.Fpdf
	paper *Paper
}

// plain writes spaces the fonts do not have as one they have.
var plain = strings.NewReplacer("\u202f", "\u00a0", "\u2009", "\u00a0", "\u2011", "-", "\t", " ", "\r", "")

func (d *drawing) style(bold bool, size float64, dark int) {
	weight := ""
	if bold {
		weight = "B"
	}
	d.SetFont(family, weight, size)
	d.SetTextColor(dark, dark, dark)
}

// text writes lines into a box and gives how high they stand; nothing is broken within a word.
func (d *drawing) text(x, y, w, height float64, text, align string) float64 {
	at := y
	for _, part := range d.lines(text, w) {
		d.SetXY(x, at)
		d.CellFormat(w, height, part, "", 0, align, false, 0, "")
		at += height
	}
	return at - y
}

// lines breaks a text to a width, keeping its own line ends.
func (d *drawing) lines(text string, w float64) []string {
	var lines []string
	for _, paragraph := range strings.Split(plain.Replace(text), "\n") {
		if paragraph == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, d.SplitText(paragraph, w)...)
	}
	return lines
}

// room begins another page where less than this is left.
func (d *drawing) room(height float64) {
	if d.GetY()+height > bottom {
		d.AddPage()
		d.SetXY(margin, margin)
	}
}

func (d *drawing) head() {
	half := width/2 - gap
	d.style(true, normal+1.5, black)
	y := margin
	for i, l := range d.paper.Sender {
		if i == 1 {
			d.style(false, normal, grey)
		}
		y += d.text(margin, y, half, line, l, "L")
	}
	d.style(false, normal, black)
	to := margin + 2*line
	for _, l := range d.paper.To {
		to += d.text(margin+width/2, to, width/2, line, l, "L")
	}
	y = max(y, to) + 2*gap
	d.style(true, heading, black)
	y += d.text(margin, y, width, line*1.6, d.paper.Title, "L") + 2
	for _, f := range d.paper.Facts {
		d.style(false, normal, grey)
		d.text(margin, y, half/2, line, f.Name, "L")
		d.style(false, normal, black)
		y += d.text(margin+half/2, y, width-half/2, line, f.Value, "L")
	}
	d.SetXY(margin, y+gap)
}

// foot is at the bottom of every page: who writes, and which page it is.
func (d *drawing) foot() {
	d.style(false, fine, grey)
	y := bottom + 4
	d.line(y - 2)
	d.text(margin, y, width-2*margin, small, d.paper.Footer, "L")
	d.SetXY(margin, y)
	d.CellFormat(width, small, fmt.Sprintf("%s %d / {nb}", d.paper.Page, d.PageNo()), "", 0, "R", false, 0, "")
}

func (d *drawing) line(y float64) {
	d.SetDrawColor(rule, rule, rule)
	d.SetLineWidth(0.2)
	d.Line(margin, y, margin+width, y)
}
