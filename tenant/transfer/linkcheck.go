package transfer

import (
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// linkCheck remembers links to articles that neither the shop nor the file, as far as it was read,
// has.
type linkCheck struct{ open []Line }

// maxOpenLinks bounds what is remembered; a file with more wrong links has been understood.
const maxOpenLinks = 10_000

func newLinkCheck() *linkCheck { return &linkCheck{} }

var errLink = fault.New(fault.Malformed, "transfer.link")

func (k *linkCheck) note(tx tenant.Tx, p *planner, changes []*change) error {
	if !p.cols.fields["links"] {
		return nil
	}
	var codes []string
	each(p.cols, changes, func(_ *change, _ column, code string) { codes = append(codes, code) })
	known, err := catalog.FindByCodes(tx, codes)
	if err != nil {
		return err
	}
	each(p.cols, changes, func(c *change, col column, code string) {
		if _, ok := known[code]; !ok && len(k.open) < maxOpenLinks {
			k.open = append(k.open, Line{Row: c.entry.line, Action: Warning, Code: c.entry.code, Column: col.name,
				Problem: errLink.Key(), Args: fault.Args{"value": code}})
		}
	})
	return nil
}

// unknown are the links that are still open at the end of the file.
func (k *linkCheck) unknown(s *seen) []Line {
	var out []Line
	for _, l := range k.open {
		if code, _ := l.Args["value"].(string); !s.knows(code) {
			out = append(out, l)
		}
	}
	return out
}

// each calls fn for every code that changes link to.
func each(l *layout, changes []*change, fn func(*change, column, string)) {
	for i, col := range l.columns {
		if col.field != "links" {
			continue
		}
		for _, c := range changes {
			if c.article == nil {
				continue
			}
			for _, code := range splitList(c.article[i]) {
				if code != "" {
					fn(c, col, code)
				}
			}
		}
	}
}
