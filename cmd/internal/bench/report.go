package bench

import (
	"encoding/json"
	"fmt"
)

// Value is a figure with its unit.
type Value struct {
	N    float64
	Unit string
}

// String gives three digits or so: more would be noise.
func (v Value) String() string {
	format := "%.0f"
	switch n := max(v.N, -v.N); {
	case n == float64(int64(n)):
	case n < 1:
		format = "%.3f"
	case n < 10:
		format = "%.2f"
	case n < 100:
		format = "%.1f"
	}
	text := fmt.Sprintf(format, v.N)
	if v.Unit == "" {
		return text
	}
	return text + " " + v.Unit
}

// Goal is what a figure is to reach. The zero Goal asks for nothing.
type Goal struct {
	of   subject
	sign string // how n bounds it
	n    float64
}

type subject int

const (
	nothing subject = iota
	figure          // what is measured itself
	ratio           // what is measured over its reference
)

const (
	least = "≥"
	most  = "≤"
	just  = "="
)

func ratioAtLeast(n float64) Goal { return Goal{ratio, least, n} }
func ratioAtMost(n float64) Goal  { return Goal{ratio, most, n} }
func atLeast(n float64) Goal      { return Goal{figure, least, n} }
func atMost(n float64) Goal       { return Goal{figure, most, n} }
func exactly(n float64) Goal      { return Goal{figure, just, n} }

// reached tells whether a figure is what was asked for.
func (g Goal) reached(by float64) bool {
	switch g.sign {
	case least:
		return by >= g.n
	case most:
		return by <= g.n
	}
	return by == g.n
}

// Row is one figure of the report.
type Row struct {
	Measure   string
	Ours      Value
	Reference Value  // without a unit when there is none
	Against   string // what the reference is
	Goal      Goal
	Note      string
}

// Ratio is ours over the reference, false without one.
func (r Row) Ratio() (float64, bool) {
	if r.Against == "" || r.Reference.N == 0 {
		return 0, false
	}
	return r.Ours.N / r.Reference.N, true
}

// Verdict is "met" or "missed", "" where nothing was asked for.
func (r Row) Verdict() string {
	n := r.Ours.N
	if r.Goal.of == ratio {
		var ok bool
		if n, ok = r.Ratio(); !ok {
			return "missed"
		}
	}
	switch {
	case r.Goal.of == nothing:
		return ""
	case r.Goal.reached(n):
		return "met"
	}
	return "missed"
}

// goal is the goal in words.
func (r Row) goal() string {
	switch r.Goal.of {
	case figure:
		return r.Goal.sign + " " + Value{r.Goal.n, r.Ours.Unit}.String()
	case ratio:
		return fmt.Sprintf("%s %.2f", r.Goal.sign, r.Goal.n)
	}
	return ""
}

// MarshalJSON writes the row with what follows from it. The names are stable.
func (r Row) MarshalJSON() ([]byte, error) {
	out := struct {
		Measure   string   `json:"measure"`
		Ours      float64  `json:"ours"`
		Unit      string   `json:"unit"`
		Reference *float64 `json:"reference,omitempty"`
		Against   string   `json:"against,omitempty"`
		Ratio     *float64 `json:"ratio,omitempty"`
		Goal      string   `json:"goal,omitempty"`
		Verdict   string   `json:"verdict,omitempty"`
		Note      string   `json:"note,omitempty"`
	}{Measure: r.Measure, Ours: r.Ours.N, Unit: r.Ours.Unit, Against: r.Against, Goal: r.goal(), Verdict: r.Verdict(), Note: r.Note}
	if q, ok := r.Ratio(); ok {
		out.Reference, out.Ratio = &r.Reference.N, &q
	}
	return json.Marshal(out)
}

// Report is one run.
type Report struct {
	Machine Machine `json:"machine"`
	Rows    []Row   `json:"rows"`
	// Failed are the measurements that could not be taken, with why.
	Failed []string `json:"failed,omitempty"`
}

// Missed counts the goals that were not reached.
func (r *Report) Missed() int {
	n := 0
	for _, row := range r.Rows {
		if row.Verdict() == "missed" {
			n++
		}
	}
	return n
}
