package ui

// Work is a long piece of work that another process does, and what came of it: a bar while it goes on, figures and
// a report afterwards. A [WorkView] draws it; what is particular to a kind of work stands between figures and report.
type Work struct {
	Bar   Progress // until it has Ended
	Stop  Action   // without a label it cannot be stopped
	Stats []Stat
	// The report, a page of it; without a Total of Pages nothing is said. Tabs part it, under the name Label.
	Label string
	Tabs  []Tab
	Lines Table
	Pages Pages
	Note  string // under the report
}
