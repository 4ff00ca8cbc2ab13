package bench

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// String is the report for people: the machine, a table, and the notes below it.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.Machine)
	if r.Machine.busy() {
		b.WriteString("The machine was busy with something else: read the ratios and the CPU figures, not the rates and times.\n")
	}
	b.WriteString("\n")
	lines := [][]string{{"", "ours", "reference", "ratio", "goal", ""}}
	var notes []string
	for _, row := range r.Rows {
		line := []string{row.Measure, row.Ours.String(), "", "", row.goal(), row.Verdict()}
		if q, ok := row.Ratio(); ok {
			line[2], line[3] = row.Reference.String()+" "+row.Against, fmt.Sprintf("%.2f", q)
		}
		if row.Note != "" {
			at := slices.Index(notes, row.Note)
			if at < 0 {
				at, notes = len(notes), append(notes, row.Note)
			}
			line[0] += fmt.Sprintf(" [%d]", at+1)
		}
		lines = append(lines, line)
	}
	write(&b, lines)
	for i, note := range notes {
		fmt.Fprintf(&b, "\n[%d] %s", i+1, note)
	}
	if len(notes) > 0 {
		b.WriteString("\n")
	}
	for _, f := range r.Failed {
		fmt.Fprintf(&b, "\nnot measured: %s", f)
	}
	fmt.Fprintf(&b, "\n%d figures, %d goals missed", len(r.Rows), r.Missed())
	return b.String()
}

// rightFrom and rightTo bound the columns of figures, which stand to the right.
const rightFrom, rightTo = 1, 3

func write(b *strings.Builder, lines [][]string) {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for n, line := range lines {
		var out strings.Builder
		for i, cell := range line {
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i >= rightFrom && i <= rightTo {
				cell = gap + cell
			} else {
				cell += gap
			}
			out.WriteString(cell + "  ")
		}
		b.WriteString(strings.TrimRight(out.String(), " ") + "\n")
		if n == 0 {
			total := 2 * (len(widths) - 1)
			for _, w := range widths {
				total += w
			}
			b.WriteString(strings.Repeat("─", total) + "\n")
		}
	}
}
